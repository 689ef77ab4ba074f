package io.prunella.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.plan.PlanJson.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("plans") ExecutionPlan plan) {
        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(new Read.Plan(plan));
    }

    @Test
    void refusesAnotherSchema() {
        String newer = PlanJson.write(empty()).replace("\"schema\":1", "\"schema\":2");
        assertThat(PlanJson.read(newer))
                .isEqualTo(new Read.Refused("a plan of schema 2, and this version knows 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "1", "{\"schema\":1}", "{\"schema\":\"1\"}", "{} {}",
            "{\"schema\":99999999999999999999}"})
    void refusesWhatIsNoPlan(String text) {
        assertThat(PlanJson.read(text)).isInstanceOf(Read.Refused.class);
    }

    @Test
    void everyPrefixOfAPlanIsRefused() {
        String json = PlanJson.write(empty());
        for (int i = 0; i < json.length(); i++) {
            assertThat(PlanJson.read(json.substring(0, i))).isInstanceOf(Read.Refused.class);
        }
    }

    @Test
    void ignoresMembersOfLaterVersions() {
        String json = PlanJson.write(empty()).replace("\"schema\":1", "\"schema\":1,\"later\":{\"x\":[1,null]}");
        assertThat(PlanJson.read(json)).isEqualTo(new Read.Plan(empty()));
    }

    private static ExecutionPlan empty() {
        return new ExecutionPlan("r", "p 1", List.of(), Optional.empty(), List.of(), List.of(), List.of(), List.of(),
                List.of());
    }

    @Provide
    Arbitrary<ExecutionPlan> plans() {
        return Combinators.combine(text(), text(), steps(), verify().optional(), steps(), actions(), channels())
                .as((rule, pack, then, verify, other, actions, channels) -> new ExecutionPlan(rule, pack, then, verify,
                        other, List.of(), other, actions, channels));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(8);
    }

    private static Arbitrary<Long> millis() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    private static Arbitrary<ConditionRef> condition() {
        return Combinators.combine(text(), Arbitraries.integers(), text()).as(ConditionRef::new);
    }

    private static Arbitrary<Verify> verify() {
        return Combinators.combine(condition(), millis(), millis().optional()).as(Verify::new);
    }

    private static Arbitrary<Template.Part.Lookup> lookup() {
        return Combinators.combine(text(), text().list().ofMaxSize(2)).as(Template.Part.Lookup::new);
    }

    private static Arbitrary<Template> template() {
        Arbitrary<Template.Part> part = Arbitraries.oneOf(text().map(Template.Part.Literal::new), lookup());
        return part.list().ofMaxSize(3).map(Template::new);
    }

    private static Arbitrary<Value> value() {
        Arbitrary<Value> leaf = Arbitraries.oneOf(template().map(Value.Text::new),
                Arbitraries.doubles().map(Value.Quantity::new),
                Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0).map(Value.Quantity::new),
                millis().map(Value.Duration::new), Arbitraries.of(true, false).map(Value.Flag::new),
                lookup().map(Value.Reference::new));
        return Arbitraries.recursive(() -> leaf, inner -> Arbitraries.oneOf(inner,
                inner.list().ofMaxSize(2).map(Value.Items::new), values(inner).map(Value.Fields::new)), 0, 2);
    }

    private static Arbitrary<Map<String, Value>> values(Arbitrary<Value> value) {
        return Arbitraries.maps(text(), value).ofMaxSize(2).map(LinkedHashMap::new);
    }

    private static Arbitrary<Step.StepSettings> settings() {
        Arbitrary<Step.Backoff> backoff = Combinators.combine(millis(), Arbitraries.doubles(), millis())
                .as(Step.Backoff::new);
        return Combinators.combine(text(), millis(), Arbitraries.integers(), backoff,
                Arbitraries.of(Step.OnFailure.values()), condition().optional()).as(Step.StepSettings::new);
    }

    private static Arbitrary<Step.Target> target() {
        Arbitrary<OptionalInt> atOnce = Arbitraries.of(OptionalInt.empty(), OptionalInt.of(3));
        return Arbitraries.oneOf(Arbitraries.create(Step.Target.Self::new),
                Arbitraries.create(Step.Target.Parent::new), template().map(Step.Target.Named::new),
                Combinators.combine(condition().optional(), atOnce).as(Step.Target.Nodes::new));
    }

    private static Arbitrary<List<Step>> steps() {
        Arbitrary<Step> leaf = Arbitraries.oneOf(
                Combinators.combine(text(), values(value()), target(), settings()).as(Step.Execute::new),
                Combinators.combine(text(), values(value()), target(), settings()).as(Step.Collect::new),
                Combinators.combine(text(), template(), settings()).as(Step.Notify::new),
                Combinators.combine(millis(), settings()).as(Step.Wait::new),
                Combinators.combine(condition(), millis(), settings()).as(Step.WaitUntil::new),
                Combinators.combine(text(), millis(), settings()).as(Step.Approve::new),
                Combinators.combine(text(), values(value()), settings()).as(Step.Emit::new),
                Combinators.combine(text(), values(value()), settings()).as(Step.Ticket::new));
        Arbitrary<Step> parallel = Combinators.combine(leaf.list().ofMaxSize(2), settings()).as(Step.Parallel::new);
        return Arbitraries.oneOf(leaf, parallel).list().ofMaxSize(3);
    }

    private static Arbitrary<List<ActionSpec>> actions() {
        Arbitrary<ActionSpec.Parameter> parameter = Combinators.combine(text(), text(), value().optional())
                .as(ActionSpec.Parameter::new);
        Arbitrary<ActionSpec.Use> use = Combinators.combine(text(), value().list().ofMaxSize(2))
                .as(ActionSpec.Use::new);
        Arbitrary<OptionalInt> whole = Arbitraries.of(OptionalInt.empty(), OptionalInt.of(7));
        Arbitrary<ActionSpec.Expects> expects = Combinators.combine(whole, text().optional())
                .as(ActionSpec.Expects::new);
        Arbitrary<ActionSpec.Health> health = Combinators.combine(text(), template()).as(ActionSpec.Health::new);
        Arbitrary<ActionSpec.Sandbox> sandbox = Combinators.combine(Arbitraries.doubles().optional(),
                Arbitraries.doubles().optional(), whole, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(ActionSpec.Sandbox::new);
        Arbitrary<ActionSpec> first = Combinators.combine(text(), parameter.list().ofMaxSize(2),
                use.list().ofMaxSize(2), values(value()), value().optional(), expects.optional(),
                health.list().ofMaxSize(2), sandbox)
                .as((name, parameters, uses, properties, check, expected, services, limits) -> new ActionSpec(name,
                        parameters, uses, properties, check, true, false, List.of("ssh"), List.of("/x"), expected,
                        services, Map.of("boot_id", "string"), limits, name, "/srv/pack"));
        return first.list().ofMaxSize(2);
    }

    private static Arbitrary<List<ChannelSpec>> channels() {
        return Combinators.combine(text(), text(), values(value())).as(ChannelSpec::new).list().ofMaxSize(2);
    }
}
