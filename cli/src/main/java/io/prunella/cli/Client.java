package io.prunella.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running service. */
final class Client {
    static final String USUAL = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Client() {}

    /** The body of an answer, whatever its status is. */
    static HttpResponse<String> get(String server, String path) {
        URI address;
        try {
            address = URI.create(server.replaceFirst("/+$", "") + path);
            if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
                throw new IllegalArgumentException("neither http nor https");
            }
        } catch (IllegalArgumentException e) {
            throw UserError.usage("`--server` takes an address such as `" + USUAL + "`, not `" + server + "`");
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UserError(Exit.FOUND, "no service answers at " + server
                    + ": is `prunella serve` running there, or is it elsewhere (`--server URL`)?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(Exit.INTERRUPTED, "interrupted");
        }
    }
}
