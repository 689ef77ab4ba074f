package io.prunella.control.settings;

import static java.util.Objects.requireNonNull;

import io.prunella.plan.Mode;
import io.prunella.ruler.ServerGuards;
import io.prunella.ruler.recording.EntityMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a running Prunella is set up: the file {@code prunella.yaml} with the environment's overrides, every default
 * filled in. Lengths of time are milliseconds.
 *
 * @param entities whom records are about that do not say so themselves
 * @param journal the SQLite file, relative to the working directory
 * @param packs the folder that holds pack folders, relative to the working directory
 * @param topology the file that says who there is, relative to the working directory
 */
public record Settings(Execution execution, ServerGuards guards, EntityMapping entities, Workers workers,
        Ingest ingest, Locks locks, Server server, String journal, String packs, Optional<String> topology) {
    /** Without a topology. */
    public Settings(Execution execution, ServerGuards guards, EntityMapping entities, Workers workers, Ingest ingest,
            Locks locks, Server server, String journal, String packs) {
        this(execution, guards, entities, workers, ingest, locks, server, journal, packs, Optional.empty());
    }

    public Settings {
        requireNonNull(topology);
        requireNonNull(execution);
        requireNonNull(guards);
        requireNonNull(entities);
        requireNonNull(workers);
        requireNonNull(ingest);
        requireNonNull(locks);
        requireNonNull(server);
        requireNonNull(journal);
        requireNonNull(packs);
    }

    /**
     * Bounds of what any rule may do.
     *
     * @param mode the most that any rule may
     * @param defaultMode what a rule without {@code mode:} gets
     * @param maxAgeMillis a firing older than this when it could start ends {@code EXPIRED}
     */
    public record Execution(Mode mode, Mode defaultMode, long maxAgeMillis) {}

    /** The executor's pool: grows from {@code min} to {@code max}, and gives back what idled for so long. */
    public record Workers(int min, int max, long idleMillis) {}

    /**
     * When incoming records are decided.
     *
     * @param latenessMillis the service decides at its own clock minus this
     */
    public record Ingest(long latenessMillis) {}

    /**
     * Where claims on targets are held; in this process alone when both lists are empty.
     *
     * @param redis addresses {@code host:port}
     * @param etcd addresses {@code http://host:port}
     */
    public record Locks(List<String> redis, List<String> etcd, Degrade degrade) {
        public Locks {
            redis = List.copyOf(redis);
            etcd = List.copyOf(etcd);
        }
    }

    /** What happens while a lease cannot be granted. */
    public enum Degrade {
        LOCAL, REFUSE
    }

    /** Where the service listens. */
    public record Server(String address, int port) {}

    /** With no file and no environment. */
    public static Settings defaults() {
        return parse("", Map.of()).settings().orElseThrow();
    }

    /**
     * Reads a configuration file; the environment wins over it.
     *
     * @param yaml text of the file, empty where there is none
     * @param environment variables such as {@code PRUNELLA_EXECUTION_MODE}; others are left alone
     * @return every problem at once, and the settings when there is none
     */
    public static Parsed parse(String yaml, Map<String, String> environment) {
        return SettingsReader.read(yaml, environment);
    }

    /** The published JSON Schema of the file (draft 2020-12). */
    public static String jsonSchema() {
        return SettingsSchema.write();
    }

    /** The outcome of {@link #parse}: settings, or why there are none. */
    public record Parsed(Optional<Settings> settings, List<Problem> problems) {
        public Parsed {
            requireNonNull(settings);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something wrong in the file or the environment.
     *
     * @param where {@code 3:5} (line and column of the file) or the variable's name
     * @param message the cause, lower case, user text in back-quotes
     * @param help the cure, where there is one
     */
    public record Problem(String where, String message, Optional<String> help) {

        /** On one line, as shown to an SRE. */
        public String line() {
            return where + ": " + message + help.map(h -> " (" + h + ")").orElse("");
        }
    }
}
