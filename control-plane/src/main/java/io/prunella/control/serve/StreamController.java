package io.prunella.control.serve;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Streams the bus as server-sent events, each listener on its own virtual thread.
 *
 * <p>
 * A listener that does not read stops only its own thread; when its place has left the ring it is told and dropped.
 */
@RestController
final class StreamController {
    private final EventBus bus;
    private final Duration heartbeat;
    private final Semaphore free;

    /** Streams to so many listeners at most, with a sign of life at least so often. */
    StreamController(EventBus bus, Duration heartbeat, int listeners) {
        this.bus = bus;
        this.heartbeat = heartbeat;
        this.free = new Semaphore(listeners);
    }

    @GetMapping("/api/v1/stream")
    void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Long> last = lastEventId(request);
        if (!free.tryAcquire()) {
            throw new Refusals.Refused(Problem.of(503, "too-many-listeners", "Too many listeners",
                    "as many listeners as the service serves are connected already",
                    "close one, or try again later").header("Retry-After", "10"));
        }
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            listen(last, response.getOutputStream());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // The listener went away.
            return;
        } finally {
            free.release();
        }
    }

    private static Optional<Long> lastEventId(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        String text = header == null ? request.getParameter("last_event_id") : header;
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException _) {
            throw new Refusals.Refused(Problem.of(400, "bad-parameter", "Bad parameter",
                    "`Last-Event-ID` is `" + text + "`, which is no number",
                    "send the `id:` of the last event that was read, or leave it out"));
        }
    }

    private void listen(Optional<Long> last, OutputStream out) throws IOException, InterruptedException {
        long at = last.orElseGet(bus::newest);
        // The first bytes tell the listener from where it hears: nothing after them is missed.
        send(out, ": listening after " + at + "\n\n");
        boolean resuming = last.isPresent();
        while (true) {
            switch (bus.after(at, heartbeat)) {
                case EventBus.Came came when came.events().isEmpty() -> send(out, ": heartbeat\n\n");
                case EventBus.Came came -> {
                    StringBuilder text = new StringBuilder();
                    for (EventBus.Event event : came.events()) {
                        text.append("id: ").append(event.id()).append("\nevent: ").append(event.kind())
                                .append("\ndata: ").append(event.json()).append("\n\n");
                        at = event.id();
                    }
                    send(out, text.toString());
                }
                case EventBus.Lost lost -> {
                    send(out, "event: gap\ndata: {\"after\":" + at + ",\"oldest\":" + lost.oldest() + "}\n\n");
                    if (!resuming) {
                        return;
                    }
                    at = lost.oldest() - 1;
                }
                case EventBus.Closed _ -> {
                    return;
                }
            }
            resuming = false;
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
