package io.prunella.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens to an exception that reaches the door: a user sees one line, the details go to a file. */
final class Crash implements Thread.UncaughtExceptionHandler {
    private final Shell shell;
    private final boolean debug;

    Crash(Shell shell, boolean debug) {
        this.shell = shell;
        this.debug = debug;
    }

    static boolean debugWanted(Shell shell, String... arguments) {
        for (String argument : arguments) {
            if (argument.equals("--debug")) {
                return true;
            }
        }
        return shell.environment().containsKey("PRUNELLA_DEBUG");
    }

    static String[] withoutDebug(String... arguments) {
        List<String> kept = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals("--debug")) {
                kept.add(argument);
            }
        }
        return kept.toArray(new String[0]);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        Runtime.getRuntime().halt(report(fault));
    }

    /** Says it, and answers how the command ends. */
    int report(Throwable fault) {
        return switch (fault) {
            case UserError error -> {
                shell.out().flush();
                shell.err().println("prunella: " + error.text());
                yield error.exit();
            }
            case Pipe.Broken broken -> {
                if (broken.readerLeft()) {
                    yield Exit.PIPE;
                }
                shell.err().println("prunella: cannot write the output: " + broken.getCause());
                yield Exit.INTERNAL;
            }
            case OutOfMemoryError _ -> {
                shell.err().println("prunella: out of memory; give it more with PRUNELLA_JAVA_OPTS=-Xmx4g");
                yield Exit.INTERNAL;
            }
            default -> internal(fault);
        };
    }

    private int internal(Throwable fault) {
        String trace = trace(fault);
        // The reference is the same each time the same fault occurs, so that reports of it can be matched.
        String reference = String.format("%08x", trace.hashCode());
        shell.err().println("prunella: internal error " + reference + " (" + fault.getClass().getSimpleName()
                + "): this is a bug of ours, not of your input");
        if (debug) {
            shell.err().print(trace);
        } else {
            Optional<Path> file = written(reference, trace);
            shell.err().println(file.map(f -> "details are in " + f + "; please report it with that file")
                    .orElse("run it again with --debug to see the details"));
        }
        return Exit.INTERNAL;
    }

    private static String trace(Throwable fault) {
        StringBuilder text = new StringBuilder();
        Throwable shown = fault;
        for (int depth = 0; shown != null && depth < 10; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(shown).append('\n');
            for (StackTraceElement at : shown.getStackTrace()) {
                text.append("    at ").append(at).append('\n');
            }
            shown = shown.getCause();
        }
        return text.toString();
    }

    private Optional<Path> written(String reference, String trace) {
        String state = shell.environment().getOrDefault("XDG_STATE_HOME", "");
        Path folder = state.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".local", "state")
                : Path.of(state);
        for (Path place : new Path[]{folder.resolve("prunella"),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp"))}) {
            try {
                Files.createDirectories(place);
                Path file = place.resolve("prunella-crash-" + reference + ".log");
                Files.writeString(file, "Java " + Runtime.version() + " on " + System.getProperty("os.name") + "\n"
                        + trace, StandardCharsets.UTF_8);
                return Optional.of(file);
            } catch (IOException notHere) {
                // The next place may do; the loop says so when none does.
            }
        }
        return Optional.empty();
    }
}
