package io.prunella.control.observations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a 2xx a promise: bodies are appended and synced to disk before their future completes, many with one sync.
 *
 * <p>
 * Thread-safe. One thread writes, one delivers; whoever wants to append first {@linkplain #reserve reserves} room, so that what waits
 * for the disk, or for the loop behind it, is bounded in bytes. The segments are recordings (language section 11).
 */
public final class ObservationLog implements AutoCloseable {
    private final Settings settings;
    private final Disk disk;
    private final InstantSource clock;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();
    private final List<Repair> repairs;
    private final BlockingQueue<Entry> deliveries = new LinkedBlockingQueue<>();
    private @Nullable Thread writer;
    private @Nullable Thread deliverer;

    // Owned by the writer.
    private Disk.@Nullable Output output;
    private Instant begun = Instant.MIN;
    private long durable;

    /**
     * Where the log lives and how much of it.
     *
     * @param keep how long a segment stays after its last line
     * @param rotateAfter the longest time that one segment covers
     * @param rotateBytes a segment that has reached this many bytes is sealed
     * @param waitingBytes how much may wait for the disk or the loop before bodies are turned away
     */
    public record Settings(Path folder, Duration keep, Duration rotateAfter, long rotateBytes, long waitingBytes) {

        /** 24 h in segments of an hour or 64 MiB, 64 MiB waiting. */
        public static Settings in(Path folder) {
            return new Settings(folder, Duration.ofHours(24), Duration.ofHours(1), 64L << 20, 64L << 20);
        }
    }

    /** A file whose end was cut off at the start, because a power cut had left part of a line there. */
    public record Repair(Path file, long cutBytes) {}

    private sealed interface Entry {}

    private record Body(ByteBuffer lines, Runnable whenDurable, CompletableFuture<Void> durable,
            Place place) implements Entry {}

    private record Stop() implements Entry {}

    private ObservationLog(Settings settings, Disk disk, InstantSource clock, List<Repair> repairs) {
        this.settings = settings;
        this.disk = disk;
        this.clock = clock;
        this.repairs = repairs;
    }

    /**
     * Opens the folder, creating it, and repairs the ends of its segments.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public static ObservationLog open(Settings settings, Disk disk, InstantSource clock) throws IOException {
        Files.createDirectories(settings.folder());
        List<Repair> repairs = new ArrayList<>();
        // All, not only the newest: a disk that refused a write may also have refused to take it back.
        for (Segments.Segment segment : Segments.list(settings.folder())) {
            long whole = Segments.wholeLines(segment.file());
            long size = Files.size(segment.file());
            if (whole < size) {
                try (Disk.Output output = disk.open(segment.file())) {
                    output.truncate(whole);
                    output.force();
                }
                repairs.add(new Repair(segment.file(), size - whole));
            }
        }
        return new ObservationLog(settings, disk, clock, List.copyOf(repairs));
    }

    /** Starts the two threads that write and deliver; until then bodies only wait. */
    public synchronized void start(ThreadFactory threads) {
        if (writer != null) {
            throw new IllegalStateException("the log was started twice");
        }
        writer = threads.newThread(this::run);
        deliverer = threads.newThread(this::deliver);
        writer.start();
        deliverer.start();
    }

    /** What was cut off when the log was opened. */
    public List<Repair> repairs() {
        return repairs;
    }

    /** How often the disk was asked to make things durable. */
    public long syncs() {
        return syncs.get();
    }

    /** Bytes that wait for the disk or for the loop. */
    public long waitingBytes() {
        return reserved.get();
    }

    /** The segments that may hold lines appended at or after an instant, oldest first. */
    public List<Path> segmentsSince(Instant from) throws IOException {
        List<Segments.Segment> all = Segments.list(settings.folder());
        List<Path> wanted = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean sealedBefore = i + 1 < all.size() && all.get(i + 1).begun().isBefore(from);
            if (!sealedBefore) {
                wanted.add(all.get(i).file());
            }
        }
        return wanted;
    }

    /** Room for a body, or empty when too much waits already: the sender must come back later. */
    public Optional<Place> reserve(long bytes) {
        while (true) {
            long now = reserved.get();
            // A body larger than the whole bound is let through alone: its size was judged before.
            if (now > 0 && now + bytes > settings.waitingBytes()) {
                return Optional.empty();
            }
            if (reserved.compareAndSet(now, now + bytes)) {
                return Optional.of(new Place(bytes));
            }
        }
    }

    /** Appends lines of the service's own, which are few and wait for no room. */
    public CompletableFuture<Void> note(byte[] lines) {
        return new Place(0).append(lines, () -> {});
    }

    /** Room that was reserved; it is given back when what was appended has left the log, or on {@link #close}. */
    public final class Place implements AutoCloseable {
        private final AtomicLong bytes;
        private final AtomicBoolean used = new AtomicBoolean();
        private final AtomicBoolean returned = new AtomicBoolean();

        private Place(long bytes) {
            this.bytes = new AtomicLong(bytes);
        }

        /** Makes it large enough for a body that turned out larger, a step at a time; false when there is no room. */
        public boolean growTo(long wanted, long step) {
            long missing = wanted - bytes.get();
            if (missing <= 0) {
                return true;
            }
            long more = Math.max(missing, step);
            if (reserved.addAndGet(more) > settings.waitingBytes() && bytes.get() < reserved.get() - more) {
                reserved.addAndGet(-more);
                return false;
            }
            bytes.addAndGet(more);
            return true;
        }

        /**
         * Appends whole lines.
         *
         * @param lines one JSON object a line, each ended by a newline
         * @param whenDurable runs after the sync, one at a time, in the order of the log; while it blocks, the room stays
         *            taken
         * @return completes after the sync; fails with an {@link IOException} when the disk refused, and then nothing of
         *         the body was taken
         */
        public CompletableFuture<Void> append(byte[] lines, Runnable whenDurable) {
            if (lines.length == 0 || lines[lines.length - 1] != '\n') {
                throw new IllegalArgumentException("not whole lines");
            }
            if (used.getAndSet(true)) {
                throw new IllegalStateException("a place is used once");
            }
            Body body = new Body(ByteBuffer.wrap(lines), whenDurable, new CompletableFuture<>(), this);
            queue.add(body);
            return body.durable();
        }

        /** Gives the room back if nothing was appended. */
        @Override
        public void close() {
            if (!used.get()) {
                giveBack();
            }
        }

        private void giveBack() {
            if (!returned.getAndSet(true)) {
                reserved.addAndGet(-bytes.get());
            }
        }
    }

    /** Writes and delivers what waits, then ends the threads and closes the segment. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            running = Stream.of(Optional.ofNullable(writer), Optional.ofNullable(deliverer)).flatMap(Optional::stream)
                    .toList();
        }
        if (running.isEmpty()) {
            return;
        }
        queue.add(new Stop());
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                List<Entry> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch);
                more = batch.stream().noneMatch(Stop.class::isInstance);
                write(batch.stream().filter(Body.class::isInstance).map(Body.class::cast).toList());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            abandon();
            deliveries.add(new Stop());
        }
    }

    private void write(List<Body> bodies) {
        if (bodies.isEmpty()) {
            return;
        }
        try {
            Disk.Output out = segment();
            for (Body body : bodies) {
                out.write(body.lines());
            }
            out.force();
            syncs.incrementAndGet();
            durable = out.size();
        } catch (IOException e) {
            undo();
            for (Body body : bodies) {
                body.place().giveBack();
                body.durable().completeExceptionally(e);
            }
            return;
        }
        for (Body body : bodies) {
            body.durable().complete(null);
            deliveries.add(body);
        }
    }

    /** Apart from the writing, so that a slow loop fills the waiting room and keeps nobody from an answer. */
    private void deliver() {
        try {
            while (deliveries.take() instanceof Body body) {
                try {
                    body.whenDurable().run();
                } finally {
                    body.place().giveBack();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Disk.Output segment() throws IOException {
        Instant now = clock.instant();
        Disk.Output current = output;
        if (current != null && durable < settings.rotateBytes()
                && now.isBefore(begun.plus(settings.rotateAfter()))) {
            return current;
        }
        abandon();
        List<Segments.Segment> old = Segments.list(settings.folder());
        // Invariant: names grow, whatever the server's clock does.
        Instant after = old.isEmpty() ? Instant.MIN : old.getLast().begun().plusMillis(1);
        begun = now.isBefore(after) ? after : now;
        for (int i = 0; i < old.size(); i++) {
            Instant sealed = i + 1 < old.size() ? old.get(i + 1).begun() : begun;
            if (sealed.isBefore(now.minus(settings.keep()))) {
                Files.deleteIfExists(old.get(i).file());
            }
        }
        Disk.Output next = disk.open(Segments.file(settings.folder(), begun));
        output = next;
        durable = next.size();
        return next;
    }

    /** After a failure nothing that was not promised stays, and nothing is trusted to the same open file again. */
    private void undo() {
        Disk.Output current = output;
        if (current == null) {
            return;
        }
        try {
            current.truncate(durable);
        } catch (IOException _) {
            // The lines that stay are whole or will be cut at the next start; nobody was promised anything about them.
        }
        abandon();
    }

    private void abandon() {
        Disk.Output current = output;
        output = null;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException _) {
            // Everything promised was synced before; a failing close takes nothing back.
        }
    }
}
