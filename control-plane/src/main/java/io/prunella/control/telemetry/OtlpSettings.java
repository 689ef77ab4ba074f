package io.prunella.control.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The standard {@code OTEL_*} variables as far as traces need them.
 *
 * @param endpoint with its path; absent when nothing is to be exported
 * @param problems what was set and cannot be used, each with its cure
 */
record OtlpSettings(Optional<String> endpoint, boolean grpc, Map<String, String> headers, long timeoutMillis,
        boolean gzip, Map<String, String> resource, long delayMillis, java.util.List<String> problems) {

    static OtlpSettings of(Map<String, String> variables) {
        java.util.List<String> problems = new java.util.ArrayList<>();
        String protocol = either(variables, "PROTOCOL").orElse("http/protobuf");
        boolean grpc = protocol.equals("grpc");
        Optional<String> endpoint = endpoint(variables, grpc);
        if (!grpc && !protocol.equals("http/protobuf")) {
            problems.add("`OTEL_EXPORTER_OTLP_PROTOCOL`: `" + protocol
                    + "` is not supported, no traces are sent (use `http/protobuf` or `grpc`)");
            endpoint = Optional.empty();
        }
        if (endpoint.isPresent() && !endpoint.get().matches("https?://[^\\s]+")) {
            problems.add("`OTEL_EXPORTER_OTLP_ENDPOINT`: `" + endpoint.get()
                    + "` is no URL, no traces are sent (use e.g. `http://localhost:4318`)");
            endpoint = Optional.empty();
        }
        String compression = either(variables, "COMPRESSION").orElse("none");
        return new OtlpSettings(endpoint, grpc, pairs(either(variables, "HEADERS").orElse("")),
                number(either(variables, "TIMEOUT"), "OTEL_EXPORTER_OTLP_TIMEOUT", 10_000, problems),
                compression.equals("gzip"), pairs(variables.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "")),
                number(value(variables, "OTEL_BSP_SCHEDULE_DELAY"), "OTEL_BSP_SCHEDULE_DELAY", 1_000, problems),
                problems);
    }

    private static Optional<String> endpoint(Map<String, String> variables, boolean grpc) {
        boolean off = value(variables, "OTEL_SDK_DISABLED").filter(v -> v.equalsIgnoreCase("true")).isPresent()
                || value(variables, "OTEL_TRACES_EXPORTER").filter(v -> v.equals("none")).isPresent()
                || value(variables, "OTEL_TRACES_SAMPLER").filter(v -> v.endsWith("always_off")).isPresent();
        if (off) {
            return Optional.empty();
        }
        return value(variables, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
                .or(() -> value(variables, "OTEL_EXPORTER_OTLP_ENDPOINT")
                        .map(base -> grpc ? base : base.replaceAll("/+$", "") + "/v1/traces"));
    }

    private static Optional<String> either(Map<String, String> variables, String what) {
        return value(variables, "OTEL_EXPORTER_OTLP_TRACES_" + what)
                .or(() -> value(variables, "OTEL_EXPORTER_OTLP_" + what)).map(v -> v.toLowerCase(Locale.ROOT).equals(v)
                        || what.equals("HEADERS") ? v : v.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    private static long number(Optional<String> text, String name, long otherwise,
            java.util.List<String> problems) {
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,9}")) {
            problems.add("`" + name + "`: `" + text.get() + "` is no number of milliseconds, `" + otherwise
                    + "` is used");
            return otherwise;
        }
        return Long.parseLong(text.get());
    }

    /** {@code a=b,c=d}, values percent-encoded. */
    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1).strip()));
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
