package io.prunella.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.ruler.Observation.EventSeen;
import io.prunella.ruler.Observation.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FiringJsonTest {

    @Test
    void tellsAllOfEachTermInFull() {
        List<Firing> firings = new ArrayList<>();
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}), firings::add);
        ruler.load(List.of(Fixtures.compile("r.dl", """
                on event: "e" where event.reason == "oom"
                when: load{core="1"} > 95% for 10s AND mem / total >= 50% AND label.rack =~ "r.*" AND duration > 30s
                then: notify("log", "x")
                """)));
        ruler.offer(new Sample(0, "a", "load", Map.of("core", "1", "rack", "r3"), 0.97));
        ruler.offer(new Sample(0, "a", "mem", Map.of(), 5));
        ruler.offer(new Sample(0, "a", "total", Map.of(), 10));
        ruler.offer(new EventSeen(0, "a", "e", Optional.of("e-1"), false, Map.of("reason", new Scalar.Text("oom")),
                Map.of()));
        ruler.advanceTo(60_000);
        String line = FiringJson.write(firings.getFirst(), true);
        assertThat(line.substring(line.indexOf("\"because\""))).isEqualTo("\"because\":{"
                + "\"load{core=\\\"1\\\"}\":{\"value\":0.97,\"operator\":\">\",\"threshold\":0.95,\"hold\":\"10s\","
                + "\"series\":[\"load{core=\\\"1\\\",rack=\\\"r3\\\"}\"]},"
                + "\"mem\":{\"value\":5,\"series\":[\"mem\"]},\"total\":{\"value\":10,\"series\":[\"total\"]},"
                + "\"label.rack\":{\"value\":\"r3\",\"operator\":\"=~\",\"threshold\":\"r.*\"},"
                + "\"duration\":{\"value\":\"30.001s\",\"operator\":\">\",\"threshold\":\"30s\"},"
                + "\"event.reason\":{\"value\":\"oom\",\"operator\":\"==\",\"threshold\":\"oom\"},"
                + "\"event\":{\"value\":\"e-1\"}}}");
    }

    @Property
    void numbersReadBack(@ForAll double value) {
        assertThat(Double.parseDouble(Printed.number(value).replace("Inf", "Infinity"))).isEqualTo(value);
    }

    @Test
    void numbersAreShort() {
        assertThat(
                List.of(5.0, 0.97, -0.0, 1e9, 1e21, 1.5e-7, 0.000001, 123456.789, 1e300).stream().map(Printed::number))
                .containsExactly("5", "0.97", "-0", "1000000000", "1e+21", "1.5e-7", "0.000001", "123456.789",
                        "1e+300");
    }
}
