package io.prunella.ruler.recording;

import io.prunella.ruler.Observation;
import io.prunella.ruler.recording.RecordingProblem.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses the pages of one shard, one after the other, with series numbered in its own way. */
final class PageParser {
    static final int PROBLEMS_OF_A_KIND = 10;
    private static final int KEYS_OF_A_PAGE = 1_000;
    /** Bytes of a short line: a page of such has room for all its records from the beginning. */
    private static final int USUAL_LINE = 64;

    private final LineScanner scanner = new LineScanner();
    private final EntityMapping entities;
    private final Line scratch = new Line();
    private final Map<Series, Integer> numbers = new HashMap<>();
    private final List<Series> known = new ArrayList<>();

    /** What was told of a page so far. */
    private static final class Told {
        final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        final Set<String> keys = new HashSet<>();
    }

    record Series(String entity, String metric, Map<String, String> labels) {}

    PageParser(EntityMapping entities) {
        this.entities = entities;
    }

    /** The series with that number; to be asked once the page that brought it is parsed. */
    Series series(int number) {
        synchronized (known) {
            return known.get(number);
        }
    }

    ParsedPage parse(Page page) {
        ParsedPage parsed = new ParsedPage(page.ending, page.length / USUAL_LINE + 1);
        Told told = new Told();
        int start = 0;
        while (start < page.length) {
            int guessed = scanner.guess(page.bytes, start, page.length, scratch);
            if (guessed >= 0) {
                parsed.lines++;
                parsed.sample(scratch.ts, scratch.series, scratch.value);
                start = guessed + 1;
                continue;
            }
            int end = start;
            while (end < page.length && page.bytes[end] != '\n') {
                end++;
            }
            parsed.lines++;
            if (end - start > RecordingReader.LONGEST) {
                tooLong(parsed, told);
            } else if (scanner.scan(page.bytes, start, end, scratch)) {
                parsed.sample(scratch.ts, scratch.series, scratch.value);
            } else {
                slowly(page.bytes, start, end, parsed, told);
            }
            start = end + 1;
        }
        switch (page.ending) {
            case TOO_LONG -> {
                parsed.lines++;
                tooLong(parsed, told);
            }
            case DAMAGED -> bad(parsed, told, Kind.BROKEN,
                    "what follows can't be unpacked: the file is damaged, or ends too early",
                    "copy it again, or look at it with `gzip -t` or `zstd -t`");
            case MORE, END -> {
                // Nothing to say.
            }
        }
        return parsed;
    }

    private static void tooLong(ParsedPage parsed, Told told) {
        bad(parsed, told, Kind.BROKEN, "a line of more than " + RecordingReader.LONGEST + " bytes",
                "records are one line each, of less");
    }

    private void slowly(byte[] bytes, int start, int end, ParsedPage parsed, Told told) {
        if (blank(bytes, start, end)) {
            return;
        }
        switch (LineParser.parse(bytes, start, end, entities)) {
            case LineParser.Parsed.Bad bad -> bad(parsed, told, bad.kind(), bad.message(), bad.cure());
            case LineParser.Parsed.Read read -> {
                read.ignored().stream().filter(told.keys::add).forEach(key -> problem(parsed, told, Kind.IGNORED,
                        "the key `" + key + "` is read by nobody", "leave it out, or spell it right"));
                if (read.observation() instanceof Observation.Sample sample) {
                    int number = number(sample);
                    parsed.sample(sample.ts(), number, sample.value());
                    if (read.ignored().isEmpty()) {
                        scanner.learn(bytes, start, end, number);
                    }
                } else {
                    parsed.other(read.observation());
                }
            }
        }
    }

    private int number(Observation.Sample sample) {
        Series series = new Series(sample.entity(), sample.metric(), sample.labels());
        Integer number = numbers.get(series);
        if (number != null) {
            return number;
        }
        synchronized (known) {
            known.add(series);
        }
        numbers.put(series, numbers.size());
        return numbers.size() - 1;
    }

    private static boolean blank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static void bad(ParsedPage parsed, Told told, Kind kind, String message, String cure) {
        parsed.unusable(kind);
        problem(parsed, told, kind, message, cure);
    }

    private static void problem(ParsedPage parsed, Told told, Kind kind, String message, String cure) {
        // A key is told once in a recording, and which page has it first is not known here.
        int most = kind == Kind.IGNORED ? KEYS_OF_A_PAGE : PROBLEMS_OF_A_KIND;
        if (told.kinds.merge(kind, 1, Integer::sum) <= most) {
            parsed.problems.add(new ParsedPage.Problem(parsed.lines, kind, message, cure));
        }
    }
}
