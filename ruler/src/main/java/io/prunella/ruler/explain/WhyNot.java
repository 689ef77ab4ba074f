package io.prunella.ruler.explain;

import io.prunella.plan.Truth;
import io.prunella.ruler.Printed;
import io.prunella.ruler.Scalar;
import io.prunella.ruler.explain.Explanation.Arming;
import io.prunella.ruler.explain.Explanation.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Says in sentences why a rule did not fire: the trigger, the first leg that was not true, what else stood in the way. */
public final class WhyNot {
    private static final int MOST_VALUES = 3;

    private final LongFunction<String> times;

    /** @param times spells instants, e.g. {@link Printed#ts} */
    public WhyNot(LongFunction<String> times) {
        this.times = times;
    }

    /** All reasons, the weightiest first; none if it fired at that very instant. */
    public List<String> reasons(Explanation e) {
        List<String> reasons = new ArrayList<>();
        if (!e.fired().isEmpty()) {
            return reasons;
        }
        if (e.trigger().isNeeded() && !e.trigger().isWaiting()) {
            reasons.add(trigger(e.trigger(), e.before()));
        }
        leg(e.when()).ifPresent(reasons::add);
        if (e.blocked()) {
            reasons.add("`unless` blocked: " + e.unless().map(this::blocking).orElse(""));
        }
        arming(e).ifPresent(reasons::add);
        return reasons;
    }

    /** The first leg of a condition that was not true, with its value and time; empty for a condition that was. */
    public Optional<String> leg(Branch branch) {
        if (branch.truth() == Truth.TRUE) {
            return Optional.empty();
        }
        return Optional.of(switch (branch) {
            case Branch.All all -> all.of().stream().flatMap(inner -> leg(inner).stream()).findFirst().orElse("false");
            case Branch.Any any -> any.of().isEmpty()
                    ? "the condition is `false`"
                    : "none of " + any.of().size() + " alternatives was true, the first: "
                            + leg(any.of().getFirst()).orElse("");
            case Branch.Not not -> "`NOT` was " + word(not.truth()) + ", inside: " + described(not.inner());
            case Branch.Held held -> held(held);
            case Branch.Leg leg -> described(leg);
        });
    }

    private String held(Branch.Held held) {
        return leg(held.inner()).orElseGet(() -> "true only since " + times.apply(held.since().orElse(0)) + ", and has "
                + "to hold for " + held.length()
                + (held.since().isPresent() ? ": until " + times.apply(held.elapses().orElse(0)) : ""));
    }

    /** A condition as a sentence, whatever it was. */
    private String described(Branch branch) {
        return switch (branch) {
            case Branch.Leg leg -> "`" + leg.text() + "` was " + word(leg.truth()) + evidence(leg);
            case Branch.All all -> deciding(all, all.of());
            case Branch.Any any -> deciding(any, any.of());
            case Branch.Not not -> described(not.inner());
            case Branch.Held held -> described(held.inner());
        };
    }

    /** What made a compound what it was. */
    private String deciding(Branch whole, List<Branch> of) {
        return of.stream().filter(inner -> inner.truth() == whole.truth()).findFirst().map(this::described)
                .orElse(word(whole.truth()));
    }

    private String blocking(Branch unless) {
        return described(unless);
    }

