package io.prunella.executor.journal;

/** The journal cannot be opened, read or written: a state of the disk that every caller has to expect. */
public final class JournalFailure extends Exception {
    private static final long serialVersionUID = 1;
    private final String help;

    /**
     * @param message what is wrong and where, in the user's terms
     * @param help the cure
     */
    public JournalFailure(String message, String help) {
        super(message);
        this.help = help;
    }

    public String help() {
        return help;
    }
}
