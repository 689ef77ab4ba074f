package io.prunella.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.ast.Ast;
import io.prunella.dsl.format.DlFormatter;
import io.prunella.dsl.parse.DlParser;
import io.prunella.dsl.parse.ParseResult;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code .dl} file of the project survives reading, laying out and reading again. */
class RepositoryTest {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", "err", "bad");

    @TestFactory
    Stream<DynamicTest> every_file_round_trips() throws IOException {
        Path root = Fixtures.root().toAbsolutePath().normalize();
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(String.valueOf(folder.getFileName())) && !folder.equals(root)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".dl")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream().sorted().map(file -> DynamicTest.dynamicTest(root.relativize(file).toString(),
                () -> assertRoundTrip(Fixtures.read(file))));
    }

    /** Reads, lays out and reads again: the same tree, and a layout that stays. */
    static void assertRoundTrip(String text) {
        ParseResult first = DlParser.parse("file.dl", text);
        assertThat(first.diagnostics()).isEmpty();
        String formatted = DlFormatter.format(first);
        ParseResult second = DlParser.parse("file.dl", formatted);
        assertThat(second.diagnostics()).as(formatted).isEmpty();
        assertThat(Ast.sameMeaning(first.file(), second.file())).as("same meaning as%n%s%n%s", text, formatted)
                .isTrue();
        assertThat(DlFormatter.format(second)).isEqualTo(formatted);
        assertThat(second.comments()).as("comments of %s", formatted).hasSameSizeAs(first.comments());
    }
}
