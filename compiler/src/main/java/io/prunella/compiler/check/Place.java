package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a condition or template stands, which decides what it may speak of.
 *
 * @param kind which clause
 * @param event the rule's event trigger, whose attributes are {@code event.x}
 */
record Place(Kind kind, Optional<Trigger.OnEvent> event) {

    enum Kind {
        WHERE, WHEN, UNLESS, VERIFY, IF, STEP,
        /** Judged at a decision, for the target. */
        GUARD,
        /** Of a cause and what lies below it. */
        SUPPRESS
    }

    /** Type of an attribute of the event, from its declarations; anything where they don't tell. */
    Type attribute(String name, Symbols symbols) {
        List<Type.Of> types = new ArrayList<>();
        for (Declaration.Event declared : declared(symbols)) {
            for (Declaration.Field field : declared.fields()) {
                if (field.name().text().equals(name)) {
                    Type.named(field.type().text()).ifPresent(types::add);
                }
            }
        }
        boolean agree = !types.isEmpty()
                && types.stream().allMatch(t -> t.dimension() == types.getFirst().dimension());
        return agree && undeclared(symbols).isEmpty() ? types.getFirst() : Type.anything();
    }

    /** Declarations of the event's types. */
    List<Declaration.Event> declared(Symbols symbols) {
        return types().stream().flatMap(type -> symbols.event(type).stream()).toList();
    }

    /** Types that nothing declares. */
    List<String> undeclared(Symbols symbols) {
        return types().stream().filter(type -> symbols.event(type).isEmpty()).toList();
    }

    /** Names given to events of a sequence. */
    static List<String> aliases(Trigger.OnEvent event) {
        List<String> names = new ArrayList<>();
        event.first().alias().ifPresent(a -> names.add(a.text()));
        event.chain().forEach(c -> c.pattern().alias().ifPresent(a -> names.add(a.text())));
        return names;
    }

    private List<String> types() {
        return event.map(e -> e.first().types().stream().map(n -> n.text()).toList()).orElse(List.of());
    }
}
