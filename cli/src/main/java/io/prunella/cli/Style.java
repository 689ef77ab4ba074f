package io.prunella.cli;

/** Colour on a terminal, plain text elsewhere. */
final class Style {
    private final boolean colour;

    private Style(boolean colour) {
        this.colour = colour;
    }

    static Style of(boolean colour) {
        return new Style(colour);
    }

    boolean colour() {
        return colour;
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("1;31", text);
    }

    String warning(String text) {
        return paint("33", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    String quiet(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
