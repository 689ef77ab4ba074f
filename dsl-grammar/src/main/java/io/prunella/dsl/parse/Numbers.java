package io.prunella.dsl.parse;

import io.prunella.dsl.ast.Dimension;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** What the text of a number means: its unit fixes the dimension (language section 1). */
final class Numbers {
    private static final int LONGEST = 64;
    private static final List<String> UNITS = List.of("ms", "s", "m", "h", "d", "w", "B", "KB", "MB", "GB", "TB", "KiB",
            "MiB", "GiB", "TiB", "%");

    private final Diagnostics diagnostics;

    Numbers(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Where a number that begins at {@code from} ends: digits, units, further digits and units. */
    static int end(String text, int from) {
        int at = from;
        while (true) {
            at = digitsEnd(text, at);
            int unit = at;
            while (at < text.length() && isLetter(text.charAt(at))) {
                at++;
            }
            if (at == unit || at >= text.length() || !isDigit(text.charAt(at))) {
                break;
            }
        }
        if (at + 1 < text.length() && text.charAt(at) == '/' && text.charAt(at + 1) == 's' && text.charAt(at - 1) == 'B'
                && (at + 2 >= text.length() || !isNamePart(text.charAt(at + 2)))) {
            return at + 2;
        }
        if (at < text.length() && text.charAt(at) == '%' && !continuesAfterPercent(text, at + 1)) {
            return at + 1;
        }
        return at;
    }

    // `%` is modulo where a value follows directly.
    private static boolean continuesAfterPercent(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return isNamePart(c) || c == '(' || c == '{' || c == '.';
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
            if (at + 1 + sign < text.length() && isDigit(text.charAt(at + 1 + sign))) {
                at += 1 + sign;
                while (at < text.length() && isDigit(text.charAt(at))) {
                    at++;
                }
            }
        }
        return at;
    }

