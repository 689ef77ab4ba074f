package io.prunella.control.conversion;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** Brings published recordings over: one recording of all files, in the order of time, whatever their size. */
public final class Conversion {
    /** About 30 MB of memory. */
    private static final long ROOM_CHARS = 16L << 20;

    private Conversion() {}

    /**
     * Reads all files and writes one recording.
     *
     * @param scratch an empty folder for what does not fit into memory; it is empty again in the end
     */
    public static ConversionReport run(ForeignFormat format, List<ForeignFile> files, Path scratch, Writer out)
            throws IOException {
        return run(format, files, new SortedOutput(scratch, ROOM_CHARS), out);
    }

    static ConversionReport run(ForeignFormat format, List<ForeignFile> files, SortedOutput sorted, Writer out)
            throws IOException {
        try (sorted) {
            Gathering into = new Gathering(sorted);
            switch (format) {
                case NAB -> new NabReader(into).read(files);
                case NEZHA -> new NezhaReader(into).read(files);
                case KAPACITOR -> new KapacitorReader(into).read(files);
            }
            sorted.writeTo(out);
            return into.report();
        }
    }
}
