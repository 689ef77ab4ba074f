package io.prunella.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;

/** The door: arguments in, exit code out; what a command prints goes through its {@link Shell}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Shell shell = Shell.real();
        Crash crash = new Crash(shell, Crash.debugWanted(shell, arguments));
        // What nobody foresaw ends here, on whatever thread: as one line, never as a stack trace.
        Thread.setDefaultUncaughtExceptionHandler(crash);
        int exit = run(shell, crash, Crash.withoutDebug(arguments));
        // Not exit: all is flushed, nothing is left to be cleaned up, and exit loads a logger first.
        Runtime.getRuntime().halt(exit);
    }

    /** Runs one command; everything printed has left when it returns. */
    static int run(Shell shell, Crash crash, String... arguments) {
        try {
            Later.refuseCommand(arguments);
            Optional<CheckCommand> check = Quick.check(shell, arguments);
            int exit = check.isPresent() ? check.get().run() : execute(shell, arguments);
            shell.out().flush();
            return exit;
        } catch (UserError | Pipe.Broken expected) {
            return crash.report(expected);
        }
    }

    // Not CommandLine.execute: that prints the stack traces of whatever it did not expect.
    private static int execute(Shell shell, String... arguments) {
        CommandLine line = commandLine(shell, arguments);
        line.setUsageHelpWidth(100).setColorScheme(CommandLine.Help.defaultColorScheme(
                shell.colourOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(shell.out(), false, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        try {
            CommandLine.ParseResult parsed = line.parseArgs(arguments);
            Integer helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                line.getOut().flush();
                return Exit.OK;
            }
            CommandLine.ParseResult last = parsed;
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            return ((Action) last.commandSpec().userObject()).run();
        } catch (CommandLine.ParameterException problem) {
            return badUsage(shell, problem);
        }
    }

    /** Only the command that is asked for is built, since building all of them takes longer than most run. */
    static CommandLine commandLine(Shell shell, String... arguments) {
        CommandLine root = new CommandLine(new Prunella());
        root.getCommandSpec().usageMessage().optionListHeading("%n").commandListHeading("%n");
        String first = arguments.length == 0 ? "--help" : arguments[0];
        for (Command command : Command.values()) {
            if (first.equals(command.typed()) || Command.needsAll(first)) {
                CommandLine made = new CommandLine(command.create(shell));
                CommandLine.Model.UsageMessageSpec usage = made.getCommandSpec().usageMessage();
                boolean takesPaths = !made.getCommandSpec().positionalParameters().isEmpty();
                usage.parameterListHeading(takesPaths ? "%n" : "");
                usage.optionListHeading("%n");
                root.addSubcommand(command.typed(), made);
            }
        }
        return root;
    }

    /** As the jar says it. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }

    private static int badUsage(Shell shell, CommandLine.ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        boolean unknownCommand = problem instanceof CommandLine.UnmatchedArgumentException unmatched
                && line.getParent() == null && !unmatched.isUnknownOption();
        String text = unknownCommand
                ? "there is no command `" + ((CommandLine.UnmatchedArgumentException) problem).getUnmatched().getFirst()
                        + "`"
                : String.valueOf(problem.getMessage());
        shell.err().println("prunella: " + Character.toLowerCase(text.charAt(0)) + text.substring(1));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, line.getErr());
        shell.err().println("see `" + name + " --help`");
        return Exit.USAGE;
    }

    /** The command itself: says what there is when nothing more is typed. */
    @CommandLine.Command(name = "prunella", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = "A self-healing system: detects, decides, heals, and verifies.", footer = {
            "",
            "Results go to standard output, all else to standard error. Where a file is meant, `-` is standard input.",
            "`--debug` with any command shows the details of an internal error; NO_COLOR is respected."})
    static final class Prunella implements Action {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public int run() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return Exit.USAGE;
        }
    }

    /** Version of the jar, and of the Java that runs it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"prunella " + version(), "Java " + Runtime.version()};
        }
    }
}
