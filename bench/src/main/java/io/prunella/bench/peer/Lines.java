package io.prunella.bench.peer;

import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import java.io.InputStream;
import java.util.Arrays;

/** A tick as JSON Lines, handed out as a stream that ends nowhere. */
final class Lines extends InputStream {
    byte[] bytes = new byte[1 << 16];
    int length;
    private int read;

    /** Overwrites the tick before. */
    void of(Tick tick) {
        length = 0;
        read = 0;
        int at = 0;
        for (int entity : tick.entity) {
            for (int metric = 0; metric < Samples.METRICS; metric++) {
                add("{\"ts\":" + tick.ts + ",\"entity\":\"e" + entity + "\",\"metric\":\"m" + metric + "\",\"value\":"
                        + tick.value[at++] + "}\n");
            }
        }
    }

    private void add(String line) {
        if (length + line.length() > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        for (int i = 0; i < line.length(); i++) {
            bytes[length++] = (byte) line.charAt(i);
        }
    }

    @Override
    public int read() {
        return read < length ? bytes[read++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) {
        int count = Math.min(most, length - read);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, read, into, from, count);
        read += count;
        return count;
    }
}
