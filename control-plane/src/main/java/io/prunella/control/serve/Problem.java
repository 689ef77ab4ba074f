package io.prunella.control.serve;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A refusal as RFC 9457 writes it: what is wrong in {@code detail}, what to do about it in {@code help}.
 *
 * @param kind the last part of the type's URI
 * @param more further members of the object, in order
 * @param headers of the answer
 */
record Problem(int status, String kind, String title, String detail, String help, Map<String, Object> more,
        Map<String, String> headers) {
    private static final MediaType TYPE = MediaType.APPLICATION_PROBLEM_JSON;

    Problem {
        more = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(more));
        headers = Map.copyOf(headers);
    }

    static Problem of(int status, String kind, String title, String detail, String help) {
        return new Problem(status, kind, title, detail, help, Map.of(), Map.of());
    }

    Problem with(String member, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(member, value);
        return new Problem(status, kind, title, detail, help, all, headers);
    }

    Problem header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(status, kind, title, detail, help, more, all);
    }

    /** The body. */
    byte[] json(String path) {
        return text(path).getBytes(StandardCharsets.UTF_8);
    }

    String text(String path) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:prunella:problem:" + kind);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("help", help);
        members.put("instance", path);
        members.putAll(more);
        return Json.line(members);
    }

    ResponseEntity<byte[]> answer(String path) {
        HttpHeaders all = new HttpHeaders();
        headers.forEach(all::add);
        all.setContentType(TYPE);
        return ResponseEntity.status(status).headers(all).body(json(path));
    }
}
