package io.prunella.dsl;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts of right programs, of every construct of the language. */
final class ProgramText {
    private final Arbitrary<String> names = Arbitraries.of("cpu_load", "x", "limit", "event", "mode", "count", "rule",
            "up", "for", "when", "job:errors:ratio5m", "disk.used", "nodes", "every", "at", "test");
    private final Arbitrary<String> words = Arbitraries.of("a", "rack", "when", "limit", "event", "zone", "for");
    private final Arbitrary<String> durations = Arbitraries.of("0", "30s", "1h30m", "500ms", "2w", "1.5h");
    private final Arbitrary<String> numbers = Arbitraries.of("0", "95%", "1_000", "1e9", "10MB/s", "3.5KiB", "30s",
            "0.5", "99.9%");
    private final Arbitrary<String> strings = Arbitraries.of("\"a\"", "\"b c\"", "\"\\u{41}\\\"\\\\\"",
            "\"{{ rule }}\"",
            "\"\"\"two\nlines\"\"\"", "\"# no comment\"", "\"负载\"");
    private final Arbitrary<String> comments = Arbitraries.of("", "", "", " # why", "\n# alone\n", " #");

    private Arbitrary<String> values(int depth) {
        Arbitrary<String> series = Combinators.combine(names, Arbitraries.of("", "{a=\"b\", c!~\"d.*\"}", "{}"))
                .as((name, matchers) -> name + matchers);
        Arbitrary<String> leaves = Arbitraries.oneOf(numbers, series, strings,
                Arbitraries.of("duration", "entity", "now", "weekday", "event.reason", "label.rack", "true", "False",
                        "time since event \"deploy\"", "count(event \"e\", 10m)", "probe(http \"h\")", "absent(up)",
                        "rate(x[5m])", "sum by (rack) (x)", "count(heals)", "duration{}", "[1, 2]"));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> values(depth - 1));
        Arbitrary<String> conditions = Arbitraries.lazy(() -> conditions(depth - 1));
        return Arbitraries.oneOf(leaves, inner.map(v -> "-" + v), inner.map(v -> "f(" + v + ", 5m)"),
                conditions.map(c -> "(" + c + ")"), conditions.map(c -> "any(nodes where " + c + ") by rack"),
                Combinators.combine(inner, Arbitraries.of("+", "-", "*", "/", " % "), inner)
                        .as((a, op, b) -> a + " " + op + " " + b));
    }

    private Arbitrary<String> conditions(int depth) {
        Arbitrary<String> values = values(depth);
        Arbitrary<String> comparisons = Arbitraries.oneOf(
                Combinators.combine(values, Arbitraries.of("==", "!=", "<", "<=", ">", ">=", "=~", "!~"), values)
                        .as((a, op, b) -> a + " " + op + " " + b),
                values.map(v -> v + " in [1..5, 7]"), values.map(v -> v + " > 3 for 30s"),
                Arbitraries.of("time in 09:30..24:00 zone \"UTC\""), values);
        if (depth == 0) {
            return comparisons;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> conditions(depth - 1));
        return Arbitraries.oneOf(comparisons, inner.map(c -> "NOT (" + c + ")"), Combinators.combine(inner,
                Arbitraries.of(" AND ", " OR ", "\n  or ", " # why\n and "), inner).as((a, op, b) -> a + op + b));
    }

    private Arbitrary<String> steps(int depth) {
        Arbitrary<String> calls = Arbitraries.oneOf(Arbitraries.of("wait(20s)", "notify(\"oncall\", \"text\")",
                "emit(\"e\", {a: 1, when: [1, \"b\"]})", "execute(\"a\", target: nodes where up == 0, 2 at once)",
                "execute(\"a\", target: parent, backoff: 2s x 2.0 max 30s, on_failure: continue)",
                "collect(\"gc_log\", tail: 200)"),
                conditions(1).map(c -> "execute(\"b\", if: " + c + ", timeout: 5m, retry:2)"));
        Arbitrary<String> one = Combinators.combine(calls, comments).as((call, comment) -> call + comment);
        return depth == 0
                ? one
                : Arbitraries.oneOf(one, Arbitraries.lazy(() -> steps(depth - 1)).list().ofMinSize(1).ofMaxSize(3)
                        .map(inner -> "parallel { " + String.join("\n ", inner) + "\n}"));
    }

    private Arbitrary<String> clauses() {
        Arbitrary<String> someSteps = steps(1).list().ofMinSize(1).ofMaxSize(3).map(list -> String.join("\n", list));
        return Arbitraries.oneOf(conditions(2).map(c -> "unless: " + c), conditions(1).map(c -> "until: " + c),
                someSteps.map(s -> "then: " + s), someSteps.map(s -> "rollback:\n" + s),
                Arbitraries.of("describe: \"d\"", "runbook: \"r\"", "severity: high", "labels: {a: \"b\", when: \"c\"}",
                        "annotations: {}", "priority: 100", "mode: auto", "by: entity, rack", "repeat: 10m",
                        "cooldown: 0", "limit: 3 per 1h per rack, 1 at once, 10% of fleet", "keep_firing_for: 1m",
                        "for:5m", "expr: sum by (job) (rate(x{a=~'b'}[5m])) # c\n > on (a) group_left b",
                        "every: 1m", "group: \"g\""),
                conditions(1).map(c -> "verify: " + c + " within 5m every 15s"),
                someSteps.map(s -> "escalate: " + s), someSteps.map(s -> "after: " + s));
    }

    private Arbitrary<String> triggers() {
        return Arbitraries.oneOf(conditions(1).map(c -> "on event: \"A\" | \"B\" where " + c + " open 10m"),
                durations.map(d -> "on event: \"A\" as a followed by \"B\" where a.x == 1 within " + d),
                Arbitraries.of("on event: \"A\" without \"B\" within 5m", "on event: \"A\" 3 times within 1m",
                        "on burn: s >= 10", "on alert: \"K\"", "on schedule: every 5m",
                        "on schedule: \"0 3 * * *\" zone \"Asia/Shanghai\""),
                conditions(1).map(c -> "when: " + c));
    }

    private Arbitrary<String> rules() {
        Arbitrary<List<String>> rest = clauses().list().ofMaxSize(4)
                .map(list -> list.stream().filter(c -> list.stream().filter(d -> word(d).equals(word(c))).findFirst()
                        .orElseThrow().equals(c)).distinct().toList());
        return Combinators.combine(words, triggers(), rest, comments)
                .as((name, trigger, more, comment) -> "rule " + name + comment + "\n" + trigger + comment + "\n"
                        + String.join("\n" + comment + "\n", more) + "\n");
    }

    private static String word(String clause) {
        return clause.substring(0, clause.indexOf(':'));
    }

    private Arbitrary<String> others() {
        return Arbitraries.oneOf(names.map(n -> "metric " + n + ": ratio, stale after 2m, source percent"),
                words.map(n -> "event " + n + " {reason: string, for: duration}"),
                Arbitraries.of("channel c: log, text: \"x\", else: d", "suppress s window: 5m settle: 0s when: a > b",
                        "guard g deny: execute(\"a\") | execute(\"b\") when: count(heals) > 1",
                        "pack p version: \"1\" requires: a >= \"1\" defaults: {retry: 1}",
                        "action a(x: bool = false, y: string) uses: ansible, else ipmi(\"p\") needs: [ssh] "
                                + "expects: {output: /a\\/b/}",
                        "slo s sli: a / b objective: 99.9% over 30d by: a, b page: multiwindow",
                        "record a:b expr: sum(x) every: 1m"),
                Combinators
                        .combine(strings.filter(s -> !s.contains("\n")), numbers, durations.filter(d -> !d.equals("0")))
                        .as((title, value, every) -> "test " + title + "\n given:\n node-1 x{a=\"b\"}: " + value
                                + " x 3 every " + every + "\n at 20s: event \"e\" on pod/a/b resolved # c\n"
                                + " stub: execute(\"a\") -> failed, ok after 5s\n expect:\n # c\n at 3s..4s: r on node-1"
                                + " -> execute(\"a\")\n result: HEALED\n nothing else"));
    }

    Arbitrary<String> files() {
        return Combinators.combine(comments, Arbitraries.oneOf(rules(), others()).list().ofMinSize(1).ofMaxSize(4),
                comments).as((first, list, last) -> first + "\n" + String.join("\n" + last + "\n", list) + last);
    }
}
