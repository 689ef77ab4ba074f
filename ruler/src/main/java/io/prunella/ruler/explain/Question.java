package io.prunella.ruler.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to know: how it stood with a rule, for whom, when.
 *
 * @param rule its name, whatever its pack
 * @param entity whom a person named, with or without the kind {@code node}
 * @param subject as firings carry it, one value for each label of {@code by}; with neither, everybody is meant
 * @param at epoch milliseconds; what happened at that very instant has happened
 */
public record Question(String rule, Optional<String> entity, Map<String, String> subject, long at) {
    public Question {
        subject = Collections.unmodifiableMap(new LinkedHashMap<>(subject));
        if (entity.isPresent() && !subject.isEmpty()) {
            throw new IllegalArgumentException("an entity or a subject, not both: " + rule);
        }
    }

    /** As a person asks; all subjects of that entity are answered for. */
    public static Question ofEntity(String rule, String entity, long at) {
        return new Question(rule, Optional.of(entity), Map.of(), at);
    }

    /** About everybody. */
    public static Question ofAll(String rule, long at) {
        return new Question(rule, Optional.empty(), Map.of(), at);
    }

    /** As a firing asks. */
    public static Question ofSubject(String rule, Map<String, String> subject, long at) {
        return new Question(rule, Optional.empty(), subject, at);
    }
}
