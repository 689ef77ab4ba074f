package io.prunella.control.serve;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers; the order of members is that in which they were put. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** On one line. */
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static ResponseEntity<byte[]> answer(int status, Object value) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON)
                .body((line(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
