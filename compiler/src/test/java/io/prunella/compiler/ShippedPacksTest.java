package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No false alarm on what the project ships: each warning here was looked at, and is true. */
class ShippedPacksTest {
    private static final Map<String, List<String>> KNOWN = Map.of("examples/01-first-heal", List.of(
            // The first rule of the language, as it was given; and a demonstration that may not take 5 minutes.
            "rules/bad-release.dl:8 DL303", "rules/health-check-fail.dl:4 DL301", "rules/health-check-fail.dl:4 DL302",
            "rules/health-check-fail.dl:4 DL303"));

    @Test
    void warnsOfWhatIsKnownAlone() {
        Map<String, List<String>> found = new TreeMap<>();
        for (Path pack : Stream.of("examples", "rule-packs").flatMap(ShippedPacksTest::packs).toList()) {
            List<String> warnings = Compiler.compile(Fixtures.folder(pack)).diagnostics().stream()
                    .map(d -> pack.relativize(Path.of(d.file())) + ":" + d.span().line() + " " + d.code().id())
                    .toList();
            if (!warnings.isEmpty()) {
                found.put(Fixtures.ROOT.relativize(pack).toString().replace('\\', '/'), warnings);
            }
        }
        assertThat(found).isEqualTo(KNOWN);
    }

    @Test
    void findsPacks() {
        assertThat(packs("examples")).isNotEmpty();
        assertThat(packs("rule-packs")).isNotEmpty();
    }

    private static Stream<Path> packs(String folder) {
        try (Stream<Path> children = Files.list(Fixtures.ROOT.resolve(folder))) {
            return children.filter(child -> Files.exists(child.resolve("pack.dl"))).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
