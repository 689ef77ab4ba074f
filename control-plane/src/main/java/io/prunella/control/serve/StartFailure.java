package io.prunella.control.serve;

/** Why the service cannot start, in words for whoever started it; never a bug. */
@SuppressWarnings("serial")
final class StartFailure extends Exception {
    private final String cure;

    StartFailure(String cause, String cure) {
        super(cause);
        this.cure = cure;
    }

    /** Cause and cure on one line. */
    String line() {
        return getMessage() + (cure.isEmpty() ? "" : " (" + cure + ")");
    }
}
