package io.prunella.dsl.diagnostic;

/** Writes JSON: the few shapes that diagnostics need. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private boolean separate;

    Json open(char bracket) {
        comma();
        out.append(bracket);
        separate = false;
        return this;
    }

    Json close(char bracket) {
        out.append(bracket);
        separate = true;
        return this;
    }

    Json key(String name) {
        comma();
        string(name);
        out.append(':');
        separate = false;
        return this;
    }

    Json value(String text) {
        comma();
        string(text);
        separate = true;
        return this;
    }

    Json value(int number) {
        comma();
        out.append(number);
        separate = true;
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void comma() {
        if (separate) {
            out.append(',');
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 127 || loneSurrogate(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean loneSurrogate(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
