package io.prunella.ruler.recording;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * Says of a line that is no JSON what is wrong with it, in the user's terms and not the parser's.
 *
 * @param message the cause
 * @param cure what to write instead
 */
public record BrokenJson(String message, String cure) {
    private static final Pattern BARE = Pattern.compile("[:\\s]([-+]?(?:NaN|Inf(?:inity)?))\\b(?!\")");

    /** Of what the parser said about a line. */
    public static BrokenJson of(JacksonException broken, String line) {
        var bare = BARE.matcher(line);
        if (bare.find()) {
            String spelled = switch (bare.group(1)) {
                case "NaN", "-NaN", "+NaN" -> "NaN";
                case String s when s.startsWith("-") -> "-Inf";
                case String _ -> "+Inf";
            };
            return new BrokenJson("broken JSON: `" + bare.group(1) + "` is no number of JSON",
                    "write `\"" + spelled + "\"`, in quotes");
        }
        String message = String.valueOf(broken.getOriginalMessage());
        if (message.startsWith("Duplicate")) {
            return new BrokenJson("a key stands twice", "say each thing once");
        }
        if (message.startsWith("Trailing token")) {
            return new BrokenJson("something follows the object", "write one object a line");
        }
        int column = broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr();
        return new BrokenJson("broken JSON" + (column > 0 ? " at column " + column : ""),
                "each line has to be one whole JSON object");
    }
}