    /** Sets value and dimension of a NUMBER from its text, or reports why it has none. */
    void read(Lexeme lexeme, String written, Span span) {
        if (written.length() > LONGEST) {
            broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "a number of " + written.length() + " characters",
                    "numbers are at most " + LONGEST + " characters long");
            return;
        }
        int end = digitsEnd(written, 0);
        String digits = written.substring(0, end);
        if (digits.endsWith("_") || digits.contains("__") || digits.contains("_.") || digits.contains("._")) {
            broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "`" + written + "` is no number",
                    "`_` stands between two digits, as in `1_000`");
            return;
        }
        String plain = digits.replace("_", "");
        String unit = written.substring(end);
        if (unit.isEmpty()) {
            number(lexeme, plain, 1, Dimension.NUMBER, written, span);
        } else if (unit.equals("%")) {
            number(lexeme, shifted(plain), 1, Dimension.NUMBER, written, span);
        } else if (bytes(unit) > 0) {
            number(lexeme, plain, bytes(unit), Dimension.BYTES, written, span);
        } else if (unit.endsWith("/s") && bytes(unit.substring(0, unit.length() - 2)) > 0) {
            number(lexeme, plain, bytes(unit.substring(0, unit.length() - 2)), Dimension.BYTES_PER_SECOND, written,
                    span);
        } else {
            duration(lexeme, written, span);
        }
    }

    // 99.9% is the double nearest to decimal 0.999: the exponent moves, not the double.
    private static String shifted(String plain) {
        int e = Math.max(plain.indexOf('e'), plain.indexOf('E'));
        if (e < 0) {
            return plain + "e-2";
        }
        String exponent = plain.substring(e + 1);
        // Anything so long is infinite or zero, whatever two places do.
        return exponent.length() > 9
                ? plain
                : plain.substring(0, e) + "e" + (Integer.parseInt(exponent) - 2);
    }

    private void number(Lexeme lexeme, String plain, double factor, Dimension dimension, String written, Span span) {
        double value = Double.parseDouble(plain) * factor;
        if (Double.isInfinite(value)) {
            broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "`" + written + "` is larger than any number here", "");
            return;
        }
        lexeme.number = value;
        lexeme.dimension = dimension;
    }

    private void duration(Lexeme lexeme, String written, Span span) {
        BigDecimal total = BigDecimal.ZERO;
        long last = Long.MAX_VALUE;
        int at = 0;
        while (at < written.length()) {
            int end = digitsEnd(written, at);
            int unitEnd = end;
            while (unitEnd < written.length() && isLetter(written.charAt(unitEnd))) {
                unitEnd++;
            }
            String unit = written.substring(end, unitEnd);
            long factor = millis(unit);
            if (factor == 0 || end == at) {
                unknownUnit(lexeme, at, unit.isEmpty() ? written.substring(unitEnd) : unit, written, span);
                return;
            }
            if (factor >= last) {
                broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "`" + written + "` is no duration",
                        "units go from large to small and once each, as in `1h30m`");
                return;
            }
            String plain = written.substring(at, end).replace("_", "");
            int e = Math.max(plain.indexOf('e'), plain.indexOf('E'));
            if (e >= 0 && plain.length() - e > 4) {
                broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "`" + written + "` is no duration",
                        "write it without so large an exponent");
                return;
            }
            total = total.add(new BigDecimal(plain).multiply(BigDecimal.valueOf(factor)));
            last = factor;
            at = unitEnd;
        }
        if (total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            broken(lexeme, DiagnosticCode.BAD_NUMBER, span, "`" + written + "` is longer than any duration here", "");
            return;
        }
        BigDecimal whole = total.setScale(0, RoundingMode.DOWN);
        if (whole.compareTo(total) != 0) {
            broken(lexeme, DiagnosticCode.DURATION_TOO_FINE, span, "`" + written + "` is finer than a millisecond",
                    "durations are whole milliseconds");
            return;
        }
        lexeme.millis = whole.longValueExact();
        lexeme.number = lexeme.millis;
        lexeme.dimension = Dimension.DURATION;
    }

    private void unknownUnit(Lexeme lexeme, int at, String unit, String written, Span span) {
        if (at == 0 && (unit.equals("us") || unit.equals("µs") || unit.equals("ns"))) {
            broken(lexeme, DiagnosticCode.DURATION_TOO_FINE, span, "`" + written + "` is finer than a millisecond",
                    "the finest unit of a duration is `ms`");
            return;
        }
        String help = "units are `ms s m h d w`, `B KB MB GB TB`, `KiB MiB GiB TiB`, `%`";
        String close = sameLetters(unit);
        broken(lexeme, DiagnosticCode.UNKNOWN_UNIT, span, "unknown unit `" + unit + "` in `" + written + "`",
                close.isEmpty()
                        ? Closest.to(unit, UNITS).filter(s -> unit.length() > 1)
                                .map(s -> "did you mean `" + s + "`?").orElse(help)
                        : "did you mean `" + close + "`?");
    }

    private static String sameLetters(String unit) {
        for (String known : UNITS) {
            if (known.equalsIgnoreCase(unit)) {
                return known;
            }
        }
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "sec", "secs", "second", "seconds" -> "s";
            case "min", "mins", "minute", "minutes" -> "m";
            case "hr", "hrs", "hour", "hours" -> "h";
            case "day", "days" -> "d";
            case "week", "weeks" -> "w";
            default -> "";
        };
    }

    private void broken(Lexeme lexeme, DiagnosticCode code, Span span, String message, String help) {
        lexeme.broken = true;
        Diagnostics.Reported reported = diagnostics.report(code, span).message("%s", message);
        if (!help.isEmpty()) {
            reported.help(help);
        }
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            case "w" -> 604_800_000;
            default -> 0;
        };
    }

    private static double bytes(String unit) {
        return switch (unit) {
            case "B" -> 1;
            case "KB" -> 1e3;
            case "MB" -> 1e6;
            case "GB" -> 1e9;
            case "TB" -> 1e12;
            case "KiB" -> 1024;
            case "MiB" -> 1048576;
            case "GiB" -> 1073741824;
            case "TiB" -> 1099511627776.0;
            default -> 0;
        };
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 'µ';
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
