package io.prunella.compiler.rule;

import io.prunella.plan.ActionSpec;
import io.prunella.plan.ChannelSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pack that passed its checks: all that the ruler and the executor need of it.
 *
 * @param version {@code 0.0.0} for a single file
 * @param digest {@code sha256:} and 64 hex digits, over names and contents of all its files
 * @param folder absolute path, for the files that actions run; empty where there is none
 * @param rules in the order of files (path) and positions
 * @param metrics every metric that a rule names, by name
 * @param requires other packs that have to be in force with it
 */
public record PackModel(String name, String version, String digest, String folder, List<RuleModel> rules,
        Map<String, MetricModel> metrics, List<ActionSpec> actions, List<ChannelSpec> channels,
        List<GuardModel> guards, List<SuppressModel> suppressions, List<PackRequirement> requires) {
    /** One that requires no other. */
    public PackModel(String name, String version, String digest, String folder, List<RuleModel> rules,
            Map<String, MetricModel> metrics, List<ActionSpec> actions, List<ChannelSpec> channels,
            List<GuardModel> guards, List<SuppressModel> suppressions) {
        this(name, version, digest, folder, rules, metrics, actions, channels, guards, suppressions, List.of());
    }

    public PackModel {
        rules = List.copyOf(rules);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        actions = List.copyOf(actions);
        channels = List.copyOf(channels);
        guards = List.copyOf(guards);
        suppressions = List.copyOf(suppressions);
        requires = List.copyOf(requires);
    }
}
