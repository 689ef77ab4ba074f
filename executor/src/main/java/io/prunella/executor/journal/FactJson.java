package io.prunella.executor.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.prunella.executor.driver.Outcome;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Facts as JSON, one line each; what stands in a journal must be readable by every later version. */
final class FactJson {

    /** Members of a sealed family are told apart by their simple name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Family {}

    private static final JsonMapper MAPPER = JsonMapper.builder().addMixIn(Fact.class, Family.class)
            .addMixIn(Outcome.class, Family.class).addMixIn(Step.class, Family.class)
            .addMixIn(Step.Target.class, Family.class).addMixIn(Value.class, Family.class)
            .addMixIn(Template.Part.class, Family.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private FactJson() {}

    static String write(Fact fact) {
        return MAPPER.writerFor(Fact.class).writeValueAsString(fact);
    }

    static Fact read(String json) throws JournalFailure {
        try {
            return MAPPER.readValue(json, Fact.class);
        } catch (JacksonException e) {
            throw new JournalFailure("a row of the journal cannot be read: " + e.getOriginalMessage(),
                    "it was written by a newer version of Prunella, or changed by hand");
        }
    }
}
