package io.prunella.plan;

import java.util.Map;

/**
 * Where messages go (language section 7).
 *
 * @param kind {@code log}, {@code telegram}, …
 * @param properties as written; secrets stay references such as {@code env("TOKEN")} and are resolved at use
 */
public record ChannelSpec(String name, String kind, Map<String, Value> properties) {
    public ChannelSpec {
        properties = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(properties));
    }
}
