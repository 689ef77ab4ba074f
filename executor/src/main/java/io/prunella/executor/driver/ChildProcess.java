package io.prunella.executor.driver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A program under way, in a session of its own. Its end is told when the program has ended; when it was cancelled, only
 * after all of its descendants are dead too. Thread-safe.
 */
final class ChildProcess implements RunningAttempt {

    /**
     * How it ended.
     *
     * @param output what it wrote to standard output, as far as it is kept
     */
    record Exit(int code, boolean cancelled, String output, String lastError) {}

    // A descendant that left the session and was adopted by init is still told by this variable.
    private static final String MARK = "PRUNELLA_ACTION_ID";
    // How long what the program wrote may lag behind its end: a service that it left running keeps the pipe open.
    private static final long DRAIN_MILLIS = 1_000;

    private final ProcessSettings settings;
    private final Process process;
    private final String mark;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private ChildProcess(ProcessSettings settings, Process process, String mark) {
        this.settings = settings;
        this.process = process;
        this.mark = mark;
    }

    /**
     * Starts a program.
     *
     * @param argv the program's absolute path, and arguments, each one as it is
     * @param mark told from every other process of this machine by nothing but this
     */
    static ChildProcess start(ProcessSettings settings, List<String> argv, Path folder, Map<String, String> environment,
            String mark, Lines lines, Consumer<Exit> ended) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/setsid"));
        command.addAll(argv);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(settings.environment());
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        var child = new ChildProcess(settings, builder.start(), mark);
        child.follow(lines, ended);
        return child;
    }

    private void follow(Lines lines, Consumer<Exit> ended) {
        var read = new CountDownLatch(2);
        settings.threads().execute(() -> read("out", process.getInputStream(), lines, read));
        settings.threads().execute(() -> read("err", process.getErrorStream(), lines, read));
        settings.threads().execute(() -> {
            int code = process.onExit().join().exitValue();
            if (cancelled.get()) {
                killRest();
            }
            awaitOutput(read);
            ended.accept(new Exit(code, cancelled.get(), lines.close(), lines.lastError()));
        });
    }

    private static void awaitOutput(CountDownLatch read) {
        try {
            // Time is no parameter here: it bounds a wait for a pipe, and decides nothing.
            read.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(String source, InputStream stream, Lines lines, CountDownLatch done) {
        try (var in = new BufferedInputStream(stream)) {
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    lines.add(source, line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() < lines.longest()) {
                    line.write(b);
                }
            }
            if (line.size() > 0) {
                lines.add(source, line.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // The pipe broke with its process, whose end is told anyway.
        } finally {
            done.countDown();
        }
    }

    @Override
    public void cancel() {
        if (cancelled.getAndSet(true) || !process.isAlive()) {
            return;
        }
        settings.threads().execute(() -> signal("TERM"));
        settings.timers().schedule(settings.timers().millis() + settings.graceMillis(), () -> {
            if (process.isAlive()) {
                settings.threads().execute(() -> {
                    killRest();
                    process.destroyForcibly();
                });
            }
        });
    }

    /** To the whole session's group: the program is its leader. */
    private void signal(String name) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", name,
                    Long.toString(process.pid())).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().onExit().join();
        } catch (IOException _) {
            process.destroy();
        }
    }

    /** Kills group, descendants, and what bears our mark, until nothing of it is left. */
    private void killRest() {
        signal("KILL");
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        killMarked(mark);
    }

    /** Kills every process of this machine that bears a mark, until none is left. */
    static void killMarked(String mark) {
        for (int round = 0; round < 50; round++) {
            var marked = marked(mark);
            if (marked.isEmpty()) {
                return;
            }
            for (var handle : marked) {
                handle.destroyForcibly();
                handle.onExit().completeOnTimeout(handle, 200, TimeUnit.MILLISECONDS).join();
            }
        }
    }

    private static List<ProcessHandle> marked(String mark) {
        byte[] wanted = (MARK + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
        return ProcessHandle.allProcesses().filter(handle -> {
            try {
                var environment = Files.readAllBytes(Path.of("/proc", Long.toString(handle.pid()), "environ"));
                return contains(environment, wanted);
            } catch (IOException _) {
                // Not ours to read, or gone meanwhile.
                return false;
            }
        }).toList();
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        for (int from = 0; from + wanted.length <= text.length; from++) {
            if ((from == 0 || text[from - 1] == 0)
                    && Arrays.equals(text, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
