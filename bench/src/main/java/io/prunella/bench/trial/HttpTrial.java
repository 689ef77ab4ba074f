package io.prunella.bench.trial;

import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Samples;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSON Lines over loopback HTTP into the real service, which logs and syncs each body before it answers, and judges them
 * by the rules of W1: what a sample costs the service's process.
 *
 * <p>The samples carry the time at which they are sent, since a service's clock is the machine's; so no firing is compared.
 */
final class HttpTrial {
    private static final int RULES = 100;
    private static final int ENTITIES = 1_000;
    private static final int LINES_A_BODY = 2_000;
    /** The service judges so much later than its clock, and is given another second. */
    private static final long LATENESS_MILLIS = 6_000;
    private static final Pattern WAITING = Pattern.compile("^prunella_ingest_waiting_bytes(?:\\{.*})? 0\\.0$",
            Pattern.MULTILINE);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process service;
    private final URI address;
    private final Samples samples = new Samples(42, ENTITIES);
    private final Tick tick = new Tick(ENTITIES);
    private int ticks;
    private long sent;

    private HttpTrial(Process service, URI address) {
        this.service = service;
        this.address = address;
    }

    static void run(boolean quick) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("prunella-bench");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("rule-packs/bench/rules"));
        Files.writeString(folder.resolve("rule-packs/bench/pack.dl"), "pack bench\n  version: \"1.0.0\"\n");
        Files.writeString(folder.resolve("rule-packs/bench/rules/bench.dl"), new Rules(Workload.HELD, RULES).text());
        Files.writeString(folder.resolve("prunella.yaml"), "server: {port: " + port + "}\n");
        Process service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g", "-cp", System.getProperty("java.class.path"), "io.prunella.cli.Main", "serve", "--config",
                "prunella.yaml").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.txt").toFile()).start();
        try {
            new HttpTrial(service, URI.create("http://127.0.0.1:" + port)).measure(quick ? 8 : 30);
        } finally {
            service.destroy();
            service.waitFor();
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private void measure(int seconds) throws IOException, InterruptedException {
        while (!ready()) {
            Thread.sleep(100);
        }
        send(seconds);
        settle();
        Duration cpuBefore = cpu();
        long before = sent;
        long began = System.nanoTime();
        send(seconds);
        double wall = (System.nanoTime() - began) / 1e9;
        settle();
        double cpu = cpu().minus(cpuBefore).toNanos() / 1e9;
        SmallTrials.figure("samples over loopback HTTP, logged and synced before 202, M a CPU s of the service",
                (sent - before) / cpu / 1e6);
        SmallTrials.figure("samples over loopback HTTP from one sender, M a s on the wall",
                (sent - before) / wall / 1e6);
    }

    private boolean ready() throws IOException, InterruptedException {
        if (!service.isAlive()) {
            throw new IOException("the service did not start");
        }
        try {
            return client.send(HttpRequest.newBuilder(address.resolve("/readyz")).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private void send(int seconds) throws IOException, InterruptedException {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < until) {
            samples.fill(tick, ticks++);
            StringBuilder body = new StringBuilder();
            int lines = 0;
            int at = 0;
            for (int entity : tick.entity) {
                for (int metric = 0; metric < Samples.METRICS; metric++) {
                    body.append("{\"ts\":").append(System.currentTimeMillis()).append(",\"entity\":\"e").append(entity)
                            .append("\",\"metric\":\"m").append(metric).append("\",\"value\":").append(tick.value[at++])
                            .append("}\n");
                    if (++lines == LINES_A_BODY) {
                        post(body.toString(), lines);
                        body.setLength(0);
                        lines = 0;
                    }
                }
            }
        }
    }

    private void post(String body, int lines) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v1/samples"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8))).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        while (answer.statusCode() == 429) {
            Thread.sleep(20);
            answer = client.send(request, BodyHandlers.ofString());
        }
        if (answer.statusCode() != 202) {
            throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
        }
        sent += lines;
    }

    /** Waits until all that was taken has been judged, too. */
    private void settle() throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(address.resolve("/metrics")).build();
        while (!WAITING.matcher(client.send(metrics, BodyHandlers.ofString()).body()).find()) {
            Thread.sleep(50);
        }
        Thread.sleep(LATENESS_MILLIS);
    }

    private Duration cpu() {
        return service.info().totalCpuDuration().orElseThrow();
    }
}
