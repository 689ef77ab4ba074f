package io.prunella.ruler.explain;

import io.prunella.plan.DurationText;
import io.prunella.plan.Truth;
import io.prunella.ruler.Printed;
import io.prunella.ruler.explain.Compared.Reading;
import io.prunella.ruler.explain.Compared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Explanations for people: one fact a line, none longer than their terminal is wide. */
public final class ExplanationText {
    private static final int TITLE = 9;
    private static final int LEAST_WIDTH = 40;
    private static final int DAY_MILLIS = 86_400_000;
    private static final int MOST_PAIRS = 8;
    private static final int MOST_SAMPLES = 12;
    private static final int TIME_AT = "2026-11-01T".length();

    private final Explanation e;
    private final int width;
    private final Paint paint;
    private final LongFunction<String> times;
    private final WhyNot whyNot;
    private final List<String> lines = new ArrayList<>();

    /** Colours, where there are any. */
    public interface Paint {
        String good(String text);

        String bad(String text);

        String quiet(String text);

        String strong(String text);

        /** None. */
        Paint PLAIN = new Paint() {
            @Override
            public String good(String text) {
                return text;
            }

            @Override
            public String bad(String text) {
                return text;
            }

            @Override
            public String quiet(String text) {
                return text;
            }

            @Override
            public String strong(String text) {
                return text;
            }
        };
    }

    private ExplanationText(Explanation explanation, int width, Paint paint) {
        this.e = explanation;
        this.width = Math.max(LEAST_WIDTH, width);
        this.paint = paint;
        this.times = times(explanation.at());
        this.whyNot = new WhyNot(times);
    }

    /** Lines, without their ends. */
    public static List<String> lines(Explanation explanation, int width, Paint paint) {
        ExplanationText text = new ExplanationText(explanation, width, paint);
        text.all();
        return text.lines;
    }

    /** Instants of the same day by their time alone. */
    public static LongFunction<String> times(long at) {
        return instant -> {
            String whole = Printed.ts(instant);
            String shown = Math.floorDiv(instant, DAY_MILLIS) == Math.floorDiv(at, DAY_MILLIS)
                    ? whole.substring(TIME_AT)
                    : whole;
            return shown.replace(".000Z", "Z");
        };
    }

    private void all() {
        lines.add(paint.strong(e.rule() + " on " + e.name()) + " at " + Printed.ts(e.at()));
        verdict();
        if (e.trigger().isNeeded()) {
            trigger();
        }
        clause("when", e.when());
        e.unless().ifPresent(unless -> {
            clause("unless", unless);
            line("", e.blocked() ? paint.bad("blocks") : "does not block");
        });
        e.until().ifPresent(until -> clause("until", until));
        line("armed", whyNot.armed(e.arming()));
        e.before().ifPresent(before -> line("before", "last fired at " + times.apply(before.ts())
                + before.skipped().map(result -> ", " + result.name()).orElse("")
                + before.skippedBy().map(why -> ", " + why).orElse("")));
        obstacles();
    }

    private void verdict() {
        for (Explanation.Fired fired : e.fired()) {
            line("fired", fired.skipped().map(result -> paint.bad(result.name())).orElse(paint.good("let through"))
                    + fired.skippedBy().map(why -> ", " + why).orElse("")
                    + fired.event().map(event -> ", for `" + event + "`").orElse("") + ", trace " + fired.traceId());
        }
        String title = "not fired";
        for (String reason : whyNot.reasons(e)) {
            line(title, reason);
            title = "";
        }
        if (e.fired().isEmpty() && title.equals("not fired")) {
            line("not fired", whyNot.elsewhen(e));
        }
    }

    private void trigger() {
        line("trigger", e.trigger().text());
        for (EventView event : e.trigger().open()) {
            line("", "- " + event(event));
            event.where().ifPresent(where -> branch(where, 2));
        }
        e.trigger().nearest().ifPresent(nearest -> {
            line("", "- nearest: " + event(nearest));
            nearest.where().ifPresent(where -> branch(where, 2));
        });
        if (e.trigger().open().isEmpty() && e.trigger().nearest().isEmpty()) {
            line("", "- no such event was seen");
        }
    }

    private String event(EventView event) {
        return "`" + event.id().orElse(event.type()) + "` of " + times.apply(event.ts()) + ", "
                + (event.standing() == EventView.Standing.NO_MATCH ? "did not match" : whyNot.stood(event));
    }

    private void clause(String title, Branch branch) {
        if (branch instanceof Branch.All all && all.of().isEmpty()) {
            line(title, truth(all.truth()) + "  (no condition)");
            return;
        }
        int before = lines.size();
        branch(branch, 0);
        String first = lines.get(before);
        lines.set(before, title + first.substring(Math.min(title.length(), TITLE)));
    }

    private void branch(Branch branch, int depth) {
        switch (branch) {
            case Branch.All all -> compound(all, "all of", depth);
            case Branch.Any any -> compound(any, "any of", depth);
            case Branch.Not not -> compound(not, "not", depth);
            case Branch.Held held -> compound(held, "held for " + held.length()
                    + (held.since().isPresent()
                            ? ": since " + times.apply(held.since().getAsLong())
                                    + (held.truth() == Truth.TRUE ? ", elapsed at " : ", elapses at ")
                                    + times.apply(held.elapses().orElse(0))
                            : ""),
                    depth);
            case Branch.Leg leg -> leg(leg, depth);
        }
    }

