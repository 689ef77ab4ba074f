package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One step of {@code then}, {@code after}, {@code rollback} or {@code escalate} (language section 3, Steps). */
public sealed interface Step extends Node {

    /**
     * {@code execute("action", …)} and every other step that is a call: {@code notify}, {@code collect},
     * {@code emit}, {@code ticket}, {@code approve}, {@code wait}.
     *
     * @param verb which of them
     * @param positional arguments without a name: the action, the channel and text, the event type and attributes
     * @param options the step's own settings and the action's arguments, in the order written
     */
    record Invoke(Verb verb, List<Expr> positional, List<Argument> options, Span span) implements Step {
        public Invoke {
            requireNonNull(verb);
            positional = List.copyOf(positional);
            options = List.copyOf(options);
            requireNonNull(span);
        }
    }

    /** {@code parallel { … }}. */
    record Parallel(List<Step> steps, Span span) implements Step {
        public Parallel {
            steps = List.copyOf(steps);
            requireNonNull(span);
        }
    }

    enum Verb {
        EXECUTE, NOTIFY, WAIT, APPROVE, COLLECT, EMIT, TICKET
    }

    /** {@code name: value} in a step. */
    record Argument(Name name, ArgumentValue value, Span span) implements Node {
        public Argument {
            requireNonNull(name);
            requireNonNull(value);
            requireNonNull(span);
        }
    }

    /** What may stand behind {@code name:} in a step. */
    sealed interface ArgumentValue extends Node {

        /** A literal, a reference, or (in {@code if:} and {@code until:}) a condition. */
        record Value(Expr expr) implements ArgumentValue {
            public Value {
                requireNonNull(expr);
            }

            @Override
            public Span span() {
                return expr.span();
            }
        }

        /** {@code backoff: 2s x 2.0 max 30s}. */
        record Backoff(DurationLiteral first, double factor, Optional<DurationLiteral> max, Span span)
                implements
                    ArgumentValue {
            public Backoff {
                requireNonNull(first);
                requireNonNull(max);
                requireNonNull(span);
            }
        }

        /** {@code target: nodes where …, 2 at once}. */
        record Targets(Expr.EntitySet set, Optional<Expr> where, Optional<Integer> atOnce, Span span)
                implements
                    ArgumentValue {
            public Targets {
                requireNonNull(set);
                requireNonNull(where);
                requireNonNull(atOnce);
                requireNonNull(span);
            }
        }

        /** {@code on_failure: continue}: a bare word. */
        record Word(Name word) implements ArgumentValue {
            public Word {
                requireNonNull(word);
            }

            @Override
            public Span span() {
                return word.span();
            }
        }
    }
}
