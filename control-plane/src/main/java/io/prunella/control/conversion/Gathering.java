package io.prunella.control.conversion;

import io.prunella.ruler.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes what the readers of foreign files find: records, and what cannot become one. */
final class Gathering {
    private static final int EXAMPLES = 3;
    private static final int LONGEST_SHOWN = 60;
    /** What RFC 3339 can write: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z. */
    private static final long FIRST = -62_135_596_800_000L;
    private static final long LAST = 253_402_300_799_999L;

    private final SortedOutput out;
    private final Map<String, Found> refused = new LinkedHashMap<>();
    private final Map<String, Found> notes = new LinkedHashMap<>();
    private String file = "";
    private long line;
    private long lines;
    private long samples;
    private long events;

    private static final class Found {
        long count;
        final List<String> examples = new ArrayList<>();
    }

    Gathering(SortedOutput out) {
        this.out = out;
    }

    /** What follows is of this file. */
    void file(String path) {
        file = path;
        line = 0;
    }

    /** What follows is of the next line. */
    void line() {
        line++;
        lines++;
    }

    void sample(Observation.Sample sample) throws IOException {
        if (writable(sample)) {
            samples++;
            out.add(sample);
        }
    }

    void event(Observation.EventSeen event) throws IOException {
        if (writable(event)) {
            events++;
            out.add(event);
        }
    }

    private boolean writable(Observation observation) {
        boolean inRange = observation.ts() >= FIRST && observation.ts() <= LAST;
        if (!inRange) {
            refuse("a time outside of the years 1 to 9999", observation.ts() + "ms");
        }
        return inRange;
    }

    /** Something that cannot be brought over; {@code what} is as it stands there. */
    void refuse(String reason, String what) {
        add(refused, reason, what);
    }

    /** Something that is brought over otherwise than it stands. */
    void note(String reason, String what) {
        add(notes, reason, what);
    }

    private void add(Map<String, Found> to, String reason, String what) {
        Found found = to.computeIfAbsent(reason, _ -> new Found());
        found.count++;
        if (found.examples.size() < EXAMPLES) {
            String shown = what.length() > LONGEST_SHOWN ? what.substring(0, LONGEST_SHOWN) + "…" : what;
            found.examples.add(file + (line > 0 ? ":" + line : "")
                    + (shown.isEmpty() ? "" : ": `" + shown.replaceAll("\\p{Cntrl}", " ") + "`"));
        }
    }

    ConversionReport report() {
        return new ConversionReport(lines, samples, events, reasons(refused), reasons(notes));
    }

    private static List<ConversionReport.Reason> reasons(Map<String, Found> of) {
        return of.entrySet().stream().map(reason -> new ConversionReport.Reason(reason.getKey(),
                reason.getValue().count, reason.getValue().examples)).toList();
    }
}
