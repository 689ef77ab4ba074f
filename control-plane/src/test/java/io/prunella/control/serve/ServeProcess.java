package io.prunella.control.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real {@code serve} in a process of its own, in a folder of its own. */
final class ServeProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Path output;

    private ServeProcess(Process process, Path log, Path output) {
        this.process = process;
        this.log = log;
        this.output = output;
    }

    /** Starts, without waiting for anything. */
    static ServeProcess launch(Path folder, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile(folder, "serve", ".log");
        Path output = Files.createTempFile(folder, "serve", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), ServeMain.class.getName())
                .directory(folder.toFile()).redirectError(log.toFile()).redirectOutput(output.toFile());
        builder.environment().put("PRUNELLA_SERVER_PORT", "0");
        builder.environment().putAll(environment);
        return new ServeProcess(builder.start(), log, output);
    }

    static ServeProcess start(Path folder, Map<String, String> environment) throws IOException {
        ServeProcess started = launch(folder, environment);
        started.port();
        return started;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    int port() {
        IngestTest.eventually(30, () -> log().contains("ready on http://") || !process.isAlive());
        String text = log();
        int at = text.indexOf("ready on http://127.0.0.1:");
        if (at < 0) {
            throw new IllegalStateException("not ready: " + text);
        }
        return Integer.parseInt(text.substring(at + 26, text.indexOf(',', at)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return TestService.CLIENT.send(HttpRequest.newBuilder(uri(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return TestService.CLIENT.send(
                HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    List<JsonNode> heals() throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(get("/api/v1/heals").body()).path("heals").valueStream().toList();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** As the kernel kills: nothing is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As systemd stops: the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exit();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("does not end: " + log());
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