    private void compound(Branch branch, String word, int depth) {
        tree(branch.truth(), word, depth);
        branch.of().forEach(inner -> branch(inner, depth + 1));
    }

    private void leg(Branch.Leg leg, int depth) {
        tree(leg.truth(), leg.text(), depth);
        boolean several = leg.compared().size() > 1;
        leg.compared().stream().limit(MOST_PAIRS).forEach(pair -> pair(pair, depth + 1, several));
        if (leg.compared().size() > MOST_PAIRS) {
            detail("… and " + (leg.compared().size() - MOST_PAIRS) + " more", depth + 1);
        }
        leg.witnesses().forEach(witness -> detail("- " + witness.text()
                + (witness.ts().isPresent() ? " of " + times.apply(witness.ts().getAsLong()) : ""), depth + 1));
        leg.lacks().forEach(lack -> detail("missing " + whyNot.lack(lack), depth + 1));
    }

    private void pair(Compared pair, int depth, boolean several) {
        side(pair.left(), depth, several ? " (" + WhyNot.word(pair.truth()) + ")" : "");
        pair.right().ifPresent(right -> side(right, depth, ""));
    }

    private void side(Side side, int depth, String truth) {
        if (side.term().isPresent() && side.readings().isEmpty()) {
            detail(side.term().get() + " = " + WhyNot.text(side.value()) + truth, depth);
        } else if (side.term().isEmpty() && !side.readings().isEmpty()) {
            detail("= " + WhyNot.text(side.value()) + truth + ", of", depth);
        }
        side.readings().forEach(reading -> reading(reading, depth, side.term().isPresent() ? truth : ""));
    }

    private void reading(Reading reading, int depth, String truth) {
        String series = (reading.entity().equals(e.entity()) ? "" : reading.entity() + " ") + reading.series();
        detail((reading.window().isPresent() ? reading.term() : series) + " = "
                + Printed.number(reading.value()) + truth + ", of "
                + (reading.window().isPresent() ? series + ", newest of " : "") + times.apply(reading.ts()) + " ("
                + DurationText.of(e.at() - reading.ts()) + " ago)"
                + (reading.staleAt() == Long.MAX_VALUE ? "" : ", stale at " + times.apply(reading.staleAt())), depth);
        if (reading.window().isPresent()) {
            List<String> samples = reading.samples().reversed().stream().limit(MOST_SAMPLES).toList().reversed()
                    .stream().map(sample -> Printed.number(sample.value()) + "@" + times.apply(sample.ts())).toList();
            detail("over " + reading.window().get() + ", " + count(reading.samples().size()) + ": "
                    + (reading.samples().size() > MOST_SAMPLES ? "… " : "") + String.join(" ", samples), depth + 1);
        }
    }

    private static String count(int samples) {
        return samples + (samples == 1 ? " sample" : " samples");
    }

    private void obstacles() {
        if (e.obstacles().isEmpty()) {
            line("skips", "nothing would have it skipped");
        }
        String title = "skips";
        for (Obstacle obstacle : e.obstacles()) {
            line(title, paint.bad(obstacle.result().name()) + ": " + obstacle.text()
                    + (obstacle.until().isPresent() ? ", until " + times.apply(obstacle.until().getAsLong()) : "")
                    + (obstacle.traceId().isEmpty() ? "" : ", by trace " + obstacle.traceId()));
            title = "";
        }
        title = "causes";
        for (Explanation.Spared spared : e.spared()) {
            line(title, whyNot.spared(spared) + ", trace " + spared.traceId());
            title = "";
        }
    }

    // --- lines

    private String truth(Truth truth) {
        String word = "%-8s".formatted(WhyNot.word(truth));
        return switch (truth) {
            case TRUE -> paint.good(word);
            case FALSE -> paint.bad(word);
            case UNKNOWN -> paint.strong(word);
        };
    }

    private void tree(Truth truth, String text, int depth) {
        wrapped(" ".repeat(TITLE + 1) + truth(truth) + " " + "  ".repeat(depth), TITLE + 10 + 2 * depth, text);
    }

    private void detail(String text, int depth) {
        int indent = TITLE + 10 + 2 * depth;
        wrapped(" ".repeat(indent), indent, text);
    }

    private void line(String title, String text) {
        wrapped("%-9s ".formatted(title), TITLE + 1, text);
    }

    /** Breaks at spaces; what follows is as far in as the first line. */
    private void wrapped(String start, int indent, String text) {
        StringBuilder line = new StringBuilder(start);
        int column = indent;
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            int length = visible(word);
            if (!first && column + 1 + length > width) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent + 2));
                column = indent + 2;
                first = true;
            }
            line.append(first ? "" : " ").append(word);
            column += length + (first ? 0 : 1);
            first = false;
        }
        lines.add(line.toString().stripTrailing());
    }

    private static int visible(String word) {
        return word.replaceAll("\u001b\\[[0-9;]*m", "").length();
    }
}
