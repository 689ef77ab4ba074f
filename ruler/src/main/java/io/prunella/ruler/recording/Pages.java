package io.prunella.ruler.recording;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/** Cuts a recording's text into pages at its line ends; it never waits for more than it needs to give one line. */
final class Pages {
    /** Large enough that handing a page over costs nothing beside parsing it. */
    private static final int FULL = 1 << 18;

    private final InputStream in;
    /** Of a page that nobody reads any more; empty when there is none. */
    private byte[] spare = new byte[0];
    private byte[] buffer = new byte[FULL];
    private int length;
    /** Inside a line of which the beginning was left out. */
    private boolean skipping;

    Pages(InputStream in) {
        this.in = in;
    }

    /** The next page, perhaps of no line; not to be called after one that ends the recording. */
    Page next() throws IOException {
        while (true) {
            int searched = length;
            boolean damaged = false;
            int read = 0;
            try {
                read = read();
            } catch (ZipException | EOFException | ZstdIOException _) {
                damaged = true;
            }
            if (skipping) {
                skip();
                searched = 0;
            }
            int whole = wholeLines(searched);
            if (damaged) {
                // Half a line is no record, and not a second problem.
                return cut(whole, Page.Ending.DAMAGED, length);
            }
            if (read < 0) {
                return cut(length, Page.Ending.END, length);
            }
            if (whole > 0) {
                return cut(whole, Page.Ending.MORE, whole);
            }
            if (length > RecordingReader.LONGEST) {
                skipping = true;
                return cut(0, Page.Ending.TOO_LONG, length);
            }
        }
    }

    /** The page is parsed: its bytes may be written over. */
    void done(Page page) {
        if (page.bytes.length == FULL) {
            spare = page.bytes;
        }
    }

    /** Waits for some bytes, and takes what is there already; -1 at the end. */
    private int read() throws IOException {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        int before = length;
        do {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                return length == before ? -1 : 0;
            }
            length += read;
        } while (length < buffer.length && in.available() > 0);
        return length - before;
    }

    private void skip() {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                skipping = false;
                System.arraycopy(buffer, i + 1, buffer, 0, length - i - 1);
                length -= i + 1;
                return;
            }
        }
        length = 0;
    }

    /** How many bytes the lines that have ended take; none has before {@code searched}. */
    private int wholeLines(int searched) {
        for (int i = length - 1; i >= searched; i--) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** Gives the first {@code size} bytes away and forgets {@code used}; what is left begins the next page. */
    private Page cut(int size, Page.Ending ending, int used) {
        byte[] full = buffer;
        int least = Math.max(FULL, length - used + 1);
        buffer = spare.length >= least ? spare : new byte[least];
        spare = new byte[0];
        System.arraycopy(full, used, buffer, 0, length - used);
        length -= used;
        return new Page(full, size, ending);
    }
}
