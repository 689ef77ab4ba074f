package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.prunella.compiler.pack.PackFolder;
import io.prunella.compiler.pack.PackRead;
import io.prunella.compiler.pack.PackSource;
import io.prunella.dsl.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders of inputs with their expected outputs beside them. */
final class Fixtures {
    static final Path ROOT = Path.of(System.getProperty("prunella.root", ".."));
    static final Path FIXTURES = ROOT.resolve("compiler/src/test/fixtures");
    private static final Pattern MARKER = Pattern.compile("^# *(\\^+) (DL[0-9]{3})$");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private Fixtures() {}

    static List<Path> in(String kind, String suffix) {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(kind))) {
            return files.filter(f -> f.getFileName().toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A single file, as if it were checked from within its folder. */
    static PackSource single(Path file) {
        return PackSource.ofText(file.getFileName().toString(), bytes(file));
    }

    static PackSource folder(Path folder) {
        return switch (PackFolder.read(folder)) {
            case PackRead.Found found -> found.source();
            case PackRead.Unreadable unreadable -> fail(unreadable.toString());
        };
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares with the golden file, or writes it; empty output has no file. */
    static void golden(Path file, String actual) {
        try {
            if (UPDATE) {
                if (actual.isEmpty()) {
                    Files.deleteIfExists(file);
                } else {
                    Files.writeString(file, actual);
                }
            }
            String expected = Files.exists(file) ? Files.readString(file) : "";
            assertThat(actual).as("%s (rewrite with -Dgolden.update=true)", file).isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Golden files that belong to no input. */
    static List<Path> orphans(String kind, String inputSuffix, Set<String> goldenSuffixes) {
        return goldenSuffixes.stream().flatMap(suffix -> in(kind, suffix).stream().filter(golden -> {
            String name = golden.getFileName().toString();
            String stem = name.substring(0, name.length() - suffix.length());
            return !Files.exists(golden.resolveSibling(stem + inputSuffix));
        })).toList();
    }

    static Path beside(Path input, String inputSuffix, String suffix) {
        String name = input.getFileName().toString();
        return input.resolveSibling(name.substring(0, name.length() - inputSuffix.length()) + suffix);
    }

    /** Line, column, width and code of each diagnostic. */
    static List<String> places(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(d -> d.span().line() + ":" + d.span().column() + "+"
                + (d.span().end() - d.span().start()) + " " + d.code().id()).toList();
    }

    /** The same, of what a file marks under its culprits. */
    static List<String> marked(String text) {
        List<String> marked = new ArrayList<>();
        int culprit = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher marker = MARKER.matcher(line);
            if (marker.matches()) {
                marked.add(culprit + ":" + (marker.start(1) + 1) + "+" + marker.group(1).length() + " "
                        + marker.group(2));
            } else {
                culprit = number;
            }
        }
        return marked;
    }

    /** Diagnostics for people who compare: a line each, labels and help under it; {@code prefix} is cut from paths. */
    static String diagnostics(List<Diagnostic> diagnostics, String prefix) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic d : diagnostics) {
            out.append(cut(d.file(), prefix)).append(':').append(d.span().line()).append(':')
                    .append(d.span().column()).append(": ").append(d.severity().label()).append('[')
                    .append(d.code().id()).append("]: ").append(d.message()).append('\n');
            d.labels().forEach(l -> out.append("  ").append(cut(l.file(), prefix)).append(':').append(l.span().line())
                    .append(':').append(l.span().column()).append(": ").append(l.text()).append('\n'));
            d.help().ifPresent(help -> out.append("  help: ").append(help).append('\n'));
        }
        return out.toString();
    }

    private static String cut(String path, String prefix) {
        return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
}
