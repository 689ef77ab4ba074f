package io.prunella.control.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the service keeps on disk, held by one process at a time: two of them would heal everything twice. */
final class DataFolder implements AutoCloseable {
    private final Path observations;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path observations, FileChannel channel, FileLock lock) {
        this.observations = observations;
        this.channel = channel;
        this.lock = lock;
    }

    /** The log's folder lies beside the journal. */
    static DataFolder open(Path journal) throws StartFailure {
        Path observations = journal.toAbsolutePath().normalize().resolveSibling("prunella-observations");
        try {
            Files.createDirectories(observations);
            FileChannel channel = FileChannel.open(observations.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailure("another `prunella serve` works with `" + journal + "`",
                        "stop it, or give this one a `journal` of its own");
            }
            return new DataFolder(observations, channel, lock);
        } catch (IOException e) {
            throw new StartFailure("`" + observations + "` cannot be written: " + e.getMessage(),
                    "start the service in a folder that it may write to, or set `journal` to one");
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Held by another service of this very process.
            return null;
        }
    }

    Path observations() {
        return observations;
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException _) {
            // The end of the process releases it.
            return;
        }
    }
}
