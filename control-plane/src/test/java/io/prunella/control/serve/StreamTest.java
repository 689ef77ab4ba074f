package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.loop.LoopEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
    private static final String EVENT = "{\"entity\":\"n\",\"event\":\"node_unreachable\",\"id\":\"e-1\"}";

    @TempDir
    Path folder;

    @Test
    void eventsReloadsAndProblemsComeWithGrowingNumbers() throws Exception {
        try (TestService service = TestService.start(folder);
                Listener listener = Listener.connect(service.port(), "", 0)) {
            service.post("/api/v1/events", EVENT);
            assertThat(listener.next()).containsEntry("event", "event").extractingByKey("data").asString()
                    .contains("\"event\":\"node_unreachable\",\"id\":\"e-1\",\"state\":\"open\"");
            service.healing.happens(new LoopEvent.Problem(0, "declare `metric x`"));
            Map<String, String> problem = listener.next();
            assertThat(problem).containsEntry("data",
                    "{\"ts\":\"1970-01-01T00:00:00.000Z\",\"message\":\"declare `metric x`\"}");
            Files.writeString(folder.resolve("packs/base.dl"), "base 1.0");
            Map<String, String> reload = listener.next();
            assertThat(reload).containsEntry("event", "reload").extractingByKey("data").asString()
                    .contains("\"kept\":[]", "\"name\":\"base\"");
            assertThat(Long.parseLong(reload.get("id"))).isEqualTo(Long.parseLong(problem.get("id")) + 1);
        }
    }

    @Test
    void aQuietStreamShowsThatItLives() throws Exception {
        try (TestService service = TestService.start(folder);
                Listener listener = Listener.connect(service.port(), "", 0)) {
            assertThat(listener.line()).isEqualTo(": heartbeat");
        }
    }

    @Test
    void aListenerGoesOnAfterTheLastEventThatItRead() throws Exception {
        try (TestService service = TestService.start(folder)) {
            String id;
            try (Listener listener = Listener.connect(service.port(), "", 0)) {
                service.healing.happens(new LoopEvent.Problem(0, "one"));
                id = listener.next().get("id");
            }
            service.healing.happens(new LoopEvent.Problem(0, "two"));
            try (Listener listener = Listener.connect(service.port(), "Last-Event-ID: " + id + "\r\n", 0)) {
                assertThat(listener.next().get("data")).contains("two");
            }
            try (Listener listener = Listener.connect(service.port(), "Last-Event-ID: 7\r\n", 0)) {
                assertThat(listener.next()).containsEntry("event", "gap");
                assertThat(listener.next().get("data")).contains("one");
            }
        }
    }

    @Test
    void aListenerThatDoesNotReadIsToldAndDroppedAndHoldsNobodyUp() throws Exception {
        try (TestService service = TestService.start(folder);
                Listener slow = Listener.connect(service.port(), "", 4_096)) {
            String text = "x".repeat(2_000);
            for (int i = 0; i < 20_000; i++) {
                service.healing.happens(new LoopEvent.Problem(0, text));
            }
            List<String> kinds = new ArrayList<>();
            for (Map<String, String> event = slow.next(); !event.isEmpty(); event = slow.next()) {
                kinds.add(event.get("event"));
            }
            assertThat(kinds).last().isEqualTo("gap");
            assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anIdThatIsNoNumberIsRefused() throws Exception {
        try (TestService service = TestService.start(folder)) {
            assertThat(service.get("/api/v1/stream?last_event_id=abc").statusCode()).isEqualTo(400);
        }
    }

    /** A client that reads what the wire carries. */
    private record Listener(Socket socket, BufferedReader reader) implements AutoCloseable {
        static Listener connect(int port, String header, int buffer) throws IOException {
            Socket socket = new Socket();
            if (buffer > 0) {
                socket.setReceiveBufferSize(buffer);
            }
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            // HTTP/1.0 answers come without chunks.
            socket.getOutputStream().write(("GET /api/v1/stream HTTP/1.0\r\nHost: localhost\r\n" + header + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Listener listener = new Listener(socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
            String line = listener.line();
            while (!line.startsWith(": listening")) {
                line = listener.line();
            }
            return listener;
        }

        /** The next line that is not empty; empty at the end. */
        String line() throws IOException {
            String line = reader.readLine();
            while (line != null && line.isEmpty()) {
                line = reader.readLine();
            }
            return line == null ? "" : line;
        }

        /** The next event; empty at the end. */
        Map<String, String> next() throws IOException {
            Map<String, String> event = new TreeMap<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    return event;
                }
                if (!line.isEmpty() && !line.startsWith(":")) {
                    int colon = line.indexOf(": ");
                    event.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
            return Map.of();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
