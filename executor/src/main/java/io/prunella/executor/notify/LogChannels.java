package io.prunella.executor.notify;

import io.prunella.executor.driver.FailureCode;
import io.prunella.executor.driver.Outcome;
import io.prunella.plan.HealOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes messages as lines: the channel of kind {@code log}, which needs nothing set up. Other kinds are refused.
 * Thread-safe if its sink is.
 */
public final class LogChannels implements Channels {
    private final Consumer<String> sink;

    /**
     * Writes to a sink.
     *
     * @param sink takes one line, without its end, that holds no control characters
     */
    public LogChannels(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public Outcome send(Message message) {
        var kind = message.channel().kind();
        if (!kind.equals("log")) {
            return new Outcome.Refused(FailureCode.NOT_AVAILABLE, "channels of kind `" + kind
                    + "` are not available yet, so nothing was sent to `" + message.channel().name() + "`");
        }
        sink.accept(line(message));
        return new Outcome.Succeeded(Map.of());
    }

    /** {@code key=value} pairs, the text last; what comes from outside stands in quotes, its quotes and ends escaped. */
    static String line(Message message) {
        HealOrder order = message.order();
        var fields = new LinkedHashMap<String, String>();
        fields.put("channel", message.channel().name());
        fields.put("trace_id", order.traceId());
        fields.put("action_id", message.actionId());
        fields.put("rule", order.plan().rule());
        fields.put("entity", order.entity());
        fields.put("severity", order.severity());
        message.result().ifPresent(result -> fields.put("result", result));
        fields.put("text", message.text());
        var line = new StringBuilder("notify");
        fields.forEach((key, value) -> line.append(' ').append(key).append('=').append(quoted(value)));
        return line.toString();
    }

    private static String quoted(String value) {
        if (!value.isEmpty() && value.chars().allMatch(LogChannels::plain)) {
            return value;
        }
        var text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    // Also the Unicode line ends and the escape that starts a terminal's commands.
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029
                            || Character.getType(c) == Character.FORMAT) {
                        text.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.append('"').toString();
    }

    private static boolean plain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "_-./:".indexOf(c) >= 0);
    }
}
