package io.prunella.compiler.check;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Expr;
import java.util.Optional;

/** What is known of a value's dimension before it has a value. */
sealed interface Type {

    /**
     * A value of that dimension.
     *
     * @param label what users call it: a ratio is a number, and they said ratio
     */
    record Of(Dimension dimension, String label) implements Type {
        static Of of(Dimension dimension) {
            return new Of(dimension, dimension.label());
        }

        /** For a sentence: {@code a ratio}, {@code bytes}. */
        String phrase() {
            return Type.phrase(label);
        }
    }

    /** Fits everywhere: a bare 0, an attribute that nothing declares, or something that was refused already. */
    record Anything() implements Type {}

    static Type anything() {
        return new Anything();
    }

    static String phrase(String label) {
        return label.startsWith("bytes") ? label : "a " + label;
    }

    default Optional<Dimension> known() {
        return switch (this) {
            case Of of -> Optional.of(of.dimension());
            case Anything _ -> Optional.empty();
        };
    }

    /** Of a literal; a bare {@code 0} fits every dimension. */
    static Type of(Expr.NumberLiteral number) {
        if (number.value() == 0 && number.dimension() == Dimension.NUMBER && !number.percent()) {
            return anything();
        }
        return new Of(number.dimension(), number.percent() ? "ratio" : number.dimension().label());
    }

    /** The type that a declaration names, as in {@code metric x: ratio}. */
    static Optional<Of> named(String name) {
        return switch (name) {
            case "ratio", "number" -> Optional.of(new Of(Dimension.NUMBER, name));
            case "duration" -> Optional.of(Of.of(Dimension.DURATION));
            case "bytes" -> Optional.of(Of.of(Dimension.BYTES));
            case "bytes_per_second" -> Optional.of(Of.of(Dimension.BYTES_PER_SECOND));
            case "string" -> Optional.of(Of.of(Dimension.STRING));
            case "bool", "boolean" -> Optional.of(Of.of(Dimension.BOOLEAN));
            default -> Optional.empty();
        };
    }
}
