package io.prunella.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.control.observations.WatchedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PacksTest {
    @TempDir
    Path folder;

    @BeforeEach
    void onePack() throws IOException {
        Files.createDirectories(folder.resolve("packs"));
        write("base.dl", "base 1.0");
    }

    @Test
    void aChangedPackIsSwappedInAndATouchedOneIsNot() throws Exception {
        try (TestService service = TestService.start(folder)) {
            assertThat(service.healing.loads).containsExactly(List.of("base 1.0"));
            write("base.dl", "base 1.0");
            write("other.dl", "other 2.0");
            IngestTest.eventually(() -> service.healing.loads.size() == 2);
            write("base.dl", "base 1.1");
            IngestTest.eventually(() -> service.healing.loads.size() == 3);
            assertThat(service.healing.loads).last().isEqualTo(List.of("base 1.1", "other 2.0"));
            Files.delete(folder.resolve("packs/other.dl"));
            IngestTest.eventually(() -> service.healing.loads.size() == 4);
            assertThat(service.healing.loads).last().isEqualTo(List.of("base 1.1"));
        }
    }

    @Test
    void aBadPackNeverReplacesAGoodOneAndSaysWhy() throws Exception {
        try (TestService service = TestService.start(folder)) {
            write("base.dl", "error");
            IngestTest.eventually(() -> !packs(service).path(0).path("refused").isNull());
            JsonNode pack = packs(service).path(0);
            assertThat(pack.path("name").asString()).isEqualTo("base");
            assertThat(pack.path("version").asString()).isEqualTo("1.0");
            JsonNode problem = pack.path("refused").path("problems").path(0);
            assertThat(problem.path("code").asString()).isEqualTo("DL104");
            assertThat(problem.path("message").asString()).isEqualTo("`error` is no rule");
            assertThat(problem.path("line").asInt()).isEqualTo(1);
            assertThat(problem.path("help").asString()).isEqualTo("write a rule");
            assertThat(service.get("/readyz").body()).contains("1 refused, see `/api/v1/packs`");
            assertThat(service.healing.loads).hasSize(1);
            write("base.dl", "base 1.2");
            IngestTest.eventually(() -> service.healing.loads.size() == 2);
            assertThat(packs(service).path(0).path("refused").isNull()).isTrue();
        }
    }

    @Test
    void twoPacksOfOneNameAreNotBothInForce() throws Exception {
        write("copy.dl", "base 3.0");
        try (TestService service = TestService.start(folder)) {
            assertThat(service.healing.loads).containsExactly(List.of("base 1.0"));
            assertThat(packs(service).path(1).path("refused").path("problems").path(0).path("message").asString())
                    .startsWith("a pack with this name is in force already, from");
            Files.delete(folder.resolve("packs/base.dl"));
            IngestTest.eventually(() -> service.healing.loads.contains(List.of("base 3.0")));
        }
    }

    @Test
    void aPackWaitsForTheOneThatItRequiresAndKeepsIt() throws Exception {
        write("atop.dl", "atop 1.0 base 1.10");
        try (TestService service = TestService.start(folder)) {
            assertThat(service.healing.loads).containsExactly(List.of("base 1.0"));
            assertThat(refusal(service, 0)).isEqualTo("it requires `base >= \"1.10\"`, and `base` in force is 1.0");
            write("base.dl", "base 1.9");
            IngestTest.eventually(() -> service.healing.loads.size() == 2);
            assertThat(service.healing.loads).last().isEqualTo(List.of("base 1.9"));
            write("base.dl", "base 1.10");
            IngestTest.eventually(() -> service.healing.loads.size() == 3);
            assertThat(service.healing.loads).last().isEqualTo(List.of("atop 1.0", "base 1.10"));
            write("base.dl", "base 1.1");
            IngestTest.eventually(() -> !packs(service).path(1).path("refused").isNull());
            assertThat(refusal(service, 1))
                    .isEqualTo("pack `atop` in force requires `base >= \"1.10\"`, and this is 1.1");
            assertThat(packs(service).path(1).path("version").asString()).isEqualTo("1.10");
            Files.delete(folder.resolve("packs/atop.dl"));
            IngestTest.eventually(() -> service.healing.loads.contains(List.of("base 1.1")));
        }
    }

    @Test
    void packsThatComeTogetherAreJudgedTogether() throws Exception {
        write("atop.dl", "atop 1.0 ground 2");
        write("ground.dl", "ground 2.0.1");
        try (TestService service = TestService.start(folder)) {
            assertThat(service.healing.loads).containsExactly(List.of("atop 1.0", "base 1.0", "ground 2.0.1"));
            assertThat(packs(service).path(0).path("refused").isNull()).isTrue();
        }
    }

    private static String refusal(TestService service, int place) {
        return packs(service).path(place).path("refused").path("problems").path(0).path("message").asString();
    }

    @Test
    void aFolderThatVanishesUnloadsNothing() throws Exception {
        try (TestService service = TestService.start(folder)) {
            Files.move(folder.resolve("packs"), folder.resolve("moved"));
            IngestTest.eventually(() -> body(service, "/readyz").contains("it does not exist"));
            assertThat(packs(service).path(0).path("version").asString()).isEqualTo("1.0");
            assertThat(service.healing.loads).hasSize(1);
            Files.move(folder.resolve("moved"), folder.resolve("packs"));
            IngestTest.eventually(() -> body(service, "/readyz").contains("1 in force"));
        }
    }

    @Test
    void aStopIsToldToTheLoopBeforeItIsClosed() throws Exception {
        FakeHealing healing = new FakeHealing();
        TestService.start(folder, WatchedDisk.counting(), healing, 0).close();
        assertThat(healing.calls).containsExactly("load", "recover", "replay", "begin", "stop by shutdown", "close");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("packs").resolve(name), text);
    }

    private static JsonNode packs(TestService service) {
        return tools.jackson.databind.json.JsonMapper.shared().readTree(body(service, "/api/v1/packs"))
                .path("packs");
    }

    private static String body(TestService service, String path) {
        try {
            return service.send(java.net.http.HttpRequest.newBuilder(service.uri(path))).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
