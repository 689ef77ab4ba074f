package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Folders of {@code .dl} files with what is expected of each beside it. */
final class Fixtures {
    private Fixtures() {}

    static Path root() {
        return Path.of(System.getProperty("prunella.root", ".."));
    }

    static Path folder(String kind) {
        return root().resolve("dsl-grammar/src/test/fixtures").resolve(kind);
    }

    static List<Path> inputs(String kind) {
        return files(folder(kind), ".dl");
    }

    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One test a file, which compares its output with the golden file, and one that finds golden files without input. */
    static Stream<DynamicTest> golden(String kind, String suffix, Function<Path, String> output) {
        Stream<DynamicTest> tests = inputs(kind).stream().map(input -> DynamicTest.dynamicTest(
                kind + "/" + input.getFileName(), () -> compare(beside(input, suffix), output.apply(input))));
        return Stream.concat(tests, Stream.of(DynamicTest.dynamicTest("no orphans in " + kind, () -> assertThat(
                files(folder(kind), suffix)).allSatisfy(golden -> assertThat(beside(golden, ".dl")).exists()))));
    }

    private static Path beside(Path input, String suffix) {
        String name = input.getFileName().toString();
        return input.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
    }

    private static void compare(Path golden, String output) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, output);
        }
        assertThat(golden).as("golden file; write it with -Dgolden.update=true").exists();
        assertThat(output).isEqualTo(Files.readString(golden));
    }
}
