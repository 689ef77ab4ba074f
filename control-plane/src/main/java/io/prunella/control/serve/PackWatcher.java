package io.prunella.control.serve;

import static java.util.Objects.requireNonNull;

import io.prunella.compiler.rule.PackModel;
import io.prunella.compiler.rule.PackRequirement;
import io.prunella.control.serve.PackReader.PackProblem;
import io.prunella.ruler.ReloadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the packs of a folder in force, and again whenever they change.
 *
 * <p>
 * A changed pack is compiled aside and swapped in whole; one with errors is refused and the one in force stays. The
 * watching thread alone calls {@link #step} and {@link #loadAll}; {@link #packs} may be asked from anywhere.
 */
final class PackWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(PackWatcher.class);

    private final Path folder;
    private final PackReader reader;
    private final Healing healing;
    private final Consumer<Change> changes;
    private final InstantSource clock;
    private final Map<Path, Known> known = new TreeMap<>();
    private String missing = "";
    private volatile List<PackView> view = List.of();

    /** What listeners hear. */
    sealed interface Change {}

    /** Rules were swapped. */
    record Loaded(List<PackView> packs, ReloadReport report) implements Change {}

    /** A pack was refused; what was in force stays. */
    record Turned(PackView pack) implements Change {}

    /** The folder itself cannot be seen, or can again; what was in force stays. */
    record Folder(String cause) implements Change {}

    /** A pack as people look at it. */
    record PackView(String name, Path path, Optional<InForce> inForce, Optional<Refusal> refused,
            List<PackProblem> warnings) {}

    record InForce(PackModel model, Instant loadedAt) {}

    record Refusal(String digest, Instant at, List<PackProblem> problems) {}

    /** What is known of one path. */
    private static final class Known {
        String seen = "";
        String judged = "";
        String name = "";
        Optional<InForce> inForce = Optional.empty();
        Optional<Refusal> refused = Optional.empty();
        /** Refused for want of another pack, and for nothing else. */
        boolean waits;
        boolean told = true;
        List<PackProblem> warnings = List.of();
    }

    PackWatcher(Path folder, PackReader reader, Healing healing, Consumer<Change> changes, InstantSource clock) {
        this.folder = folder;
        this.reader = reader;
        this.healing = healing;
        this.changes = changes;
        this.clock = clock;
    }

    /** All packs of the folder, by path. */
    List<PackView> packs() {
        return view;
    }

    /** Why the folder cannot be watched; empty while it can. */
    synchronized String missing() {
        return missing;
    }

    /** Loads what is there now, without waiting for it to settle. */
    void loadAll() {
        look(false);
    }

    /** Looks once; a pack that differs from the last look is left until it is the same twice. */
    void step() {
        look(true);
    }

    private synchronized void look(boolean settle) {
        Map<Path, String> found;
        try {
            found = PackFiles.fingerprints(folder);
        } catch (IOException e) {
            // Invariant: a folder that cannot be seen unloads nothing: it may be back in a moment.
            folderIs("the folder `" + folder + "` cannot be read: " + cause(e));
            return;
        }
        folderIs("");
        boolean swap = false;
        for (Map.Entry<Path, String> entry : found.entrySet()) {
            Known pack = known.computeIfAbsent(entry.getKey(), _ -> new Known());
            boolean settled = !settle || pack.seen.equals(entry.getValue());
            pack.seen = entry.getValue();
            if (settled && !pack.judged.equals(entry.getValue())) {
                pack.judged = entry.getValue();
                swap |= judge(entry.getKey(), pack);
            }
        }
        swap |= forget(found, settle);
        swap |= judgeThoseThatWait();
        tellRefusals();
        publish();
        if (swap) {
            swap();
        }
    }

    private void folderIs(String cause) {
        if (!missing.equals(cause)) {
            missing = cause;
            if (cause.isEmpty()) {
                LOG.info("the folder `{}` can be read again", folder);
            } else {
                LOG.warn("{}; the packs in force stay", cause);
            }
            changes.accept(new Folder(cause));
        }
    }

    private static String cause(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "it does not exist";
            case java.nio.file.NotDirectoryException _ -> "it is no folder";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Compiles a changed pack; true if it is to be swapped in. */
    private boolean judge(Path path, Known pack) {
        PackReader.Read read = reader.read(path);
        pack.name = pack.inForce.map(f -> f.model().name()).orElse(read.name());
        List<PackProblem> problems = new ArrayList<>(read.problems());
        read.model().flatMap(m -> twin(path, m.name())).ifPresent(other -> problems.add(PackProblem.unreadable(
                path.toString(), "a pack with this name is in force already, from `" + other + "`")));
        List<PackProblem> unmet = read.model().map(m -> requirements(path, m)).orElse(List.of());
        pack.waits = !unmet.isEmpty() && problems.size() == read.problems().size();
        problems.addAll(unmet);
        if (read.model().isEmpty() || problems.size() > read.problems().size()) {
            pack.refused = Optional.of(new Refusal(read.digest(), clock.instant(), List.copyOf(problems)));
            pack.told = false;
            return false;
        }
        PackModel model = read.model().get();
        pack.name = model.name();
        pack.refused = Optional.empty();
        pack.told = true;
        pack.warnings = problems;
        boolean same = pack.inForce.isPresent() && pack.inForce.get().model().digest().equals(model.digest());
        if (!same) {
            pack.inForce = Optional.of(new InForce(model, clock.instant()));
        }
        return !same;
    }

    /** Tells of refusals, once nothing that came along with them can end them. */
    private void tellRefusals() {
        known.forEach((path, pack) -> {
            if (!pack.told && pack.refused.isPresent()) {
                pack.told = true;
                LOG.error("pack `{}` is refused, and {}: {}", pack.name,
                        pack.inForce.map(f -> "version " + f.model().version() + " stays in force")
                                .orElse("there is none in force"),
                        pack.refused.get().problems().stream().filter(p -> p.severity().equals("error"))
                                .map(PackProblem::text).reduce((a, b) -> a + "; " + b)
                                .orElse("it could not be compiled"));
                changes.accept(new Turned(viewOf(path, pack)));
            }
        });
    }

    /** What of other packs stands against it: those that it requires, and those in force that require another of it. */
    private List<PackProblem> requirements(Path path, PackModel model) {
        List<PackModel> others = known.entrySet().stream().filter(e -> !e.getKey().equals(path))
                .flatMap(e -> e.getValue().inForce.stream()).map(InForce::model).toList();
        List<PackProblem> problems = new ArrayList<>();
        for (PackRequirement required : model.requires()) {
            Optional<PackModel> there = others.stream().filter(o -> o.name().equals(required.pack())).findFirst();
            if (there.filter(o -> required.met(o.version())).isEmpty()) {
                problems.add(PackProblem.unreadable(path.toString(), "it requires `" + required.text() + "`, and "
                        + there.map(o -> "`" + o.name() + "` in force is " + o.version())
                                .orElse("no pack `" + required.pack() + "` is in force")));
            }
        }
        others.forEach(other -> other.requires().stream()
                .filter(required -> required.pack().equals(model.name()) && !required.met(model.version()))
                .forEach(required -> problems.add(PackProblem.unreadable(path.toString(), "pack `" + other.name()
                        + "` in force requires `" + required.text() + "`, and this is " + model.version()))));
        return problems;
    }

    /** What was refused for want of another pack may have its turn now, whatever the order in which they came. */
    private boolean judgeThoseThatWait() {
        boolean swap = false;
        for (boolean more = true; more;) {
            more = false;
            for (Map.Entry<Path, Known> entry : known.entrySet()) {
                Known pack = entry.getValue();
                if (pack.waits && reader.read(entry.getKey()).model()
                        .filter(model -> requirements(entry.getKey(), model).isEmpty()).isPresent()) {
                    more |= judge(entry.getKey(), pack);
                }
            }
            swap |= more;
        }
        // What still waits says what it lacks now, not what it lacked before the others came.
        known.forEach((path, pack) -> {
            if (pack.waits && !pack.told) {
                boolean _ = judge(path, pack);
            }
        });
        return swap;
    }

    private Optional<Path> twin(Path path, String name) {
        return known.entrySet().stream().filter(e -> !e.getKey().equals(path))
                .filter(e -> e.getValue().inForce.filter(f -> f.model().name().equals(name)).isPresent())
                .map(Map.Entry::getKey).findFirst();
    }

    /** Packs that are gone; true if one of them was in force. */
    private boolean forget(Map<Path, String> found, boolean settle) {
        boolean swap = false;
        for (Path path : List.copyOf(known.keySet())) {
            if (found.containsKey(path)) {
                continue;
            }
            Known pack = requireNonNull(known.get(path));
            if (settle && !pack.seen.equals("gone")) {
                pack.seen = "gone";
                continue;
            }
            known.remove(path);
            swap |= pack.inForce.isPresent();
            // One that was refused for its name may have its turn now.
            known.values().stream().filter(k -> k.refused.isPresent()).forEach(k -> k.judged = "");
        }
        return swap;
    }

    private void swap() {
        List<PackModel> models = known.values().stream().flatMap(k -> k.inForce.stream()).map(InForce::model).toList();
        ReloadReport report = healing.load(models);
        LOG.info("packs in force: {}; rules kept {}, armed anew {}, gone {}",
                models.isEmpty()
                        ? "none"
                        : models.stream().map(m -> m.name() + " " + m.version()).reduce((a, b) -> a + ", " + b).get(),
                report.kept(), report.armedAnew(), report.gone());
        changes.accept(new Loaded(view, report));
    }

    private void publish() {
        List<PackView> all = new ArrayList<>();
        known.forEach((path, pack) -> all.add(viewOf(path, pack)));
        view = List.copyOf(all);
    }

    private static PackView viewOf(Path path, Known pack) {
        return new PackView(pack.name, path, pack.inForce, pack.refused, pack.warnings);
    }

    /** As {@code /packs} prints it. */
    static Map<String, Object> json(PackView pack) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", pack.name());
        one.put("version", pack.inForce().map(f -> f.model().version()).orElse(null));
        one.put("digest", pack.inForce().map(f -> f.model().digest()).orElse(null));
        one.put("loaded_at", pack.inForce().map(f -> Stamp.text(f.loadedAt())).orElse(null));
        one.put("path", pack.path().toString());
        one.put("rules", pack.inForce().map(f -> f.model().rules().size()).orElse(0));
        one.put("warnings", pack.warnings());
        one.put("refused", pack.refused().map(r -> {
            Map<String, Object> refusal = new LinkedHashMap<>();
            refusal.put("digest", r.digest());
            refusal.put("at", Stamp.text(r.at()));
            refusal.put("problems", r.problems());
            return refusal;
        }).orElse(null));
        return one;
    }
}
