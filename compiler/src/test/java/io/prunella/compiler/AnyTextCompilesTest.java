package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.pack.PackSource;
import io.prunella.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the text: there is a result, and a pack exactly when nothing in it is an error. */
class AnyTextCompilesTest {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[A-Za-z0-9_.%]+|\\s+|.", Pattern.DOTALL);
    private static final List<List<String>> TEXTS = Stream.of("ok", "ok", "ok", "err")
            .flatMap(kind -> Fixtures.in(kind, ".dl").stream())
            .map(AnyTextCompilesTest::tokens).filter(tokens -> !tokens.isEmpty()).toList();

    private static List<String> tokens(Path file) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(Fixtures.text(file));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static Compilation compile(String text, boolean single) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        PackSource source = single
                ? PackSource.ofText("a.dl", bytes)
                : new PackSource("p", "/pack", false, List.of(new PackSource.File("rules/a.dl", "rules/a.dl", bytes)),
                        new TreeMap<>(), "sha256:0", List.of());
        Compilation compilation = Compiler.compile(source);
        assertThat(compilation.pack().isPresent()).isEqualTo(!compilation.hasErrors());
        compilation.pack().ifPresent(pack -> pack.rules().forEach(rule -> assertThat(
                PlanJson.read(PlanJson.write(rule.plan()))).isEqualTo(new PlanJson.Read.Plan(rule.plan()))));
        return compilation;
    }

    @Property(tries = 1500)
    void textsWithSlips(@ForAll("slips") String text, @ForAll boolean single) {
        compile(text, single);
    }

    @Provide
    Arbitrary<String> slips() {
        Arbitrary<List<Edit>> edits = Combinators.combine(Arbitraries.integers().between(0, 1 << 20),
                Arbitraries.integers().between(0, 1 << 20), Arbitraries.of(Kind.values())).as(Edit::new).list()
                .ofMinSize(1).ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(TEXTS), Arbitraries.of(TEXTS), edits)
                .as((text, other, slips) -> {
                    List<String> tokens = new ArrayList<>(text);
                    slips.forEach(slip -> slip.apply(tokens, other));
                    return String.join("", tokens);
                });
    }

    private enum Kind {
        DELETE, SWAP, REPLACE, INSERT
    }

    private record Edit(int at, int from, Kind kind) {
        void apply(List<String> tokens, List<String> other) {
            if (tokens.isEmpty()) {
                return;
            }
            int place = at % tokens.size();
            switch (kind) {
                case DELETE -> tokens.remove(place);
                case SWAP -> tokens.set(place, tokens.get(from % tokens.size()));
                case REPLACE -> tokens.set(place, other.get(from % other.size()));
                case INSERT -> tokens.add(place, other.get(from % other.size()) + " ");
            }
        }
    }

    @Test
    void everyPrefixOfEveryFixture() {
        for (List<String> tokens : TEXTS) {
            IntStream.range(0, tokens.size()).filter(i -> i % 5 == 0)
                    .forEach(i -> compile(String.join("", tokens.subList(0, i)), true));
        }
    }

    @Test
    void everySingleDeletionFromTheFirstRule() {
        List<String> tokens = tokens(Fixtures.FIXTURES.resolve("ok/health-check-fail.dl"));
        for (int i = 0; i < tokens.size(); i++) {
            List<String> rest = new ArrayList<>(tokens);
            rest.remove(i);
            compile(String.join("", rest), true);
        }
    }
}
