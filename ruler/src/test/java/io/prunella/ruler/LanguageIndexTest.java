package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every statement of the language names what shows it, and what it names is there. */
class LanguageIndexTest {
    private static final Path ROOT = Path.of(System.getProperty("prunella.root", ".."));
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final String MISSING = "not in this version: ";

    /** What is shown by a row: its last cell. */
    private static List<String> cells() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("ruler/src/test/language-index.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.equals("| statement | shown by |")).toList();
        assertThat(rows).hasSizeGreaterThan(100).allMatch(row -> row.endsWith(" |"));
        return rows.stream().map(row -> row.substring(0, row.length() - " |".length()))
                .map(row -> row.substring(row.lastIndexOf("| ") + "| ".length())).toList();
    }

    private static List<String> named(String cell) {
        return NAMED.matcher(cell).results().map((MatchResult result) -> result.group(1)).toList();
    }

    @Test
    void everyRowNamesWhatShowsIt() throws IOException {
        assertThat(cells()).allMatch(cell -> cell.startsWith(MISSING) || !named(cell).isEmpty());
    }

    @Test
    void whatIsNamedIsThere() throws IOException {
        assertThat(cells().stream().filter(cell -> !cell.startsWith(MISSING)).flatMap(cell -> named(cell).stream()))
                .allSatisfy(name -> assertThat(name.contains("/")
                        ? ROOT.resolve(name)
                        : Fixtures.folder().resolve(name + ".dl")).exists());
    }
}
