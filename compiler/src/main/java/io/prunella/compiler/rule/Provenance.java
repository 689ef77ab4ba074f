package io.prunella.compiler.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each value of a rule's plan comes from, for the SRE who asks why a step waits 45 s.
 *
 * @param fields by path such as {@code then[0].timeout}, {@code mode}, {@code verify.within}
 */
public record Provenance(Map<String, Origin> fields) {
    public Provenance {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The three places that can say something, the first that does wins. */
    public enum Origin {
        RULE("rule"), PACK_DEFAULTS("pack defaults"), BUILT_IN("built-in");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        /** As printed by {@code compile --plan}. */
        public String label() {
            return label;
        }
    }
}
