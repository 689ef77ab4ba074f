package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Name;
import io.prunella.dsl.ast.Trigger;
import io.prunella.dsl.ast.Trigger.EventPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a condition or template stands, which decides what it may speak of.
 *
 * @param kind which clause
 * @param event the rule's trigger where it brings events, whose attributes are {@code event.x}
 * @param steps the rule's steps that have an id, with the action of each, or an empty name where it runs none
 */
record Place(Kind kind, Optional<Trigger> event, Map<String, String> steps) {
    Place {
        steps = Map.copyOf(steps);
    }

    /** Where nothing is known of steps. */
    Place(Kind kind, Optional<Trigger> event) {
        this(kind, event, Map.of());
    }

    /** By what an event's attributes are named where the trigger gives it no name of its own. */
    static final String EVENT = "event";

    enum Kind {
        WHERE, WHEN, UNLESS, UNTIL, VERIFY, IF, STEP,
        /** Judged at a decision, for the target. */
        GUARD,
        /** Of a cause and what lies below it. */
        SUPPRESS
    }

    /**
     * Type of an attribute of an event, from its declarations; anything where they don't tell.
     *
     * @param root {@code event}, or the name of one event of a sequence
     */
    Type attribute(String root, String name, Symbols symbols) {
        List<Type.Of> types = new ArrayList<>();
        for (Declaration.Event declared : declared(root, symbols)) {
            for (Declaration.Field field : declared.fields()) {
                if (field.name().text().equals(name)) {
                    Type.named(field.type().text()).ifPresent(types::add);
                }
            }
        }
        boolean agree = !types.isEmpty()
                && types.stream().allMatch(t -> t.dimension() == types.getFirst().dimension());
        return agree && undeclared(root, symbols).isEmpty() ? types.getFirst() : Type.anything();
    }

    /** Declarations of the event's types. */
    List<Declaration.Event> declared(String root, Symbols symbols) {
        return types(root).stream().flatMap(type -> symbols.event(type).stream()).toList();
    }

    /** Types that nothing declares. */
    List<String> undeclared(String root, Symbols symbols) {
        return types(root).stream().filter(type -> symbols.event(type).isEmpty()).toList();
    }

    /** Names given to events of the trigger. */
    List<String> aliases() {
        return patterns().stream().flatMap(p -> p.alias().stream()).map(Name::text).toList();
    }

    private List<String> types(String root) {
        List<EventPattern> patterns = patterns();
        Optional<EventPattern> meant = root.equals(EVENT)
                ? patterns.stream().reduce((_, later) -> later)
                : patterns.stream().filter(p -> p.alias().filter(a -> a.text().equals(root)).isPresent()).findFirst();
        return meant.map(p -> p.types().stream().map(Name::text).toList()).orElse(List.of());
    }

    /** The events that have happened when the rule fires, in their order; an alert declares nothing. */
    private List<EventPattern> patterns() {
        List<EventPattern> patterns = new ArrayList<>();
        if (event.orElse(null) instanceof Trigger.OnEvent on) {
            patterns.add(on.first());
            on.chain().forEach(next -> patterns.add(next.pattern()));
        }
        return patterns;
    }
}
