package io.prunella.ruler.recording;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks a recording by what its first bytes say, since standard input has no name and a file may have any. */
final class Unpacking {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC_BYTES = 4;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;

    private Unpacking() {}

    /** A name that promises a packed file is believed, so that one which is none counts as damaged. */
    static InputStream plain(String name, InputStream bytes) throws IOException {
        Whole in = new Whole(bytes);
        byte[] first = in.readNBytes(MAGIC_BYTES);
        in.unread(first);
        int magic = 0;
        for (int i = 0; i < MAGIC_BYTES; i++) {
            magic = magic << 8 | (i < first.length ? first[i] & 0xff : 0);
        }
        if (magic >>> 16 == GZIP) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (magic == ZSTD) {
            return new ZstdInputStream(in);
        }
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (name.endsWith(".zst")) {
            return new ZstdInputStream(in);
        }
        in.packed = false;
        return in;
    }

    private static final class Whole extends PushbackInputStream {
        private boolean packed = true;

        Whole(InputStream in) {
            super(in, MAGIC_BYTES);
        }

        /** Never 0 for what is packed: a gzip stream would take a pipe that is behind for its end, and leave out what was appended. */
        @Override
        public int available() throws IOException {
            return packed ? Math.max(1, super.available()) : super.available();
        }
    }
}
