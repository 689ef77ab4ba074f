package io.prunella.dsl.ast;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that has a value: conditions, arithmetic, literals and references (language section 3, Conditions). */
public sealed interface Expr extends Node {

    // Logic, loosest first

    record Or(List<Expr> operands, Span span) implements Expr {
        public Or {
            operands = several(operands);
            requireNonNull(span);
        }
    }

    record And(List<Expr> operands, Span span) implements Expr {
        public And {
            operands = several(operands);
            requireNonNull(span);
        }
    }

    record Not(Expr operand, Span span) implements Expr {
        public Not {
            requireNonNull(operand);
            requireNonNull(span);
        }
    }

    /** {@code x > 95% for 30s}: true once {@code condition} was true for at least that long without a break. */
    record Sustained(Expr condition, DurationLiteral atLeast, Span span) implements Expr {
        public Sustained {
            requireNonNull(condition);
            requireNonNull(atLeast);
            requireNonNull(span);
        }
    }

    /** Parentheses as written: kept, because they decide whether a mix of AND and OR is a warning. */
    record Group(Expr inner, Span span) implements Expr {
        public Group {
            requireNonNull(inner);
            requireNonNull(span);
        }
    }

    record Comparison(Expr left, CompareOp op, Expr right, Span span) implements Expr {
        public Comparison {
            requireNonNull(left);
            requireNonNull(op);
            requireNonNull(right);
            requireNonNull(span);
        }
    }

    /** {@code x in [1..5, 7]}. */
    record In(Expr value, List<InItem> items, Span span) implements Expr {
        public In {
            requireNonNull(value);
            items = List.copyOf(items);
            requireNonNull(span);
        }
    }

    /** One value, or from..to with both ends included. */
    record InItem(Expr from, Optional<Expr> to, Span span) implements Node {
        public InItem {
            requireNonNull(from);
            requireNonNull(to);
            requireNonNull(span);
        }
    }

    /** {@code time in 09:30..11:30 zone "Asia/Shanghai"}: minutes of the day, the end excluded; UTC without a zone. */
    record TimeIn(int fromMinute, int toMinute, Optional<Name> zone, Span span) implements Expr {
        public TimeIn {
            requireNonNull(zone);
            requireNonNull(span);
            if (fromMinute < 0 || fromMinute > 1440 || toMinute < 0 || toMinute > 1440) {
                throw new IllegalArgumentException("no times of day: " + fromMinute + ", " + toMinute);
            }
        }
    }

    // Arithmetic

    record Arithmetic(Expr left, ArithmeticOp op, Expr right, Span span) implements Expr {
        public Arithmetic {
            requireNonNull(left);
            requireNonNull(op);
            requireNonNull(right);
            requireNonNull(span);
        }
    }

    /** A sign in front of a value; {@code +} changes nothing and is kept only in the text. */
    record Negate(Expr operand, Span span) implements Expr {
        public Negate {
            requireNonNull(operand);
            requireNonNull(span);
        }
    }

    // References

    /** The newest value, or all values, of the subject's series of that name. */
    record Series(Name name, List<Matcher> matchers, Span span) implements Expr {
        public Series {
            requireNonNull(name);
            matchers = List.copyOf(matchers);
            requireNonNull(span);
        }
    }

    /** {@code x[5m]}, the argument of a range function. */
    record Range(Series series, DurationLiteral window, Span span) implements Expr {
        public Range {
            requireNonNull(series);
            requireNonNull(window);
            requireNonNull(span);
        }
    }

    /** {@code rate(x[5m])}, {@code avg(x, 5m)}, {@code absent(x)}, {@code value(x)}, {@code severity(cause)}, … */
    record Call(Name function, List<Expr> arguments, Span span) implements Expr {
        public Call {
            requireNonNull(function);
            arguments = List.copyOf(arguments);
            requireNonNull(span);
        }
    }

    /** {@code sum by (rack) (x)}. Without {@code by} the parser makes it a {@link Call}. */
    record Aggregate(Name function, List<Name> by, Expr argument, Span span) implements Expr {
        public Aggregate {
            requireNonNull(function);
            by = List.copyOf(by);
            requireNonNull(argument);
            requireNonNull(span);
        }
    }

    /**
     * {@code count(nodes where …)}, {@code fraction(nodes where …) by rack}, {@code any(children where …)},
     * {@code count(heals where …)}.
     *
     * @param by labels, empty when the whole fleet is meant
     */
    record OverEntities(Name function, EntitySet set, Optional<Expr> where, List<Name> by, Span span) implements Expr {
        public OverEntities {
            requireNonNull(function);
            requireNonNull(set);
            requireNonNull(where);
            by = List.copyOf(by);
            requireNonNull(span);
        }
    }

    /** {@code count(event "disk_error", 10m)}. */
    record EventCount(Name type, DurationLiteral window, Span span) implements Expr {
        public EventCount {
            requireNonNull(type);
            requireNonNull(window);
            requireNonNull(span);
        }
    }

    /** {@code time since event "deploy"}, {@code time since heal "reboot_node"}. */
    record TimeSince(SinceKind kind, Name name, Span span) implements Expr {
        public TimeSince {
            requireNonNull(kind);
            requireNonNull(name);
            requireNonNull(span);
        }
    }

