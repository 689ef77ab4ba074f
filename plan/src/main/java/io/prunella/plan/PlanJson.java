package io.prunella.plan;

import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Plans as JSON, so that what was decided can be kept, compared and carried out by another process.
 *
 * <p>Lengths of time are whole milliseconds. Members that a reader does not know are ignored; a newer
 * {@link ExecutionPlan#SCHEMA} is refused.
 */
public final class PlanJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PlanJson() {}

    /** What became of reading. */
    public sealed interface Read {

        record Plan(ExecutionPlan plan) implements Read {}

        /** No plan that this version knows: {@code reason} is one sentence without a final stop. */
        record Refused(String reason) implements Read {}
    }

    /** The plan on one line: equal plans give equal text. */
    public static String write(ExecutionPlan plan) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(plan, generator);
        }
        return out.toString();
    }

    /** The plan as the next value of a larger text. */
    public static void write(ExecutionPlan plan, JsonGenerator out) {
        new PlanWriter(out).plan(plan);
    }

    /** Reads what {@link #write(ExecutionPlan)} wrote, now or in an earlier version. */
    public static Read read(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return new Read.Plan(PlanReader.plan(JsonTree.read(parser)));
        } catch (JacksonException e) {
            return new Read.Refused("no JSON: " + e.getOriginalMessage());
        } catch (JsonTree.Malformed e) {
            return new Read.Refused(e.reason());
        }
    }
}
