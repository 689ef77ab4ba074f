package io.prunella.control.serve;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes the interface to machines. */
@RestController
final class OpenApiController {

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> openApi() throws IOException {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document());
    }

    static byte[] document() throws IOException {
        try (InputStream in = OpenApiController.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not in the jar");
            }
            return in.readAllBytes();
        }
    }
}
