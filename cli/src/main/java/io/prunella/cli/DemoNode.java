package io.prunella.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** The demo's node: a real process with a real service, which ends when we do, whatever becomes of us. */
final class DemoNode implements AutoCloseable {
    /** Where the recordings were made; used again if nobody else is there. */
    private static final int USUAL_PORT = 18_471;
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final long COMES_UP_MILLIS = 15_000;
    private static final long PAUSE_MILLIS = 100;

    /** What a probe answers when there is no answer. */
    static final int NO_ANSWER = 0;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final int control;

    private DemoNode(Process process, int port, int control) {
        this.process = process;
        this.port = port;
        this.control = control;
    }

    /** Boots it, and returns when its service is healthy. */
    static DemoNode boot(Path python, Path script, Path state) throws IOException {
        int port = free(USUAL_PORT);
        int control = free(USUAL_PORT + 1);
        // Its standard input is our end of a pipe: when that closes, the machine and its service end.
        Process process = new ProcessBuilder(List.of(python.toString(), script.toString(), "machine", "--state",
                state.toString(), "--port", Integer.toString(port), "--control", Integer.toString(control)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        DemoNode node = new DemoNode(process, port, control);
        if (!node.await(status -> status == 200)) {
            node.close();
            throw new UserError(Exit.FOUND, "the demo's node does not come up on " + node.address());
        }
        return node;
    }

    private static int free(int wanted) throws IOException {
        for (int port : new int[]{wanted, 0}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                if (port == 0) {
                    throw taken;
                }
            }
        }
        throw new IllegalStateException("unreachable: port 0 is any free one");
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    String controlAddress() {
        return "127.0.0.1:" + control;
    }

    /** Asks the service itself: an HTTP status, or {@link #NO_ANSWER}. */
    int probe() {
        return send(HttpRequest.newBuilder(URI.create("http://" + address() + "/healthz")).GET());
    }

    /** Tells the machine to do something. */
    void order(String path) {
        int status = send(HttpRequest.newBuilder(URI.create("http://" + controlAddress() + path))
                .POST(HttpRequest.BodyPublishers.noBody()));
        if (status != 200) {
            throw new UserError(Exit.FOUND, "the demo's node does not take " + path + " (answer " + status + ")");
        }
    }

    /** Probes until the answer is as wanted; false if it never was. */
    boolean await(IntPredicate wanted) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMES_UP_MILLIS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (wanted.test(probe())) {
                return true;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
