package io.prunella.control.loop;

import io.prunella.ruler.ProbeQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;

/**
 * Asks over the network. A redirect is an answer and is not followed, so that a probe never vouches for another
 * service; only status and connection count, no byte of a body is kept. Thread-safe.
 */
public final class NetworkProber implements Prober, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final double NO_ANSWER = 0;
    private final Executor threads;
    private final HttpClient http;

    /** @param threads runs connections, which block for five seconds at most; best one virtual thread each */
    public NetworkProber(Executor threads) {
        this.threads = threads;
        http = HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1).executor(threads).build();
    }

    @Override
    public void ask(ProbeQuestion question, DoubleConsumer answer) {
        threads.execute(() -> answer.accept(question.protocol().equals("tcp")
                ? connects(question.target())
                : status(question.target())));
    }

    private double status(String url) {
        HttpRequest request;
        try {
            URI uri = URI.create(url);
            if (uri.getUserInfo() != null) {
                return NO_ANSWER; // what is looked up must not turn a host into a user of another host
            }
            request = HttpRequest.newBuilder(uri).timeout(TIMEOUT)
                    .header("User-Agent", "prunella-probe").GET().build();
        } catch (IllegalArgumentException e) {
            return NO_ANSWER; // no URL at all
        }
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            return NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        }
    }

    private static double connects(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            return NO_ANSWER;
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            return NO_ANSWER;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.substring(0, colon), port), (int) TIMEOUT.toMillis());
            return 1;
        } catch (IOException e) {
            return NO_ANSWER;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
