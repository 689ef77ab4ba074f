package io.prunella.compiler.check;

import io.prunella.plan.Template;
import io.prunella.plan.Template.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes text with {@code {{ … }}} apart. */
public final class TemplateText {
    private TemplateText() {}

    /** A piece of such a text; offsets count UTF-16 units of the text. */
    public sealed interface Piece {

        record Literal(String text) implements Piece {}

        /**
         * A placeholder.
         *
         * @param inside what stands between the braces
         * @param lookup what it means; empty when it means nothing
         */
        record Placeholder(String inside, Optional<Part.Lookup> lookup, int start, int end) implements Piece {}

        record Unclosed(int start) implements Piece {}
    }

    public static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                break;
            }
            if (open > at) {
                pieces.add(new Piece.Literal(text.substring(at, open)));
            }
            int close = text.indexOf("}}", open + 2);
            if (close < 0) {
                pieces.add(new Piece.Unclosed(open));
                return pieces;
            }
            String inside = text.substring(open + 2, close).strip();
            pieces.add(new Piece.Placeholder(inside, lookup(inside), open, close + 2));
            at = close + 2;
        }
        if (at < text.length()) {
            pieces.add(new Piece.Literal(text.substring(at)));
        }
        return pieces;
    }

    /** The template of a text that was checked. */
    public static Template read(String text) {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : pieces(text)) {
            switch (piece) {
                case Piece.Literal literal -> parts.add(new Part.Literal(literal.text()));
                case Piece.Placeholder placeholder -> parts.add(placeholder.lookup().orElseThrow(
                        () -> new IllegalStateException("unchecked placeholder: " + placeholder.inside())));
                case Piece.Unclosed _ -> throw new IllegalStateException("unchecked template: " + text);
            }
        }
        return new Template(parts);
    }

    private static Optional<Part.Lookup> lookup(String inside) {
        if (inside.startsWith("value(") && inside.endsWith(")")) {
            String metric = inside.substring("value(".length(), inside.length() - 1).strip();
            return metricName(metric) ? Optional.of(new Part.Lookup("value", List.of(metric))) : Optional.empty();
        }
        String[] names = inside.split("\\.", -1);
        for (String name : names) {
            if (!name(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Part.Lookup(names[0], List.of(names).subList(1, names.length)));
    }

    private static boolean metricName(String text) {
        return !text.isEmpty() && List.of(text.split("[.:]", -1)).stream().allMatch(TemplateText::name);
    }

    private static boolean name(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
