package io.prunella.control.settings;

import io.prunella.control.settings.Settings.Parsed;
import io.prunella.control.settings.Settings.Problem;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.plan.Mode;
import io.prunella.ruler.ServerGuards;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Walks the YAML tree along the table of settings, collecting every problem on the way. */
final class SettingsReader {
    private static final int MOST_CODE_POINTS = 1 << 20;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Setting, List<String>> values = new HashMap<>();

    private final EntityMappingReader entities = new EntityMappingReader(
            (node, message, help) -> problem(place(node), message, help));

    private SettingsReader() {}

    static Parsed read(String yaml, Map<String, String> environment) {
        SettingsReader reader = new SettingsReader();
        reader.file(yaml);
        reader.environment(environment);
        if (reader.problems.isEmpty()) {
            Settings settings = reader.settings();
            if (settings.workers().min() > settings.workers().max()) {
                reader.problem("executor.workers", "`min` is above `max`", Optional.of("raise `max` or lower `min`"));
            } else {
                return new Parsed(Optional.of(settings), List.of());
            }
        }
        return new Parsed(Optional.empty(), reader.problems);
    }

    private void file(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CODE_POINTS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(yaml));
            if (root != null && !empty(root)) {
                mapping("", root, new HashSet<>());
            }
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? "1:1"
                    : (e.getProblemMark().getLine() + 1) + ":" + (e.getProblemMark().getColumn() + 1);
            String cause = e.getProblem() == null ? "cannot be read" : e.getProblem();
            problem(where, "not YAML: " + cause, Optional.empty());
        } catch (YAMLException e) {
            problem("1:1", "not YAML that can be read: " + e.getMessage(), Optional.empty());
        }
    }

    private void mapping(String path, Node node, Set<String> seen) {
        if (!(node instanceof MappingNode mapping)) {
            problem(place(node), path.isEmpty() ? "the file is no mapping of keys" : "`" + path + "` takes keys",
                    Optional.of("write `key: value` lines" + (path.isEmpty() ? "" : " below it")));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String full = path.isEmpty() ? name : path + "." + name;
            entry(full, key, tuple.getValueNode(), seen);
        }
    }

    private void entry(String path, Node key, Node value, Set<String> seen) {
        switch (path) {
            case EntityMappingReader.ENTITIES -> entities.entities(value);
            case EntityMappingReader.ALIASES -> entities.aliases(value);
            case String _ -> setting(path, key, value, seen);
        }
    }

    private void setting(String path, Node key, Node value, Set<String> seen) {
        Optional<Setting> setting = find(path);
        if (setting.isPresent()) {
            if (!seen.add(setting.get().path())) {
                problem(place(key), "`" + path + "` is given twice", Optional.empty());
                return;
            }
            value(setting.get(), value);
        } else if (leadsOn(path)) {
            if (!empty(value)) {
                mapping(path, value, seen);
            }
        } else if (planned(path)) {
            problem(place(key), "`" + path + "` is not supported by this version",
                    Optional.of("take it out; it would have no effect"));
        } else {
            problem(place(key), "unknown key `" + path + "`", suggestion(path));
        }
    }

    private void value(Setting setting, Node node) {
        List<String> texts = new ArrayList<>();
        if (setting.shape() instanceof Shape.Several) {
            if (!(node instanceof SequenceNode list)) {
                problem(place(node), "`" + setting.path() + "` takes a list", Optional.of("write `[a, b]`"));
                return;
            }
            for (Node item : list.getValue()) {
                if (item instanceof ScalarNode scalar && fits(setting, scalar.getValue(), place(item))) {
                    texts.add(scalar.getValue());
                }
            }
        } else if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            if (fits(setting, scalar.getValue(), place(node))) {
                texts.add(scalar.getValue());
            }
        } else {
            problem(place(node), "`" + setting.path() + "` takes one value", Optional.of(example(setting)));
            return;
        }
        values.put(setting, texts);
    }

    private boolean fits(Setting setting, String text, String where) {
        Optional<String> complaint = setting.shape().complaint(text);
        complaint.ifPresent(c -> problem(where, "`" + setting.path() + "`: `" + text + "` " + c,
                Optional.of(example(setting))));
        return complaint.isEmpty();
    }

    private static String example(Setting setting) {
        return setting.defaultText().isEmpty()
                ? setting.meaning()
                : "the default is `" + setting.defaultText() + "`";
    }

    private void environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith("PRUNELLA_")) {
                return;
            }
            String bare = relaxed(name.substring("PRUNELLA_".length()));
            Optional<Setting> setting = Setting.ALL.stream()
                    .filter(s -> relaxed(s.path()).equals(bare)).findFirst();
            if (setting.isPresent()) {
                variable(setting.get(), name, text);
            } else if (Setting.ALL.stream().map(s -> s.path().split("\\.", 2)[0])
                    .anyMatch(section -> name.startsWith("PRUNELLA_" + section.toUpperCase(Locale.ROOT) + "_"))) {
                problem(name, "unknown setting", nearest(name,
                        Setting.ALL.stream().map(Setting::variable).toList()));
            }
        });
    }

    private void variable(Setting setting, String name, String text) {
        List<String> texts = setting.shape() instanceof Shape.Several
                ? Arrays.stream(text.split(",", -1)).map(String::strip).filter(t -> !t.isEmpty()).toList()
                : List.of(text.strip());
        if (texts.stream().allMatch(t -> fits(setting, t, name))) {
            values.put(setting, texts);
        }
    }

    private Settings settings() {
        return new Settings(
                new Settings.Execution(mode(Setting.EXECUTION_MODE), mode(Setting.EXECUTION_DEFAULT_MODE),
                        millis(Setting.EXECUTION_MAX_AGE)),
                guards(), entities.mapping(),
                new Settings.Workers(number(Setting.WORKERS_MIN), number(Setting.WORKERS_MAX),
                        millis(Setting.WORKERS_IDLE)),
                new Settings.Ingest(millis(Setting.INGEST_LATENESS)),
                new Settings.Locks(all(Setting.LOCKS_REDIS), all(Setting.LOCKS_ETCD),
                        Settings.Degrade.valueOf(word(Setting.LOCKS_DEGRADE))),
                new Settings.Server(text(Setting.SERVER_ADDRESS), number(Setting.SERVER_PORT)), text(Setting.JOURNAL),
                text(Setting.PACKS_FOLDER), all(Setting.TOPOLOGY_FILE).stream().findFirst());
    }

    private ServerGuards guards() {
        String destructive = text(Setting.GUARDS_DESTRUCTIVE);
        String perTarget = text(Setting.GUARDS_PER_TARGET);
        return new ServerGuards(destructive.endsWith("%")
                ? new ServerGuards.Destructive(Optional.of(Shape.Percent.part(destructive)),
                        ServerGuards.DEFAULTS.destructive().most())
                : new ServerGuards.Destructive(Optional.empty(), Long.parseLong(destructive)),
                ServerGuards.perRackAndZone(number(Setting.GUARDS_PER_DOMAIN)),
                new ServerGuards.PerTarget(Shape.Rate.count(perTarget), Shape.Rate.millis(perTarget)),
                millis(Setting.GUARDS_COOLDOWN),
                new ServerGuards.Storm(Shape.Percent.part(text(Setting.GUARDS_STORM_ABOVE)),
                        Shape.Percent.part(text(Setting.GUARDS_STORM_BELOW)), millis(Setting.GUARDS_STORM_FOR)));
    }

    private Mode mode(Setting setting) {
        return Mode.valueOf(word(setting));
    }

    private String word(Setting setting) {
        return Shape.OneOf.relaxed(text(setting)).toUpperCase(Locale.ROOT);
    }

    private long millis(Setting setting) {
        return Shape.Length.millis(text(setting)).orElseThrow();
    }

    private int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    private String text(Setting setting) {
        return all(setting).getFirst();
    }

    private List<String> all(Setting setting) {
        List<String> fromDefault = setting.defaultText().isEmpty() ? List.of() : List.of(setting.defaultText());
        return values.getOrDefault(setting, fromDefault);
    }

    private static Optional<Setting> find(String path) {
        return Setting.ALL.stream().filter(s -> loose(s.path()).equals(loose(path))).findFirst();
    }

    private static boolean leadsOn(String path) {
        return Setting.ALL.stream().anyMatch(s -> loose(s.path()).startsWith(loose(path) + "."));
    }

    private static boolean planned(String path) {
        return Setting.PLANNED.stream().anyMatch(p -> loose(p).equals(loose(path)));
    }

    private static Optional<String> suggestion(String path) {
        List<String> known = new ArrayList<>(List.of(EntityMappingReader.ENTITIES, EntityMappingReader.ALIASES));
        for (Setting setting : Setting.ALL) {
            String prefix = setting.path();
            known.add(prefix);
            for (int dot = prefix.lastIndexOf('.'); dot > 0; dot = prefix.lastIndexOf('.')) {
                prefix = prefix.substring(0, dot);
                known.add(prefix);
            }
        }
        return nearest(path, known);
    }

    private static Optional<String> nearest(String wrong, Collection<String> known) {
        return Closest.question(wrong, known);
    }

    /** Dots stay, so that {@code default-mode}, {@code defaultMode} and {@code default_mode} are one key. */
    private static String loose(String path) {
        return path.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static String relaxed(String path) {
        return loose(path).replace(".", "");
    }

    private static boolean empty(@Nullable Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static String place(Node node) {
        return (node.getStartMark().getLine() + 1) + ":" + (node.getStartMark().getColumn() + 1);
    }

    private void problem(String where, String message, Optional<String> help) {
        problems.add(new Problem(where, message, help));
    }
}
