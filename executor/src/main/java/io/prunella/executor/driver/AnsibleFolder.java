package io.prunella.executor.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The private data folder of one run of ansible-runner: ours alone, and gone afterwards. */
final class AnsibleFolder {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final Path path;

    private AnsibleFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param host that the generated inventory holds
     */
    static AnsibleFolder make(Path parent, Attempt attempt, String host) throws IOException {
        Files.createDirectories(parent);
        var folder = Files.createTempDirectory(parent, attempt.actionId() + "-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(folder.resolve("env"));
        Files.createDirectories(folder.resolve("inventory"));
        Files.createDirectories(folder.resolve("tmp"));
        JSON.writeValue(folder.resolve("env/extravars").toFile(), variables(attempt));
        // Should Prunella die, the run does not go on for ever.
        JSON.writeValue(folder.resolve("env/settings").toFile(),
                Map.of("job_timeout", attempt.timeoutMillis() / 1000 + 30));
        JSON.writeValue(folder.resolve("inventory/hosts.json").toFile(), Map.of("all", Map.of("hosts", Map.of(host,
                Map.of("ansible_python_interpreter", "/usr/bin/python3")))));
        return new AnsibleFolder(folder);
    }

    private static Map<String, Object> variables(Attempt attempt) {
        var variables = new LinkedHashMap<String, Object>();
        attempt.arguments().forEach((name, value) -> variables.put(name, plain(value)));
        variables.put("entity", text(attempt.target()));
        variables.put("trace_id", attempt.traceId());
        variables.put("action_id", attempt.actionId());
        return variables;
    }

    private static Object plain(Datum datum) {
        return switch (datum) {
            case Datum.Text(var value) -> text(value);
            case Datum.Quantity(var value) when value == Math.rint(value) && Math.abs(value) < 1e15 -> (long) value;
            case Datum.Quantity(var value) -> value;
            // Seconds, as everywhere where a duration meets numbers.
            case Datum.Duration(var millis) when millis % 1000 == 0 -> millis / 1000;
            case Datum.Duration(var millis) -> millis / 1000.0;
            case Datum.Flag(var value) -> value;
            case Datum.Items(var items) -> items.stream().map(AnsibleFolder::plain).toList();
            case Datum.Fields(var fields) -> fields.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                    entry -> plain(entry.getValue()), (a, _) -> a, LinkedHashMap::new));
        };
    }

    /** Ansible evaluates variables as templates, wherever they come from, unless they are marked so. */
    private static Map<String, String> text(String value) {
        return Map.of("__ansible_unsafe", value);
    }

    Path path() {
        return path;
    }

    /** {@code successful}, {@code failed}, {@code timeout}, {@code canceled}; empty if it did not get as far. */
    String status(String ident) {
        try {
            return Files.readString(path.resolve("artifacts").resolve(ident).resolve("status")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    /** Deletes what a dead process left behind of an attempt. */
    static void sweep(Path parent, String actionId) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> left = Files.list(parent)) {
            left.filter(path -> path.getFileName().toString().startsWith(actionId + "-")).toList()
                    .forEach(path -> new AnsibleFolder(path).delete());
        } catch (IOException _) {
            // Only tidying up.
        }
    }

    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException _) {
            // Something of the run is still writing there; the folder is private, and the next start may sweep it.
        }
    }
}
