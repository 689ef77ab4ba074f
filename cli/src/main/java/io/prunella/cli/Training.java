package io.prunella.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands once, so that the classes they need can be archived beside the jars: a command then starts in a
 * third of the time. Run by the build, with {@code -XX:ArchiveClassesAtExit}.
 */
public final class Training {

    private Training() {}

    /** Takes the distribution's folder, and which of its class paths this is; leaves {@code lib/.complete} there, which says that all of it is built. */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Shell shell = new Shell(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, false, Map.of(), home);
        for (List<String> command : commands(arguments[1], home)) {
            Main.run(shell, new Crash(shell, true), command.toArray(String[]::new));
        }
        Files.writeString(home.resolve("lib").resolve(".complete"), "");
    }

    private static List<List<String>> commands(String path, Path home) {
        String pack = home.resolve("examples/01-first-heal").toString();
        String file = pack + "/rules/health-check-fail.dl";
        return switch (path) {
            case "text" -> List.of(List.of("--version"), List.of("check", file), List.of("check", pack, "--strict"),
                    List.of("check", "--format", "json", "no-such-file"), List.of("fmt", "--diff", file));
            case "all" -> List.of(List.of("--help"), List.of("completion", "bash"), List.of("check", pack),
                    List.of("compile", "--plan", pack),
                    List.of("simulate", pack, "--recording", pack + "/recordings/unreachable.jsonl"),
                    List.of("test", pack), List.of("doctor"));
            default -> throw new IllegalArgumentException("no class path: " + path);
        };
    }
}