    /** Values with their times, then what was missing. */
    private String evidence(Branch.Leg leg) {
        List<String> parts = new ArrayList<>();
        leg.compared().stream().filter(pair -> pair.truth() == leg.truth()).limit(MOST_VALUES)
                .forEach(pair -> values(pair, parts));
        leg.lacks().forEach(lack -> parts.add(lack(lack)));
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts.stream().distinct().toList());
    }

    private void values(Compared pair, List<String> into) {
        side(pair.left(), into);
        pair.right().ifPresent(right -> side(right, into));
    }

    private void side(Compared.Side side, List<String> into) {
        if (side.term().isPresent()) {
            into.add("`" + side.term().get() + "` = " + text(side.value())
                    + side.readings().stream().findFirst().map(r -> " since " + times.apply(r.ts())).orElse(""));
        } else {
            side.readings().forEach(reading -> into.add("`" + reading.term() + "` = " + Printed.number(reading.value())
                    + " since " + times.apply(reading.ts())));
        }
    }

    /** What was missing, as a sentence without its end. */
    public String lack(Lack lack) {
        return "`" + lack.term() + "`: " + lack.kind().text()
                + (lack.since().isPresent() ? " since " + times.apply(lack.since().getAsLong()) : "")
                + (lack.found().isEmpty()
                        ? ""
                        : " (there " + (lack.found().size() == 1 ? "is " : "are ")
                                + lack.found().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", ")) + ")")
                + lack.nearest().map(near -> "; did you mean `" + near + "`?").orElse("");
    }

    private String trigger(Trigger trigger, Optional<Explanation.Fired> before) {
        Optional<EventView> part = trigger.nearest().filter(event -> event.standing() == EventView.Standing.PART);
        if (part.isPresent()) {
            EventView event = part.get();
            return before.filter(fired -> fired.ts() >= event.ts()).isPresent()
                    ? "the match of `" + event.type() + "` of " + times.apply(event.ts())
                            + " had been fired for already"
                    : "no match of `" + trigger.text() + "` was complete: the newest event of it was `" + event.type()
                            + "` of " + times.apply(event.ts());
        }
        String types = "`" + String.join("` or `", trigger.types()) + "`";
        Optional<EventView> answered = trigger.nearest()
                .filter(event -> event.standing() == EventView.Standing.DECIDED);
        if (answered.isPresent()) {
            return "its event " + types + " of " + times.apply(answered.get().ts()) + " had been fired for already";
        }
        if (!trigger.open().isEmpty()) {
            return "its open event " + types + " of " + times.apply(trigger.open().getLast().ts())
                    + " had been fired for already";
        }
        return trigger.nearest().map(event -> "no event " + types + " was open; the nearest, of "
                + times.apply(event.ts()) + event.id().map(id -> " (`" + id + "`)").orElse("") + ", " + stood(event))
                .orElseGet(() -> "no event " + types + " was open, and none had been seen"
                        + trigger.similar().map(near -> "; did you mean `" + near + "`?").orElse(""));
    }

    private String until(EventView event) {
        return event.until() == Long.MAX_VALUE ? "" : " until " + times.apply(event.until());
    }

    /** How an event stood, as the rest of a sentence. */
    public String stood(EventView event) {
        return switch (event.standing()) {
            case OPEN -> "is open" + until(event);
            case DECIDED -> "is open" + until(event) + ", and has been fired for";
            case PART -> "is of no complete match that is open";
            case NO_MATCH -> "did not match: " + event.where().flatMap(this::leg).orElse("");
            case RESOLVED -> "was resolved at " + times.apply(event.until());
            case EXPIRED -> "was open only until " + times.apply(event.until());
            case ELSEWHERE -> "was of `" + event.entity() + "`";
        };
    }

    /** Why a cause above does not suppress what fires. */
    public String spared(Explanation.Spared spared) {
        return "`" + spared.entity() + "` above it fired, and does not suppress it: " + spared.why()
                + (spared.since().isPresent() ? " since " + times.apply(spared.since().getAsLong()) : "");
    }

    /** Why it did not fire where there is no other reason. */
    public String elsewhen(Explanation e) {
        return e.obstacles().isEmpty()
                ? "all that it asks for is true, and it is decided at another instant: at a time of its schedule, or "
                        + "once a cause has had its `settle` to show"
                : "it was skipped before, see below";
    }

    private Optional<String> arming(Explanation e) {
        String since = e.arming().since().isPresent() ? times.apply(e.arming().since().getAsLong()) : "";
        return switch (e.arming().state()) {
            case ARMED -> Optional.empty();
            case FIRED -> Optional.of("it fired at " + since + ", and its condition, holds left out, was not false "
                    + "since" + (e.arming().withoutHolds() == Truth.UNKNOWN ? " (it is unknown now)" : ""));
            case UNTIL -> Optional.of("it fired at " + since + ", and what `until` says was not true since");
            case CHANGED -> Optional.of("it was loaded or changed while its condition was true, and acts only once "
                    + "that was false");
        };
    }

    /** Whether it may fire again, as a sentence. */
    public String armed(Arming arming) {
        return switch (arming.state()) {
            case ARMED -> "yes";
            case FIRED -> "no: fired at " + times.apply(arming.since().orElse(0)) + "; re-arms once the condition, "
                    + "holds left out, is false (now " + word(arming.withoutHolds()) + ")";
            case UNTIL -> "no: fired at " + times.apply(arming.since().orElse(0))
                    + "; re-arms once `until` is true";
            case CHANGED -> "no: loaded or changed while the condition was true; acts once that was false (now "
                    + word(arming.withoutHolds()) + ")";
        };
    }

    static String word(Truth truth) {
        return truth.name().toLowerCase(Locale.ROOT);
    }

    /** A value as output spells it. */
    public static String text(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text text -> "\"" + text.value() + "\"";
            case Scalar.Quantity quantity -> Printed.number(quantity.value());
            case Scalar.Flag flag -> Boolean.toString(flag.value());
        };
    }
}
