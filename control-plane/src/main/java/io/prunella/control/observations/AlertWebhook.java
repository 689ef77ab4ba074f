package io.prunella.control.observations;

import io.prunella.control.observations.ObservationLines.BadLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Alertmanager's webhook sends (version 4): one object for a group of alerts, of which each becomes a line. */
final class AlertWebhook {
    /** The members of such an object; no line of ours has one of them. */
    private static final Set<String> MEMBERS = Set.of("receiver", "status", "version", "groupKey", "truncatedAlerts",
            "alerts", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "notification_reason");
    private static final int LONGEST_MEMBER = 32;

    private AlertWebhook() {}

    /** Whether a body begins as such an object does. */
    static boolean begins(byte[] body, int from) {
        int at = skipBlanks(body, from);
        if (at >= body.length || body[at] != '{') {
            return false;
        }
        at = skipBlanks(body, at + 1);
        if (at >= body.length || body[at] != '"') {
            return false;
        }
        StringBuilder member = new StringBuilder();
        for (int i = at + 1; i < body.length && body[i] != '"' && member.length() < LONGEST_MEMBER; i++) {
            member.append((char) body[i]);
        }
        return MEMBERS.contains(member.toString());
    }

    private static int skipBlanks(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** A line for each of its alerts, without time and entity. */
    static List<ObjectNode> lines(ObjectNode webhook) {
        if (!webhook.path("alerts").isArray()) {
            throw new BadLine("the webhook has no list `alerts`",
                    "send what Alertmanager's `webhook_configs` sends, or JSON Lines");
        }
        List<ObjectNode> lines = new ArrayList<>();
        for (JsonNode alert : webhook.path("alerts")) {
            String name = alert.path("labels").path("alertname").asString("");
            if (name.isEmpty()) {
                throw new BadLine("an alert of the webhook has no label `alertname`", "name the alert in its rule");
            }
            ObjectNode line = webhook.objectNode();
            line.put("alert", name);
            copy(alert, "status", line, "state");
            for (String member : List.of("fingerprint", "startsAt", "endsAt", "labels", "annotations")) {
                copy(alert, member, line, member);
            }
            lines.add(line);
        }
        return lines;
    }

    private static void copy(JsonNode from, String member, ObjectNode into, String as) {
        JsonNode value = from.get(member);
        if (value != null && !value.isNull()) {
            into.set(as, value);
        }
    }
}
