package io.prunella.cli;

import java.util.Arrays;
import java.util.function.Function;

/** All commands, in the order in which help lists them. */
@SuppressWarnings("ImmutableEnumChecker") // constructors hold no state
enum Command {
    CHECK("check", CheckCommand::new), FMT("fmt", FmtCommand::new), SIMULATE("simulate", SimulateCommand::new), DOCTOR(
            "doctor",
            DoctorCommand::new), COMPLETION("completion", CompletionCommand::new);

    private final String typed;
    private final Function<Shell, Object> factory;

    Command(String typed, Function<Shell, Object> factory) {
        this.typed = typed;
        this.factory = factory;
    }

    String typed() {
        return typed;
    }

    Object create(Shell shell) {
        return factory.apply(shell);
    }

    /** Completion and help are written from the definitions of all, and so are suggestions for a slip. */
    static boolean needsAll(String typed) {
        return typed.equals(COMPLETION.typed)
                || (!typed.equals("--version") && !typed.equals("-V")
                        && Arrays.stream(values()).noneMatch(command -> command.typed.equals(typed)));
    }
}
