package io.prunella.ruler.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.SeriesSelector.LabelMatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityMappingTest {

    @Test
    void namesANodeByItsLabelAndElseByItsAddress() {
        assertThat(EntityMapping.DEFAULT.of(Map.of("node", "n1", "instance", "10.0.0.1:9100"))).contains("n1");
        assertThat(EntityMapping.DEFAULT.of(Map.of("instance", "10.0.0.1:9100"))).contains("10.0.0.1");
        assertThat(EntityMapping.DEFAULT.of(Map.of("instance", "[::1]:9100"))).contains("[::1]");
        assertThat(EntityMapping.DEFAULT.of(Map.of("instance", "[::1]"))).contains("[::1]");
        assertThat(EntityMapping.DEFAULT.of(Map.of("rack", "r3", "node", ""))).isEmpty();
    }

    @Test
    void neverNamesTheAddressOfWhoSpeaksForOthers() {
        Map<String, String> pod = Map.of("job", "kube-state-metrics", "instance", "ksm:8080", "namespace", "shop",
                "pod", "cart-0", "node", "n1");
        assertThat(EntityMapping.DEFAULT.of(pod)).contains("pod/shop/cart-0");
        assertThat(EntityMapping.DEFAULT.of(Map.of("job", "kube-state-metrics", "node", "n1"))).contains("n1");
        assertThat(EntityMapping.DEFAULT.of(Map.of("job", "kube-state-metrics", "instance", "ksm:8080"))).isEmpty();
    }

    @Test
    void takesTheFirstThatFitsAndFindsAName() {
        EntityMapping mapping = new EntityMapping(List.of(
                new EntityMapping.Rule(List.of(new LabelMatch.Equal("job", "blackbox")),
                        List.of(new EntityMapping.Name("service", "{env}-{target}"))),
                new EntityMapping.Rule(List.of(), List.of(new EntityMapping.Name("node", "{instance}")))), Map.of());
        assertThat(mapping.of(Map.of("job", "blackbox", "env", "prod", "target", "shop", "instance", "x")))
                .contains("service/prod-shop");
        assertThat(mapping.of(Map.of("job", "blackbox", "instance", "x"))).isEmpty();
        assertThat(mapping.of(Map.of("instance", "x"))).contains("x");
    }

    @Test
    void knowsOneMachineByAllItsNames() {
        EntityMapping mapping = new EntityMapping(EntityMapping.DEFAULT.rules(), Map.of("10.0.0.1", "n1"));
        assertThat(mapping.of(Map.of("instance", "10.0.0.1:9100"))).contains("n1");
        assertThat(mapping.meant("10.0.0.1")).isEqualTo("n1");
        assertThat(mapping.meant("n2")).isEqualTo("n2");
    }

    @Test
    void readsOnlyTemplatesThatAskForALabel() {
        assertThat(EntityMapping.Name.readable("{namespace}/{pod}")).isTrue();
        assertThat(EntityMapping.Name.readable("{instance:host}")).isTrue();
        assertThat(EntityMapping.Name.readable("pod")).isFalse();
        assertThat(EntityMapping.Name.readable("{pod")).isFalse();
        assertThat(EntityMapping.Name.readable("{instance:port}")).isFalse();
    }
}
