package io.prunella.control.proof;

import io.prunella.control.loop.LoopQuestions.Verdict;
import io.prunella.dsl.ast.Expectation;
import io.prunella.plan.DurationText;
import io.prunella.ruler.Firing;
import io.prunella.ruler.Printed;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.Obstacle;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.explain.WhyNot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a rule had not fired by an instant of a test, and why a heal was not proved. A test that failed is played a second
 * time for it, with questions; one that passed is not.
 */
final class Reasons {
    private static final int MOST_SUBJECTS = 5;

    private final TestClock zero;
    private final WhyNot says;
    private final Function<Set<Question>, TestStage.Played> again;
    private final Set<Question> questions = new LinkedHashSet<>();
    private TestStage.@Nullable Played played;

    /** @param again plays the test once more, with these questions */
    Reasons(List<Expectation> expectations, TestClock zero, Function<Set<Question>, TestStage.Played> again) {
        this.zero = zero;
        this.again = again;
        says = new WhyNot(zero::text);
        for (Expectation line : expectations) {
            if (line instanceof Expectation.Fires fires) {
                questions.add(question(fires));
            }
        }
    }

    private TestStage.Played played() {
        TestStage.Played known = played;
        if (known == null) {
            known = again.apply(questions);
            played = known;
        }
        return known;
    }

    private Question question(Expectation.Fires fires) {
        long at = zero.millis() + fires.to().orElse(fires.from()).millis();
        return fires.entity().map(entity -> Question.ofEntity(fires.rule().text(), entity.text(), at))
                .orElseGet(() -> Question.ofAll(fires.rule().text(), at));
    }

    /** Why it had not fired by the end of the time in which it was expected. */
    List<String> whyNot(Expectation.Fires expected) {
        return switch (played().answers().get(question(expected))) {
            case Answer.Explained explained -> {
                List<String> lines = new ArrayList<>();
                explained.explanations().stream().limit(MOST_SUBJECTS).forEach(e -> lines.addAll(lines(e)));
                yield lines;
            }
            case Answer.NoSuchSubject none ->
                List.of("no record up to " + zero.text(question(expected).at()) + " names `"
                        + none.asked() + "`" + none.nearest().map(near -> ": did you mean `" + near + "`?").orElse(""));
            case Answer.NoSuchRule _,Answer.NoRule _ -> List.of();
            case null -> List.of();
        };
    }

    private List<String> lines(Explanation e) {
        String where = "on " + e.name() + " at " + zero.text(e.at());
        List<String> reasons = says.reasons(e);
        List<String> lines = new ArrayList<>();
        for (String reason : reasons) {
            lines.add(lines.isEmpty() ? where + ": " + reason : "  and: " + reason);
        }
        if (lines.isEmpty() && e.fired().isEmpty()) {
            lines.add(where + ": " + says.elsewhen(e));
        }
        return lines;
    }

    /** What had a firing skipped, if the expectation's instant shows it. */
    List<String> obstacles(Expectation.Fires expected) {
        return played().answers().get(question(expected)) instanceof Answer.Explained(List<Explanation> explained)
                ? explained.stream().flatMap(e -> e.obstacles().stream()).map(this::line).toList()
                : List.of();
    }

    /** Also asks how it stood with a firing when it was decided. */
    void ask(Firing firing) {
        questions.add(question(firing));
    }

    private static Question question(Firing firing) {
        return Question.ofSubject(firing.rule(), firing.subject(), firing.ts());
    }

    /** Why what stands above a firing did not suppress it; only of those asked for. */
    List<String> spared(Firing firing) {
        return played().answers().get(question(firing)) instanceof Answer.Explained(List<Explanation> explained)
                ? explained.stream().flatMap(e -> e.spared().stream()).map(says::spared).toList()
                : List.of();
    }

    private String line(Obstacle obstacle) {
        return obstacle.result().name() + ": " + obstacle.text()
                + (obstacle.until().isPresent() ? ", until " + zero.text(obstacle.until().getAsLong()) : "");
    }

    /** Why a heal was not proved: the first leg of {@code verify} that was not true. */
    Optional<String> unproved(Seen heal) {
        Verdict verdict = played().verdicts().get(heal.firing().traceId());
        return verdict == null
                ? Optional.empty()
                : says.leg(verdict.tree()).map(leg -> "`verify` at " + zero.text(verdict.at()) + ": " + leg);
    }
}
