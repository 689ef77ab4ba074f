package io.prunella.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** A progress bar on standard error, for a person at a terminal who waits for much. */
final class Progress implements AutoCloseable {
    private static final long WORTH_IT = 16 << 20;
    private static final int WIDTH = 40;

    private final PrintStream err;
    private final boolean shown;
    private final long size;
    private long read;
    private int drawn = -1;

    /** Where results go to the terminal too, the bar has to be hidden before each of them. */
    Progress(Shell shell, long size) {
        this.err = shell.err();
        this.size = size;
        this.shown = shell.terminalErr() && size >= WORTH_IT;
    }

    InputStream watch(InputStream in) {
        return shown ? new Watched(in) : in;
    }

    private void advance(int bytes) {
        read += Math.max(0, bytes);
        // How often it is read is not always known before.
        int percent = (int) Math.min(100, read * 100 / size);
        if (percent != drawn) {
            drawn = percent;
            int full = percent * WIDTH / 100;
            err.print("\r" + "█".repeat(full) + "░".repeat(WIDTH - full) + String.format(" %3d %%", percent));
        }
    }

    /** Takes the bar away, until more is read. */
    @Override
    public void close() {
        if (drawn >= 0) {
            err.print("\r" + " ".repeat(WIDTH + 8) + "\r");
            drawn = -1;
        }
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            advance(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            advance(n);
            return n;
        }
    }
}
