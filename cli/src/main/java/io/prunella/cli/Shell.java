package io.prunella.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The shell that a command was typed in: its streams, and what they are.
 *
 * @param out results, buffered: whoever is read live has to flush
 * @param err everything else
 * @param terminalOut whether a person reads {@code out}
 * @param terminalErr whether a person reads {@code err}
 * @param home folder of the packs, examples and demo that came along
 */
record Shell(InputStream in, PrintStream out, PrintStream err, boolean terminalOut, boolean terminalErr,
        Map<String, String> environment, Path home) {

    private static final int BUFFER = 1 << 16;

    /** The real one; the launcher, which can ask without a process more, says what is a terminal. */
    static Shell real() {
        String terminals = System.getProperty("prunella.terminals", "");
        return new Shell(new FileInputStream(FileDescriptor.in),
                new PrintStream(new BufferedOutputStream(new Pipe(new FileOutputStream(FileDescriptor.out)), BUFFER),
                        false, StandardCharsets.UTF_8),
                new PrintStream(new Pipe(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8),
                terminals.contains("out"), terminals.contains("err"), System.getenv(),
                Path.of(System.getProperty("prunella.home", ".")));
    }

    /** Colour is for people, and only for those who did not ask for none ({@code NO_COLOR}). */
    boolean colourOut() {
        return terminalOut && colourWanted();
    }

    boolean colourErr() {
        return terminalErr && colourWanted();
    }

    private boolean colourWanted() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.getOrDefault("TERM", ""));
    }
}
