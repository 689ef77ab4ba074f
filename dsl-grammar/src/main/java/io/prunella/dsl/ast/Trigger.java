package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What starts a rule: the part behind {@code on} (language section 3, Triggers). */
public sealed interface Trigger extends Node {

    /**
     * {@code on event: …}, in all its forms.
     *
     * @param first what has to happen
     * @param chain what has to follow, in order; empty for a plain event
     * @param without the event that must not follow, with its time
     * @param times how often within which window
     * @param open how long an event or match stays open; 5 m when absent
     */
    record OnEvent(EventPattern first, List<FollowedBy> chain, Optional<Without> without, Optional<Times> times,
            Optional<DurationLiteral> open, Span span) implements Trigger {
        public OnEvent {
            requireNonNull(first);
            chain = List.copyOf(chain);
            requireNonNull(without);
            requireNonNull(times);
            requireNonNull(open);
            requireNonNull(span);
        }
    }

    /** {@code "A" | "B" where event.reason == "oom" as a}. */
    record EventPattern(List<Name> types, Optional<Expr> where, Optional<Name> alias, Span span) implements Node {
        public EventPattern {
            types = List.copyOf(types);
            if (types.isEmpty()) {
                throw new IllegalArgumentException("an event pattern without a type");
            }
            requireNonNull(where);
            requireNonNull(alias);
            requireNonNull(span);
        }
    }

    record FollowedBy(EventPattern pattern, DurationLiteral within, Span span) implements Node {
        public FollowedBy {
            requireNonNull(pattern);
            requireNonNull(within);
            requireNonNull(span);
        }
    }

    record Without(EventPattern pattern, DurationLiteral within, Span span) implements Node {
        public Without {
            requireNonNull(pattern);
            requireNonNull(within);
            requireNonNull(span);
        }
    }

    record Times(int count, DurationLiteral within, Span span) implements Node {
        public Times {
            requireNonNull(within);
            requireNonNull(span);
        }
    }

    /** {@code on burn: checkout_availability >= 10}. */
    record OnBurn(Name slo, Expr.CompareOp op, Expr.NumberLiteral threshold, Span span) implements Trigger {
        public OnBurn {
            requireNonNull(slo);
            requireNonNull(op);
            requireNonNull(threshold);
            requireNonNull(span);
        }
    }

    /** {@code on alert: "KubeNodeNotReady"}. */
    record OnAlert(List<Name> names, Optional<Expr> where, Span span) implements Trigger {
        public OnAlert {
            names = List.copyOf(names);
            requireNonNull(where);
            requireNonNull(span);
        }
    }

    /** {@code on schedule: "0 3 * * *" zone "Asia/Shanghai"}. */
    record OnCron(Expr.StringLiteral cron, Optional<Name> zone, Span span) implements Trigger {
        public OnCron {
            requireNonNull(cron);
            requireNonNull(zone);
            requireNonNull(span);
        }
    }

    /** {@code on schedule: every 5m}. */
    record OnEvery(DurationLiteral period, Span span) implements Trigger {
        public OnEvery {
            requireNonNull(period);
            requireNonNull(span);
        }
    }
}