    /** {@code event.reason}, {@code label.rack}, {@code e1.count}, {@code steps.drain.code}: a root and its path. */
    record Path(Name root, List<Name> fields, Span span) implements Expr {
        public Path {
            requireNonNull(root);
            fields = List.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("a path without fields: " + root);
            }
            requireNonNull(span);
        }
    }

    /** {@code duration}, {@code entity}, {@code now}, {@code weekday}, {@code parent}, {@code cause}, {@code this}. */
    record Keyword(KeywordTerm term, Span span) implements Expr {
        public Keyword {
            requireNonNull(term);
            requireNonNull(span);
        }
    }

    /** {@code probe(http "https://{{ entity }}/status")}. */
    record Probe(Name protocol, StringLiteral target, Span span) implements Expr {
        public Probe {
            requireNonNull(protocol);
            requireNonNull(target);
            requireNonNull(span);
        }
    }

    // Literals

    /**
     * A number with its unit, in the unit's base: ratios as fractions, durations in milliseconds, bytes in bytes.
     *
     * @param text as written, e.g. {@code 95%}, {@code 1_000}, {@code 10MB/s}
     */
    record NumberLiteral(double value, Dimension dimension, String text, Span span) implements Expr {
        public NumberLiteral {
            requireNonNull(dimension);
            requireNonNull(text);
            requireNonNull(span);
        }

        /** Whether the sign % was written, which tells an undeclared metric's scale. */
        public boolean percent() {
            return text.endsWith("%");
        }
    }

    /**
     * Text in quotes.
     *
     * @param text with escapes resolved
     * @param block whether it was written in triple quotes
     */
    record StringLiteral(String text, boolean block, Span span) implements Expr {
        public StringLiteral {
            requireNonNull(text);
            requireNonNull(span);
        }
    }

    record BooleanLiteral(boolean value, Span span) implements Expr {
        public BooleanLiteral {
            requireNonNull(span);
        }
    }

    /** {@code [a, b]}: a list, in `needs`, `health`, step arguments. */
    record ListLiteral(List<Expr> items, Span span) implements Expr {
        public ListLiteral {
            items = List.copyOf(items);
            requireNonNull(span);
        }
    }

    /** {@code {name: value}}: a map, in `emit`, `expects`, `sandbox`, event attributes. */
    record MapLiteral(List<Entry> entries, Span span) implements Expr {
        public MapLiteral {
            entries = List.copyOf(entries);
            requireNonNull(span);
        }
    }

    /** {@code name: value}; quoted keys keep their quotes in the text only. */
    record Entry(Name name, Expr value, Span span) implements Node {
        public Entry {
            requireNonNull(name);
            requireNonNull(value);
            requireNonNull(span);
        }
    }

    /** {@code /rebooting/}, in `expects`. */
    record Pattern(String regex, Span span) implements Expr {
        public Pattern {
            requireNonNull(regex);
            requireNonNull(span);
        }
    }

    /** Which entities {@code where} ranges over. */
    enum EntitySet {
        NODES, HEALS, CHILDREN, ANCESTORS, PARENT
    }

    /** What {@code time since} counts from. */
    enum SinceKind {
        EVENT, HEAL
    }

    /** Words that are values of their own. */
    enum KeywordTerm {
        DURATION, ENTITY, NOW, WEEKDAY, PARENT, CAUSE, THIS
    }

    /** Comparison signs; {@code MATCHES} and {@code NOT_MATCHES} take an RE2 pattern for the whole value. */
    enum CompareOp {
        EQ("=="), NE("!="), LT("<"), LE("<="), GT(">"), GE(">="), MATCHES("=~"), NOT_MATCHES("!~");

        private final String sign;

        CompareOp(String sign) {
            this.sign = sign;
        }

        /** The sign that says the same once the two sides have changed places; equality and patterns stay. */
        public CompareOp mirrored() {
            return switch (this) {
                case LT -> GT;
                case LE -> GE;
                case GT -> LT;
                case GE -> LE;
                case EQ, NE, MATCHES, NOT_MATCHES -> this;
            };
        }

        /** As written in a rule. */
        public String sign() {
            return sign;
        }
    }

    /** Arithmetic signs. */
    enum ArithmeticOp {
        ADD("+"), SUBTRACT("-"), MULTIPLY("*"), DIVIDE("/"), MODULO("%");

        private final String sign;

        ArithmeticOp(String sign) {
            this.sign = sign;
        }

        /** As written in a rule. */
        public String sign() {
            return sign;
        }
    }

    /** {@code device=~"sd.*"} inside a selector. */
    record Matcher(Name label, MatchOp op, StringLiteral value, Span span) implements Node {
        public Matcher {
            requireNonNull(label);
            requireNonNull(op);
            requireNonNull(value);
            requireNonNull(span);
        }
    }

    /** Signs of a label matcher. */
    enum MatchOp {
        EQ("="), NE("!="), MATCHES("=~"), NOT_MATCHES("!~");

        private final String sign;

        MatchOp(String sign) {
            this.sign = sign;
        }

        /** As written in a rule. */
        public String sign() {
            return sign;
        }
    }

    private static List<Expr> several(@Nullable List<Expr> operands) {
        List<Expr> copy = List.copyOf(requireNonNull(operands));
        if (copy.size() < 2) {
            throw new IllegalArgumentException("needs two operands, has " + copy.size());
        }
        return copy;
    }
}
