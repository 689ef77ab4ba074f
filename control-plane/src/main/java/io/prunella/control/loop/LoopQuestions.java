package io.prunella.control.loop;

import io.prunella.plan.Truth;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Branch;
import io.prunella.ruler.explain.LegName;
import io.prunella.ruler.explain.LegRecorder;
import io.prunella.ruler.explain.Question;
import java.util.List;
import java.util.function.Consumer;

/** What may be asked of a loop's ruler; only for its owner, and no question changes what happens. */
public final class LoopQuestions {
    private final Ruler ruler;
    private final Watching watching;

    LoopQuestions(Ruler ruler, Watching watching) {
        this.ruler = ruler;
        this.watching = watching;
    }

    /** As {@link Ruler#ask}. */
    public void ask(Question question, Consumer<Answer> receiver) {
        ruler.ask(question, receiver);
    }

    /** As {@link Ruler#record}. */
    public void record(LegRecorder recorder) {
        ruler.record(recorder);
    }

    /** As {@link Ruler#legs}. */
    public List<LegName> legs() {
        return ruler.legs();
    }

    /** Tells what became of each condition that a heal waits for. */
    public void verdicts(Consumer<Verdict> receiver) {
        watching.tell(receiver);
    }

    /**
     * What became of a condition that a heal waited for.
     *
     * @param at epoch milliseconds, in the time of the records
     * @param verifies whether it is the rule's {@code verify}
     */
    public record Verdict(String traceId, long at, boolean verifies, Truth truth, Branch tree) {}
}
