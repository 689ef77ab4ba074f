package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.loop.HealView;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNotThereIsAProblemThatNamesTheCure() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> answer = service.get("/api/v1/nothing");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).isEqualTo("{\"type\":\"urn:prunella:problem:unknown-path\","
                    + "\"title\":\"Unknown path\",\"status\":404,\"detail\":\"nothing is at `/api/v1/nothing`\","
                    + "\"help\":\"`/openapi.json` lists what there is\",\"instance\":\"/api/v1/nothing\"}");
            HttpResponse<String> method = service.get("/api/v1/samples");
            assertThat(method.statusCode()).isEqualTo(405);
            assertThat(method.headers().firstValue("Allow")).contains("POST");
            assertThat(TestService.json(method).path("help").asString()).isEqualTo("use POST");
        }
    }

    @Test
    void aPageOfAnotherHostNameIsNotServed() throws Exception {
        try (TestService service = TestService.start(folder);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/heals HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).contains(" 421");
            assertThat(reader.lines().reduce("", String::concat)).contains("urn:prunella:problem:wrong-host");
        }
    }

    @Test
    void whatTheServerItselfRefusesIsAProblemToo() throws Exception {
        try (TestService service = TestService.start(folder)) {
            for (String path : List.of("/api/v1/heals/%00", "/%2e%2e%2f", "/api/v1/heals?entity=%ff")) {
                HttpResponse<String> answer = service.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(path)
                        .startsWith("application/problem+json");
                assertThat(TestService.json(answer).path("status").asInt()).isEqualTo(400);
                assertThat(answer.body()).doesNotContain("Exception", "apache");
            }
        }
    }

    @Test
    void explainSaysWhatItCannotAnswer() throws Exception {
        try (TestService service = TestService.start(folder)) {
            assertThat(service.get("/api/v1/explain?rule=r").body()).contains("`entity` is missing");
            assertThat(service.get("/api/v1/explain?rul=r&entity=e").body()).contains("`rul` is no parameter");
            assertThat(service.get("/api/v1/explain?rule=r&entity=e&at=noon").body())
                    .contains("`at` is `noon`, which is no time");
            assertThat(service.get("/api/v1/explain?rule=r&entity=e&at=2999-01-01T00:00:00Z").body())
                    .contains("`at` lies in the future");
            assertThat(service.get("/api/v1/explain?rule=r&entity=e&format=xml").body()).contains("use json or text");
            assertThat(service.get("/api/v1/explain?rule=r&entity=e").statusCode()).isEqualTo(404);
            assertThat(service.get("/api/v1/explain?rule=r&entity=e").body()).contains("no rule `r` is in force");
        }
    }

    @Test
    void readinessNamesEachStage() throws Exception {
        try (TestService service = TestService.start(folder)) {
            assertThat(service.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}\n");
            HttpResponse<String> ready = service.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(TestService.json(ready).path("stages").valueStream()
                    .map(s -> s.path("stage").asString() + " " + s.path("state").asString()))
                    .containsExactly("journal done", "observation_log done", "http done", "topology done", "packs done",
                            "recovery done", "watching done");
        }
    }

    @Test
    void healsAreFilteredAndAMisspeltFilterShowsNone() throws Exception {
        try (TestService service = TestService.start(folder)) {
            service.healing.heals.add(heal("a", "reboot", "node-1", Optional.of(HealResult.HEALED), 2_000));
            service.healing.heals.add(heal("b", "reboot", "node-2", Optional.empty(), 1_000));
            service.healing.heals.add(heal("c", "clean", "rack/r1", Optional.of(HealResult.FAILED), 0));
            assertThat(traces(service, "")).isEqualTo("abc");
            assertThat(traces(service, "?rule=reboot")).isEqualTo("ab");
            assertThat(traces(service, "?entity=node/node-1")).isEqualTo("a");
            assertThat(traces(service, "?entity=rack/r1")).isEqualTo("c");
            assertThat(traces(service, "?result=in_progress")).isEqualTo("b");
            assertThat(traces(service, "?result=FAILED")).isEqualTo("c");
            assertThat(traces(service, "?since=1970-01-01T00:00:01Z")).isEqualTo("ab");
            assertThat(traces(service, "?since=1500")).isEqualTo("a");
            assertThat(traces(service, "?since=1h")).isEmpty();
            for (String wrong : List.of("?rul=reboot", "?result=DONE", "?since=yesterday")) {
                assertThat(service.get("/api/v1/heals" + wrong).statusCode()).as(wrong).isEqualTo(400);
            }
            assertThat(TestService.json(service.get("/api/v1/heals/0x" + "B".repeat(32))).path("rule").asString())
                    .isEqualTo("reboot");
            assertThat(service.get("/api/v1/heals/" + "0".repeat(32)).statusCode()).isEqualTo(404);
        }
    }

    private static String traces(TestService service, String query) throws Exception {
        return TestService.json(service.get("/api/v1/heals" + query)).path("heals").valueStream()
                .map(h -> h.path("trace_id").asString().substring(0, 1)).reduce("", String::concat);
    }

    private static HealView heal(String digit, String rule, String entity, Optional<HealResult> result, long at) {
        return new HealView(digit.repeat(32), rule, "p 1", entity, Map.of("entity", entity), "high", Mode.AUTO, at,
                result, "no_suppression", List.of(), List.of(), List.of(), Map.of());
    }

    @Test
    void metricsComeAsTextAndAsOpenMetrics() throws Exception {
        try (TestService service = TestService.start(folder)) {
            HttpResponse<String> text = service.get("/metrics");
            assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
            assertThat(text.body()).contains("prunella_samples_total{source=\"http\"} 0.0", "prunella_late_total 3.0",
                    "prunella_heals_in_flight", "prunella_packs_refused 0.0", "jvm_memory_used_bytes");
            HttpResponse<String> open = service.send(HttpRequest.newBuilder(service.uri("/metrics")).header("Accept",
                    "application/openmetrics-text;version=1.0.0"));
            assertThat(open.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/openmetrics-text");
            assertThat(open.body()).endsWith("# EOF\n");
        }
    }

    @Test
    void theDescriptionForMachinesNamesEveryPathAndNoOther() throws Exception {
        try (TestService service = TestService.start(folder)) {
            JsonNode document = JsonMapper.shared().readTree(service.get("/openapi.json").body());
            assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
            Set<String> described = new TreeSet<>();
            document.path("paths").propertyStream().forEach(
                    p -> p.getValue().propertyNames().forEach(method -> described.add(method + " " + p.getKey())));
            assertThat(described).isEqualTo(mapped());
        }
    }

    private static Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        for (Class<?> controller : List.of(IngestController.class, HealsController.class, ExplainController.class,
                PacksController.class,
                StreamController.class, HealthController.class, MetricsController.class, OpenApiController.class)) {
            for (Method method : controller.getDeclaredMethods()) {
                GetMapping get = method.getAnnotation(GetMapping.class);
                PostMapping post = method.getAnnotation(PostMapping.class);
                if (get != null) {
                    mapped.add("get " + get.value()[0].replace("{traceId}", "{trace_id}"));
                }
                if (post != null) {
                    mapped.add("post " + post.value()[0]);
                }
            }
        }
        return mapped;
    }
}
