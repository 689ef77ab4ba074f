package io.prunella.executor.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes sense of the event stream of one {@code ansible-runner run … -j}. Not thread-safe; read by one thread. */
final class AnsibleEvents {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Consumer<OutputLine> output;
    private final List<String> tasks = new ArrayList<>();
    private final List<Preview.FileChange> files = new ArrayList<>();
    private final Map<String, String> returned = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private String diff = "";
    private int ok;
    private int changed;
    private int skipped;
    private Optional<String> failure = Optional.empty();
    private Optional<String> unreachable = Optional.empty();
    private Optional<String> complaint = Optional.empty();
    private boolean noHosts;

    AnsibleEvents(Consumer<OutputLine> output) {
        this.output = output;
    }

    void read(OutputLine line) {
        if (!line.source().equals("out") || !line.text().startsWith("{")) {
            complain(line.text());
            return;
        }
        try {
            event(JSON.readTree(line.text()));
        } catch (JacksonException _) {
            complain(line.text());
        }
    }

    private void event(JsonNode event) {
        var data = event.path("event_data");
        var said = COLOUR.matcher(event.path("stdout").asString("")).replaceAll("").replace("\r\n", "\n");
        text.append(said).append('\n');
        switch (event.path("event").asString("")) {
            case "runner_on_ok" -> ended(data, data.path("res").path("changed").asBoolean(false) ? "changed" : "ok");
            case "runner_on_skipped" -> ended(data, "skipped");
            case "runner_on_failed" -> failed(data);
            case "runner_on_unreachable" -> {
                unreachable = Optional.of("`" + data.path("host").asString("") + "` cannot be reached: "
                        + data.path("res").path("msg").asString("").strip());
                ended(data, "unreachable");
            }
            case "runner_on_file_diff" -> diff += said;
            case "playbook_on_no_hosts_matched" -> noHosts = true;
            case "playbook_on_stats" -> data.path("artifact_data").properties()
                    .forEach(field -> returned.put(field.getKey(), plain(field.getValue())));
            case "verbose", "error", "warning", "deprecated" -> complain(said);
            default -> {
            }
        }
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.asString("") : value.toString();
    }

    private void failed(JsonNode data) {
        var task = data.path("task").asString("");
        boolean ignored = data.path("ignore_errors").asBoolean(false);
        if (!ignored) {
            var result = data.path("res");
            var stderr = result.path("stderr").asString("").strip();
            failure = Optional.of("task `" + task + "` failed on `" + data.path("host").asString("") + "`: "
                    + result.path("msg").asString("no message") + (stderr.isEmpty() ? "" : ": " + stderr));
        }
        ended(data, ignored ? "failed, ignored" : "failed");
    }

    private void ended(JsonNode data, String how) {
        switch (how) {
            case "ok" -> ok++;
            case "changed" -> changed++;
            case "skipped" -> skipped++;
            default -> {
            }
        }
        var line = data.path("task").asString("") + ": " + how;
        tasks.add(line);
        if (!diff.isBlank()) {
            files.add(new Preview.FileChange(path(data.path("res")), diff.strip()));
        }
        diff = "";
        output.accept(new OutputLine("task", line));
    }

    private static String path(JsonNode result) {
        var arguments = result.path("invocation").path("module_args");
        for (var candidate : List.of(result.path("dest"), result.path("path"), arguments.path("dest"),
                arguments.path("path"), result.path("diff").path(0).path("before_header"),
                result.path("diff").path(0).path("after_header"))) {
            if (candidate.isString()) {
                return candidate.asString("");
            }
        }
        return "";
    }

    private void complain(String said) {
        var line = said.strip();
        if (line.startsWith("ERROR!") && complaint.isEmpty()) {
            complaint = Optional.of(line.substring("ERROR!".length()).strip().lines().findFirst().orElse(""));
        }
        if (!line.isEmpty()) {
            line.lines().forEach(one -> output.accept(new OutputLine("err", one)));
        }
    }

    List<String> tasks() {
        return tasks;
    }

    List<Preview.FileChange> files() {
        return files;
    }

    Map<String, String> returned() {
        return returned;
    }

    /** What ansible-playbook would have shown. */
    String text() {
        return text.toString();
    }

    int ok() {
        return ok;
    }

    int changed() {
        return changed;
    }

    int skipped() {
        return skipped;
    }

    Optional<String> failure() {
        return failure;
    }

    Optional<String> unreachable() {
        return unreachable;
    }

    /** What Ansible said before any task, e.g. about a playbook that it cannot read. */
    Optional<String> complaint() {
        return complaint;
    }

    boolean noHosts() {
        return noHosts;
    }

    /** Whether any task got as far as doing something. */
    boolean acted() {
        return changed > 0 || ok > 0 || failure.isPresent();
    }
}
