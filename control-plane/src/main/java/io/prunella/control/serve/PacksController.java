package io.prunella.control.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells which packs are in force, and what is wrong with one that is not. */
@RestController
final class PacksController {
    private final Supplier<List<PackWatcher.PackView>> packs;

    PacksController(Supplier<List<PackWatcher.PackView>> packs) {
        this.packs = packs;
    }

    @GetMapping("/api/v1/packs")
    ResponseEntity<byte[]> packs() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("packs", packs.get().stream().map(PackWatcher::json).toList());
        return Json.answer(200, answer);
    }
}
