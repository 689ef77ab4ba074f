package io.prunella.control.conversion;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a file, counted, and none of them longer than memory can bear. */
final class Lines implements Closeable {
    private static final int LONGEST = 1 << 20;

    private final BufferedReader in;
    private final Gathering into;

    Lines(ForeignFile file, Gathering into) throws IOException {
        this.in = new BufferedReader(new InputStreamReader(file.opening().open(), StandardCharsets.UTF_8));
        this.into = into;
        into.file(file.path());
    }

    /** The next line without its end; what of it is longer than a record may be is left out. */
    Optional<String> next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        into.line();
        StringBuilder line = new StringBuilder();
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
            c = in.read();
        }
        if (line.length() == LONGEST) {
            into.refuse("a line of more than " + LONGEST + " characters", line.substring(0, 60));
            return Optional.of("");
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return Optional.of(line.toString());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
