package io.prunella.control.observations;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of the log's folder: named by the instant at which they were begun, so that names sort by time. */
final class Segments {
    private static final String PREFIX = "observations-";
    private static final String SUFFIX = ".jsonl";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    /** A line may be this long; the tail is searched no further back for its beginning. */
    private static final int LONGEST_LINE = 16 << 20;

    /** One file and when it was begun. */
    record Segment(Path file, Instant begun) {}

    private Segments() {}

    static Path file(Path folder, Instant begun) {
        return folder.resolve(PREFIX + STAMP.format(begun) + SUFFIX);
    }

    /** All of them, oldest first; other files of the folder are left alone. */
    static List<Segment> list(Path folder) throws IOException {
        List<Segment> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                begun(file).ifPresent(at -> found.add(new Segment(file, at)));
            }
        }
        found.sort(java.util.Comparator.comparing(Segment::begun));
        return List.copyOf(found);
    }

    private static Optional<Instant> begun(Path file) {
        String name = requireNonNull(file.getFileName()).toString();
        try {
            return Optional.of(
                    STAMP.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()), Instant::from));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /**
     * How long the file is up to the end of its last whole line: a power cut may have left half a line, or zeros.
     */
    static long wholeLines(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size();
            while (end > 0) {
                long start = Math.max(0, end - LONGEST_LINE);
                byte[] tail = read(channel, start, (int) (end - start));
                int newline = lastNewline(tail, tail.length);
                if (newline < 0) {
                    end = start;
                    continue;
                }
                int before = lastNewline(tail, newline);
                if (looksWhole(tail, before + 1, newline)) {
                    return start + newline + 1;
                }
                end = start + before + 1;
            }
            return 0;
        }
    }

    private static byte[] read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int got = 0;
        while (buffer.hasRemaining() && got >= 0) {
            got = channel.read(buffer, at + buffer.position());
        }
        return buffer.array();
    }

    private static int lastNewline(byte[] bytes, int end) {
        int i = end - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    private static boolean looksWhole(byte[] bytes, int from, int to) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        return line.startsWith("{") && line.endsWith("}");
    }
}
