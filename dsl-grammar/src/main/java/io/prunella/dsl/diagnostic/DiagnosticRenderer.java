package io.prunella.dsl.diagnostic;

import io.prunella.dsl.ast.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Shows diagnostics: as text for people, as JSON Lines and SARIF 2.1.0 for tools; immutable. */
public final class DiagnosticRenderer {
    private static final int WIDEST_LINE = 160;
    private static final String RESET = "\u001b[0m";

    private final Map<String, Source> sources = new HashMap<>();

    /** Shows the lines of these files; a place in any other file is shown without its line. */
    public DiagnosticRenderer(Iterable<Source> files) {
        for (Source source : files) {
            sources.put(source.path(), source);
        }
    }

    // Text

    /** All of them, an empty line between two. */
    public String text(List<Diagnostic> diagnostics, boolean colour) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            out.append(out.isEmpty() ? "" : "\n").append(text(diagnostic, colour));
        }
        return out.toString();
    }

    /** One of them, with the line it points at and carets under the place; ends with a line end. */
    public String text(Diagnostic d, boolean colour) {
        int gutter = String.valueOf(d.span().line()).length();
        for (Diagnostic.Label label : d.labels()) {
            gutter = Math.max(gutter, String.valueOf(label.span().line()).length());
        }
        StringBuilder out = new StringBuilder();
        String strong = colour ? colourOf(d.severity()) : "";
        out.append(strong).append(d.severity().label()).append('[').append(d.code().id()).append(']')
                .append(colour ? RESET + "\u001b[1m" : "").append(": ").append(d.message()).append(colour ? RESET : "")
                .append('\n');
        place(out, " --> ", d.file(), d.span(), gutter, colour);
        quote(out, d.file(), d.span(), gutter, strong, "", colour);
        for (Diagnostic.Label label : d.labels()) {
            if (!label.file().equals(d.file())) {
                place(out, " ::: ", label.file(), label.span(), gutter, colour);
            }
            quote(out, label.file(), label.span(), gutter, colour ? "\u001b[1;34m" : "", label.text(), colour);
        }
        d.help().ifPresent(help -> {
            for (String line : help.split("\n", -1)) {
                out.append(" ".repeat(Math.max(1, gutterOf(d)))).append(colour ? " \u001b[1;34m=" + RESET : " =")
                        .append(" help: ").append(line).append('\n');
            }
        });
        return out.toString();
    }

    private static int gutterOf(Diagnostic d) {
        int gutter = String.valueOf(d.span().line()).length();
        for (Diagnostic.Label label : d.labels()) {
            gutter = Math.max(gutter, String.valueOf(label.span().line()).length());
        }
        return gutter;
    }

    private static String colourOf(Severity severity) {
        return switch (severity) {
            case ERROR -> "\u001b[1;31m";
            case WARNING -> "\u001b[1;33m";
            case NOTICE -> "\u001b[1;36m";
        };
    }

    private static void place(StringBuilder out, String arrow, String file, Span span, int gutter, boolean colour) {
        out.append(" ".repeat(gutter - 1)).append(colour ? "\u001b[1;34m" : "").append(arrow)
                .append(colour ? RESET : "").append(file).append(':').append(span.line()).append(':')
                .append(span.column()).append('\n');
    }

    private void quote(StringBuilder out, String file, Span span, int gutter, String strong, String label,
            boolean colour) {
        Source source = sources.get(file);
        if (source == null || source.text().isEmpty()) {
            return;
        }
        String bar = colour ? "\u001b[1;34m|" + RESET : "|";
        String line = source.line(span.line());
        int start = Math.min(line.length(), offsetOf(line, span.column()));
        int length = Math.max(1, Math.min(span.end() - span.start(), line.length() - start));
        // A very long line is shown around the place.
        int from = start > WIDEST_LINE ? Math.max(0, start - WIDEST_LINE / 2) : 0;
        int to = Math.min(line.length(), from + WIDEST_LINE);
        String shown = clean(line.substring(from, to));
        String before = clean(line.substring(from, start));
        String under = clean(line.substring(start, Math.min(to, Math.min(line.length(), start + length))));
        out.append(" ".repeat(gutter)).append(' ').append(bar).append('\n');
        String number = String.valueOf(span.line());
        out.append(" ".repeat(gutter - number.length())).append(colour ? "\u001b[1;34m" + number + RESET : number)
                .append(' ').append(bar).append(from > 0 ? " …" : " ").append(shown)
                .append(to < line.length() ? "…" : "").append('\n');
        out.append(" ".repeat(gutter)).append(' ').append(bar).append(from > 0 ? "  " : " ")
                .append(" ".repeat(width(before))).append(strong).append("^".repeat(Math.max(1, width(under))))
                .append(label.isEmpty() ? "" : " " + label).append(strong.isEmpty() ? "" : RESET).append('\n');
    }

    private static int offsetOf(String line, int column) {
        return line.codePointCount(0, line.length()) < column - 1
                ? line.length()
                : line.offsetByCodePoints(0, column - 1);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c == '\t' ? "    " : c < ' ' || c == 127 ? "�" : String.valueOf(c));
        }
        return clean.toString();
    }

    // Columns on a terminal: East Asian characters take two, marks that combine none.
    private static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            int type = Character.getType(c);
            if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
                continue;
            }
            boolean wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)
                    || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
                    || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F)
                    || (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
            width += wide ? 2 : 1;
        }
        return width;
    }

    // JSON Lines

    /** One JSON object a line: code, severity, file, span, message, labels, help (left out where there is none). */
    public String jsonLines(List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic d : diagnostics) {
            Json json = new Json().open('{').key("code").value(d.code().id()).key("severity")
                    .value(d.severity().label()).key("file").value(d.file()).key("span");
            span(json, d.file(), d.span());
            json.key("message").value(d.message()).key("labels").open('[');
            for (Diagnostic.Label label : d.labels()) {
                json.open('{').key("file").value(label.file()).key("span");
                span(json, label.file(), label.span());
                json.key("text").value(label.text()).close('}');
            }
            json.close(']');
            d.help().ifPresent(help -> json.key("help").value(help));
            out.append(json.close('}')).append('\n');
        }
        return out.toString();
    }

    private void span(Json json, String file, Span span) {
        Span end = end(file, span);
        json.open('{').key("line").value(span.line()).key("column").value(span.column()).key("endLine")
                .value(end.line()).key("endColumn").value(end.column()).close('}');
    }

    // The place behind the last character.
    private Span end(String file, Span span) {
        Source source = sources.get(file);
        if (source == null || span.end() > source.text().length()) {
            return new Span(span.end(), span.end(), span.line(), span.column() + span.end() - span.start());
        }
        return source.span(span.end(), span.end());
    }

    // SARIF

    /** A SARIF 2.1.0 log of one run; ends with a line end. */
    public String sarif(List<Diagnostic> diagnostics, String version) {
        Json json = new Json().open('{').key("$schema").value("https://json.schemastore.org/sarif-2.1.0.json")
                .key("version").value("2.1.0").key("runs").open('[').open('{').key("tool").open('{').key("driver")
                .open('{').key("name").value("prunella").key("version").value(version).key("rules").open('[');
        TreeSet<DiagnosticCode> codes = new TreeSet<>();
        diagnostics.forEach(d -> codes.add(d.code()));
        for (DiagnosticCode code : codes) {
            json.open('{').key("id").value(code.id()).key("shortDescription").open('{').key("text").value(code.title())
                    .close('}').close('}');
        }
        json.close(']').close('}').close('}').key("columnKind").value("unicodeCodePoints").key("results").open('[');
        for (Diagnostic d : diagnostics) {
            String help = d.help().map(h -> "; " + h).orElse("");
            json.open('{').key("ruleId").value(d.code().id()).key("level").value(level(d.severity())).key("message")
                    .open('{').key("text").value(d.message() + help).close('}').key("locations").open('[').open('{');
            location(json, d.file(), d.span());
            json.close('}').close(']');
            if (!d.labels().isEmpty()) {
                json.key("relatedLocations").open('[');
                for (Diagnostic.Label label : d.labels()) {
                    json.open('{');
                    location(json, label.file(), label.span());
                    json.key("message").open('{').key("text").value(label.text()).close('}').close('}');
                }
                json.close(']');
            }
            json.close('}');
        }
        return json.close(']').close('}').close(']').close('}') + "\n";
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTICE -> "note";
        };
    }

    private void location(Json json, String file, Span span) {
        Span end = end(file, span);
        json.key("physicalLocation").open('{').key("artifactLocation").open('{').key("uri").value(uri(file)).close('}')
                .key("region").open('{').key("startLine").value(span.line()).key("startColumn").value(span.column())
                .key("endLine").value(end.line()).key("endColumn").value(end.column()).close('}').close('}');
    }

    // Relative references of RFC 3986: what a path may hold and a URI may not is percent-encoded.
    private static String uri(String file) {
        StringBuilder uri = new StringBuilder();
        for (byte b : file.replace('\\', '/').getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || "/._-~!$&'()*+,;=@".indexOf(c) >= 0;
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }
}
