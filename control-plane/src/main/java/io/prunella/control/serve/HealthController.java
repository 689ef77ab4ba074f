package io.prunella.control.serve;

import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells whoever watches the service whether it lives, and whether it can do its work. */
@RestController
final class HealthController {
    private final Startup startup;

    HealthController(Startup startup) {
        this.startup = startup;
    }

    /** That somebody answers is the answer. */
    @GetMapping("/healthz")
    ResponseEntity<byte[]> healthz() {
        return Json.answer(200, Map.of("status", "ok"));
    }

    @GetMapping("/readyz")
    ResponseEntity<byte[]> readyz() {
        return Json.answer(startup.ready() ? 200 : 503, startup.report());
    }
}
