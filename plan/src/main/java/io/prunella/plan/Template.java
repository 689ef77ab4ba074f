package io.prunella.plan;

import java.util.List;

/**
 * Text with {@code {{ … }}}, taken apart when the pack is compiled, so that what is substituted is data: never code,
 * a shell word, or a template of its own.
 */
public record Template(List<Part> parts) {
    public Template {
        parts = List.copyOf(parts);
    }

    /** Text without anything to look up. */
    public static Template literal(String text) {
        return new Template(List.of(new Part.Literal(text)));
    }

    /** A piece of a template. */
    public sealed interface Part {

        record Literal(String text) implements Part {}

        /**
         * Something known only when the rule has fired.
         *
         * @param root {@code rule}, {@code entity}, {@code event}, {@code label}, {@code value}, {@code result},
         *        {@code trace_id}, {@code steps}, or an action parameter
         * @param path what follows: {@code [reason]} of {@code event.reason}, {@code [cpu_load]} of
         *        {@code value(cpu_load)}
         */
        record Lookup(String root, List<String> path) implements Part {
            public Lookup {
                path = List.copyOf(path);
            }
        }
    }
}
