package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every name that a pack declares.
 *
 * @param single whether one file is the whole pack, so that it need not declare what it uses
 * @param complete whether all text could be read; if not, what seems to be missing may stand in the part that was not
 * @param rules in the order of files and positions
 */
public record Symbols(PackHeader pack, boolean single, boolean complete,
        Map<String, Declared<Declaration.Metric>> metrics, Map<String, Declared<Declaration.Event>> events,
        Map<String, Declared<Declaration.Action>> actions, Map<String, Declared<Declaration.Channel>> channels,
        List<RuleDeclaration> rules, List<Declared<Declaration.Test>> tests,
        List<Declared<Declaration.Guard>> guards, List<Declared<Declaration.Suppress>> suppressions) {
    public static final Symbols NONE = new Symbols(new PackHeader("", "0.0.0", PackHeader.Defaults.NONE), true, true,
            Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(), List.of());

    public Symbols {
        metrics = ordered(metrics);
        events = ordered(events);
        actions = ordered(actions);
        channels = ordered(channels);
        rules = List.copyOf(rules);
        tests = List.copyOf(tests);
        guards = List.copyOf(guards);
        suppressions = List.copyOf(suppressions);
    }

    public Optional<Declaration.Metric> metric(String name) {
        return Optional.ofNullable(metrics.get(name)).map(Declared::declaration);
    }

    public Optional<Declaration.Event> event(String type) {
        return Optional.ofNullable(events.get(type)).map(Declared::declaration);
    }

    public Optional<Declaration.Action> action(String name) {
        return Optional.ofNullable(actions.get(name)).map(Declared::declaration);
    }

    /** Names of rules, in order. */
    public Collection<String> ruleNames() {
        return rules.stream().map(RuleDeclaration::name).toList();
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
