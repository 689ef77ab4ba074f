package io.prunella.executor.lock;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Real servers for tests, as processes on free loopback ports. Everything that one instance started is stopped by its
 * {@link #close()}, by handle.
 */
public final class RealServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final List<Server> started = new ArrayList<>();

    /** Servers keep their data and output below this folder. */
    public RealServers(Path folder) {
        this.folder = folder;
    }

    /** Independent Redis servers that keep nothing on disk, with further options as on the command line. */
    public List<Server> redis(int count, String... options) {
        var redis = program("redis-server");
        return startAll(IntStream.range(0, count).mapToObj(_ -> {
            int port = freePort();
            var command = new ArrayList<>(List.of(redis, "--port", "" + port, "--bind",
                    "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", home("redis", port).toString()));
            command.addAll(List.of(options));
            return new Server("redis", port, home("redis", port), List.copyOf(command));
        }).toList());
    }

    /** An etcd cluster of one. */
    public Server etcd() {
        int port = freePort();
        var client = "http://127.0.0.1:" + port;
        return startAll(List.of(new Server("http", port, home("etcd", port),
                List.of(program("etcd"), "--data-dir", home("etcd", port).resolve("data").toString(),
                        "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls",
                        "http://127.0.0.1:" + freePort()))))
                .getFirst();
    }

    private List<Server> startAll(List<Server> servers) {
        started.addAll(servers);
        servers.forEach(Server::awaitReady);
        return servers;
    }

    private Path home(String kind, int port) {
        try {
            return Files.createDirectories(folder.resolve(kind + "-" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.forEach(Server::kill);
    }

    /** The path of a program; without it the test is skipped, on a build server it fails. */
    public static String program(String name) {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(p -> Path.of(p, name))
                .filter(Files::isExecutable).findFirst();
        if (found.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                fail("`" + name + "` is not installed");
            }
            abort("`" + name + "` is not installed");
        }
        return found.orElseThrow().toString();
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server, which can be killed, frozen and started again on its port. */
    public static final class Server {
        private final String scheme;
        private final int port;
        private final Path home;
        private final List<String> command;
        private Process process;

        private Server(String scheme, int port, Path home, List<String> command) {
            this.scheme = scheme;
            this.port = port;
            this.home = home;
            this.command = command;
            this.process = spawn();
        }

        public String url() {
            return scheme + "://127.0.0.1:" + port;
        }

        /** {@code kill -9}, and waits until it is gone. */
        public void kill() {
            process.destroyForcibly().onExit().join();
        }

        /** Starts it again after a kill, with the data on its disk. */
        public void restart() {
            process = spawn();
            awaitReady();
        }

        /** It accepts connections but answers nothing, as behind a network that swallows packets. */
        public void freeze() {
            signal("STOP");
        }

        public void thaw() {
            signal("CONT");
        }

        private void signal(String name) {
            try {
                var sent = new ProcessBuilder(program("kill"), "-" + name, "" + process.pid()).start();
                if (!sent.waitFor(5, TimeUnit.SECONDS) || sent.exitValue() != 0) {
                    fail("cannot send " + name + " to " + command);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private Process spawn() {
            try {
                return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile())).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void awaitReady() {
            Awaitility.await(command.getFirst()).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (!process.isAlive()) {
                    throw new AssertionError(command + " ended: " + Files.readString(home.resolve("output")));
                }
                return scheme.equals("redis") ? redisAnswers() : etcdAnswers();
            });
        }

        private boolean redisAnswers() {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(1_000);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
                return answer.equals("+PONG") || answer.equals("-NOAU");
            } catch (IOException _) {
                return false;
            }
        }

        private boolean etcdAnswers() throws InterruptedException {
            try (var http = HttpClient.newHttpClient()) {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(url() + "/health")).timeout(Duration.ofSeconds(1)).build(),
                        HttpResponse.BodyHandlers.ofString());
                return answer.body().contains("\"health\":\"true\"");
            } catch (IOException _) {
                return false;
            }
        }
    }
}
