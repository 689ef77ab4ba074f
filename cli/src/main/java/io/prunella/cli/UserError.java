package io.prunella.cli;

/** Something that the user can put right, already worded for them: cause, and the cure where there is one. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exit;

    UserError(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** Bad usage, or a path that can't be read. */
    static UserError usage(String message) {
        return new UserError(Exit.USAGE, message);
    }

    int exit() {
        return exit;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
