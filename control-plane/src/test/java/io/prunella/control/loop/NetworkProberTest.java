package io.prunella.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.prunella.ruler.ProbeQuestion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkProberTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final NetworkProber prober = new NetworkProber(threads);
    private final AtomicInteger followed = new AtomicInteger();
    private final HttpServer server;

    NetworkProberTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/ok", exchange -> {
            exchange.sendResponseHeaders(200, 0); // and a body without an end
            exchange.getResponseBody().write(new byte[100_000]);
        });
        server.createContext("/ill", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        prober.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anHttpProbeAnswersWithTheStatusAndFollowsNothing() throws Exception {
        assertThat(http("/ok")).isEqualTo(200);
        assertThat(http("/ill")).isEqualTo(503);
        assertThat(http("/moved")).isEqualTo(302);
        assertThat(followed).hasValue(0);
    }

    @Test
    void whereNobodyAnswersItIsZero() throws Exception {
        int closed = closedPort();
        assertThat(ask("http", "http://127.0.0.1:" + closed + "/")).isZero();
        assertThat(ask("tcp", "127.0.0.1:" + closed)).isZero();
        assertThat(ask("http", "no url at all")).isZero();
        assertThat(ask("http", "ftp://127.0.0.1/")).isZero();
        assertThat(ask("http", "http://user@127.0.0.1:" + port() + "/ok")).isZero();
        assertThat(ask("tcp", "127.0.0.1")).isZero();
        assertThat(ask("tcp", "127.0.0.1:99999")).isZero();
    }

    @Test
    void aTcpProbeConnects() throws Exception {
        assertThat(ask("tcp", "127.0.0.1:" + port())).isEqualTo(1);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private double http(String path) throws Exception {
        return ask("http", "http://127.0.0.1:" + port() + path);
    }

    private double ask(String protocol, String target) throws Exception {
        CompletableFuture<Double> answer = new CompletableFuture<>();
        prober.ask(new ProbeQuestion("node-1", "probe", protocol, target), answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
