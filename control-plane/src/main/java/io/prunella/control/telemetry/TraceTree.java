package io.prunella.control.telemetry;

import io.prunella.control.telemetry.HealTrace.TraceSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws the trace of a heal for the terminal: who did what, how long, and what failed. */
public final class TraceTree {
    private TraceTree() {}

    /** Lines with their ends, names left and durations in one column; text from outside is shown on one line. */
    public static String render(HealTrace trace) {
        int width = 0;
        for (TraceSpan span : trace.spans()) {
            width = Math.max(width, 3 * depth(trace, span) + span.name().length());
        }
        StringBuilder out = new StringBuilder();
        out.append("trace ").append(trace.traceId()).append('\n');
        draw(trace, trace.root(), "", "", width, out);
        return out.toString();
    }

    private static void draw(HealTrace trace, TraceSpan span, String first, String rest, int width,
            StringBuilder out) {
        String name = first + span.name();
        out.append(name).append(" ".repeat(width - name.length() + 2)).append(padded(duration(span.millis())))
                .append("  ").append(span.service());
        note(span).ifPresent(n -> out.append("  ").append(n));
        out.append('\n');
        List<TraceSpan> children = trace.spans().stream().filter(s -> s.parent().equals(Optional.of(span.id())))
                .sorted(Comparator.comparingLong(TraceSpan::start)).toList();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            draw(trace, children.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), width, out);
        }
    }

    private static Optional<String> note(TraceSpan span) {
        if (span.parent().isEmpty()) {
            return Optional.ofNullable(span.attributes().get("result"));
        }
        return span.error().map(e -> "✗ " + oneLine(e));
    }

    private static int depth(HealTrace trace, TraceSpan span) {
        int depth = 0;
        Optional<String> parent = span.parent();
        while (parent.isPresent()) {
            String id = parent.get();
            depth++;
            parent = trace.spans().stream().filter(s -> s.id().equals(id)).findFirst().flatMap(TraceSpan::parent);
        }
        return depth;
    }

    private static String oneLine(String text) {
        String printable = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return printable.length() > 100 ? printable.substring(0, 99) + "…" : printable;
    }

    private static String padded(String duration) {
        return " ".repeat(Math.max(0, 8 - duration.length())) + duration;
    }

    private static String duration(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return millis / 1_000 + "." + millis % 1_000 / 100 + " s";
        }
        return millis / 60_000 + "m" + String.format(java.util.Locale.ROOT, "%02d", millis % 60_000 / 1_000) + "s";
    }
}
