package io.prunella.control.observations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** The real disk, with every sync counted, held back or refused as a test wants. */
public final class WatchedDisk implements Disk {
    /** {@code write N} and {@code force}, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();
    private final Semaphore allowed;
    private volatile boolean full;

    private WatchedDisk(int syncsAllowed) {
        allowed = new Semaphore(syncsAllowed);
    }

    public static WatchedDisk counting() {
        return new WatchedDisk(Integer.MAX_VALUE);
    }

    /** Each sync waits for an {@link #allow}. */
    public static WatchedDisk held() {
        return new WatchedDisk(0);
    }

    public void allow(int syncs) {
        allowed.release(syncs);
    }

    /** From now on, or no more, there is no space left: half of what is written arrives. */
    public void full(boolean is) {
        full = is;
    }

    public long forces() {
        return calls.stream().filter("force"::equals).count();
    }

    @Override
    public Output open(Path file) throws IOException {
        Output real = Disk.real().open(file);
        return new Output() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                calls.add("write " + bytes.remaining());
                if (full) {
                    real.write(bytes.slice(0, bytes.remaining() / 2));
                    throw new IOException("No space left on device");
                }
                real.write(bytes);
            }

            @Override
            public void force() throws IOException {
                allowed.acquireUninterruptibly();
                real.force();
                calls.add("force");
            }

            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
