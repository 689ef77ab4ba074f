package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.PackRequirement;
import io.prunella.control.observations.Disk;
import io.prunella.control.observations.WatchedDisk;
import io.prunella.control.settings.Settings;
import io.prunella.dsl.ast.Expr;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real service on a free port, with a fake behind it. */
final class TestService implements AutoCloseable {
    static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final FakeHealing healing;
    private final Service service;

    private TestService(FakeHealing healing, Service service) {
        this.healing = healing;
        this.service = service;
    }

    static TestService start(Path folder) throws Exception {
        return start(folder, WatchedDisk.counting());
    }

    static TestService start(Path folder, Disk disk) throws Exception {
        return start(folder, disk, new FakeHealing(), 0);
    }

    static TestService start(Path folder, Disk disk, FakeHealing healing, int port) throws Exception {
        Files.createDirectories(folder.resolve("packs"));
        Service.Ports ports = new Service.Ports(_ -> healing, TestService::textPack, disk, InstantSource.system(),
                4_000,
                10_000, Duration.ofMillis(200), Duration.ofMillis(20), "INFO");
        return new TestService(healing, Service.start(settings(folder, port), ports));
    }

    static Settings settings(Path folder, int port) {
        return Settings.parse("", Map.of("PRUNELLA_SERVER_PORT", Integer.toString(port), "PRUNELLA_JOURNAL",
                folder.resolve("journal.db").toString(), "PRUNELLA_PACKS_FOLDER", folder.resolve("packs").toString()))
                .settings().orElseThrow();
    }

    /** A pack of one file that says {@code name version}, with {@code other version} behind it the least it requires, or anything with {@code error} in it. */
    private static PackReader.Read textPack(Path path) {
        try {
            String text = Files.readString(path).strip();
            if (text.contains("error")) {
                return new PackReader.Read(path.getFileName().toString(), "sha256:bad", Optional.empty(),
                        List.of(new PackReader.PackProblem("DL104", "error", path.toString(), 1, 7,
                                "`error` is no rule", "write a rule")));
            }
            String[] words = text.split(" ", -1);
            List<PackRequirement> requires = words.length > 2
                    ? List.of(new PackRequirement(words[2], Expr.CompareOp.GE, words[3]))
                    : List.of();
            return new PackReader.Read(words[0], "sha256:" + text.hashCode(),
                    Optional.of(new PackModel(words[0], words[1], "sha256:" + text.hashCode(), "", List.of(), Map.of(),
                            List.of(), List.of(), List.of(), List.of(), requires)),
                    List.of());
        } catch (IOException e) {
            return new PackReader.Read(path.toString(), "", Optional.empty(),
                    List.of(PackReader.PackProblem.unreadable(path.toString(), "cannot be read")));
        }
    }

    int port() {
        return service.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/x-ndjson");
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public void close() {
        service.close();
    }
}
