package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** One declaration of a file (language section 2). */
public sealed interface Declaration extends Node {

    /** Comment lines directly above it, without {@code #}; empty when there are none. */
    List<String> doc();

    /** {@code pack linux_base}; properties in the order written ({@code defaults} is a map). */
    record Pack(Name name, List<Expr.Entry> properties, List<Requirement> requires, List<String> doc, Span span)
            implements
                Declaration {
        public Pack {
            requireNonNull(name);
            properties = List.copyOf(properties);
            requires = List.copyOf(requires);
            doc = List.copyOf(doc);
        }
    }

    /** {@code requires: base >= "2.0"}. */
    record Requirement(Name pack, Expr.CompareOp op, Expr.StringLiteral version, Span span) implements Node {}

    /** {@code metric cpu_load: ratio, stale after 2m, source percent}. */
    record Metric(Name name, Name type, Optional<DurationLiteral> staleAfter, Optional<Name> source, List<String> doc,
            Span span) implements Declaration {
        public Metric {
            requireNonNull(staleAfter);
            requireNonNull(source);
            doc = List.copyOf(doc);
        }
    }

    /** {@code event node_unreachable {reason: string}}. */
    record Event(Name name, List<Field> fields, List<String> doc, Span span) implements Declaration {
        public Event {
            fields = List.copyOf(fields);
            doc = List.copyOf(doc);
        }
    }

    /** {@code name: type}. */
    record Field(Name name, Name type, Span span) implements Node {}

    /** An action's declaration (language section 5); its properties stay as written, in order. */
    record Action(Name name, List<Parameter> parameters, List<Driver> uses, List<Expr.Entry> properties,
            List<String> doc, Span span) implements Declaration {
        public Action {
            parameters = List.copyOf(parameters);
            uses = List.copyOf(uses);
            properties = List.copyOf(properties);
            doc = List.copyOf(doc);
        }
    }

    /** {@code force: bool = false}. */
    record Parameter(Name name, Name type, Optional<Expr> defaultValue, Span span) implements Node {
        public Parameter {
            requireNonNull(defaultValue);
        }
    }

    /** {@code ansible}, {@code ipmi("power cycle")}: tried in the order written. */
    record Driver(Name name, List<Expr> arguments, Span span) implements Node {
        public Driver {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code channel oncall: telegram, chat: "…", secret: env("…")}. */
    record Channel(Name name, Name kind, List<Expr.Entry> properties, List<String> doc, Span span)
            implements
                Declaration {
        public Channel {
            properties = List.copyOf(properties);
            doc = List.copyOf(doc);
        }
    }

    /** A rule; {@code name} is absent for a header-less one, which its file names. */
    record Rule(Optional<Name> name, List<Clause> clauses, List<String> doc, Span span) implements Declaration {
        public Rule {
            requireNonNull(name);
            clauses = List.copyOf(clauses);
            doc = List.copyOf(doc);
        }
    }

    /** {@code record job:errors:ratio5m}, with PromQL as its text. */
    record Recording(Name name, List<Clause> clauses, List<String> doc, Span span) implements Declaration {
        public Recording {
            clauses = List.copyOf(clauses);
            doc = List.copyOf(doc);
        }
    }

    /** {@code slo checkout_availability}; {@code sli} is PromQL as text. */
    record Slo(Name name, String sli, Span sliSpan, Expr.NumberLiteral objective, DurationLiteral period,
            List<Expr.Entry> properties, List<String> doc, Span span) implements Declaration {
        public Slo {
            properties = List.copyOf(properties);
            doc = List.copyOf(doc);
        }
    }

    /** {@code suppress downstream}, with {@code window: 5m, overrides: {slo_tier="gold": 2m}}. */
    record Suppress(Name name, Optional<DurationLiteral> window, List<WindowOverride> overrides,
            Optional<DurationLiteral> settle, Optional<Expr> when, List<String> doc, Span span)
            implements
                Declaration {
        public Suppress {
            overrides = List.copyOf(overrides);
            doc = List.copyOf(doc);
        }
    }

    record WindowOverride(Name label, Expr.StringLiteral value, DurationLiteral window, Span span) implements Node {}

    /** {@code guard one_etcd_member}: which actions are denied, and when. */
    record Guard(Name name, List<Name> deny, Expr when, List<String> doc, Span span) implements Declaration {
        public Guard {
            deny = List.copyOf(deny);
            doc = List.copyOf(doc);
        }
    }

    /** A test (language section 10). */
    record Test(Expr.StringLiteral title, List<Given> given, List<Expectation> expect, List<String> doc, Span span)
            implements
                Declaration {
        public Test {
            given = List.copyOf(given);
            expect = List.copyOf(expect);
            doc = List.copyOf(doc);
        }
    }
}
