package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.PackModel;
import io.prunella.plan.Truth;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.ExplanationJson;
import io.prunella.ruler.explain.ExplanationText;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.explain.WhyNot;
import io.prunella.ruler.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever is asked and whenever, the same fires; and an answer agrees with what fired. */
class AskingTest {

    @TestFactory
    Stream<DynamicTest> changesNothingThatFires() throws IOException {
        return Fixtures.packs().stream().map(dl -> DynamicTest.dynamicTest(Fixtures.base(dl), () -> ask(dl)));
    }

    private static void ask(Path dl) throws IOException {
        PackModel pack = Fixtures.pack(dl);
        List<Firing> quiet = new ArrayList<>();
        Simulation.run(pack, Fixtures.inputs(dl), Fixtures.settings(dl), quiet::add);
        Set<Question> questions = new LinkedHashSet<>();
        for (Firing firing : quiet) {
            for (long at : new long[]{firing.ts(), firing.ts() - 1, firing.ts() + 1}) {
                questions.add(Question.ofSubject(firing.rule(), firing.subject(), at));
                pack.rules().forEach(rule -> questions.add(Question.ofEntity(rule.name(), firing.entity(), at)));
            }
        }
        List<Firing> asked = new ArrayList<>();
        Map<Question, Answer> answers = Simulation
                .ask(pack, Fixtures.inputs(dl), Fixtures.settings(dl), questions, asked::add).answers();

        long last = questions.stream().mapToLong(Question::at).max().orElse(0);
        assertThat(asked.stream().map(FiringJson::write))
                .isEqualTo(quiet.stream().filter(firing -> firing.ts() <= last).map(FiringJson::write).toList());
        assertThat(answers.keySet()).containsExactlyInAnyOrderElementsOf(questions);
        for (Firing firing : quiet) {
            Answer answer = answers.get(Question.ofSubject(firing.rule(), firing.subject(), firing.ts()));
            assertThat(answer).isInstanceOfSatisfying(Answer.Explained.class, explained -> {
                Explanation e = explained.explanations().getFirst();
                assertThat(e.fired()).extracting(Explanation.Fired::traceId).contains(firing.traceId());
                assertThat(e.when().truth()).isEqualTo(Truth.TRUE);
                assertThat(e.blocked()).isFalse();
                assertThat(new WhyNot(Printed::ts).reasons(e)).isEmpty();
            });
        }
        for (Answer answer : answers.values()) {
            if (answer instanceof Answer.Explained(List<Explanation> explanations)) {
                explanations.forEach(e -> {
                    assertThat(ExplanationText.lines(e, 80, ExplanationText.Paint.PLAIN)).isNotEmpty();
                    assertThat(ExplanationJson.write(e)).startsWith("{\"at\":");
                });
            }
        }
    }
}
