package io.prunella.cli;

import java.util.Arrays;
import java.util.Locale;

/** All commands, in the order in which help lists them. */
enum Command {
    CHECK, FMT, COMPILE, TEST, SIMULATE, EXPLAIN, BACKTEST, RECORD, RUN, PLAN, DEMO, SERVE, HEALS, STATUS, DOCTOR, COMPLETION;

    String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Not a table of constructors: that would load the classes of every command for one of them. */
    Action create(Shell shell) {
        return switch (this) {
            case CHECK -> new CheckCommand(shell);
            case FMT -> new FmtCommand(shell);
            case COMPILE -> new CompileCommand(shell);
            case TEST -> new TestCommand(shell);
            case SIMULATE -> new SimulateCommand(shell);
            case EXPLAIN -> new ExplainCommand(shell);
            case BACKTEST -> new BacktestCommand(shell);
            case RECORD -> new RecordCommand(shell);
            case RUN -> new RunCommand(shell);
            case PLAN -> new PlanCommand(shell);
            case SERVE -> new ServeCommand(shell);
            case HEALS -> new HealsCommand(shell);
            case STATUS -> new StatusCommand(shell);
            case DEMO -> new DemoCommand(shell);
            case DOCTOR -> new DoctorCommand(shell);
            case COMPLETION -> new CompletionCommand(shell);
        };
    }

    /** Completion and help are written from the definitions of all, and so are suggestions for a slip. */
    static boolean needsAll(String typed) {
        return typed.equals(COMPLETION.typed()) || (!typed.equals("--version") && !typed.equals("-V")
                && Arrays.stream(values()).noneMatch(command -> command.typed().equals(typed)));
    }
}
