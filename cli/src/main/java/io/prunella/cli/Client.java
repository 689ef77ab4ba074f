package io.prunella.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running service. */
final class Client {
    static final String USUAL = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Client() {}

    /** The body of an answer, whatever its status is. */
    static HttpResponse<String> get(String server, String path) {
        return get(server, path, PATIENCE);
    }

    /** What a refusal says: its detail and its cure, or its body where it is no problem document. */
    static String problem(HttpResponse<String> answer) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            String detail = problem.path("detail").asString("");
            String help = problem.path("help").asString("");
            if (!detail.isEmpty()) {
                return detail + (help.isEmpty() ? "" : " (" + help + ")");
            }
        } catch (JacksonException _) {
            // No service of ours answered; its own words are the best there is.
        }
        return "status " + answer.statusCode() + ", " + answer.body().strip().lines().findFirst().orElse("no body");
    }

    /** The same, waiting so long for the answer. */
    static HttpResponse<String> get(String server, String path, Duration patience) {
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
            return client.send(HttpRequest.newBuilder(address).timeout(patience).GET().build(),
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
