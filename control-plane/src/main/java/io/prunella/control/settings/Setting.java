package io.prunella.control.settings;

import io.prunella.control.settings.Shape.Address;
import io.prunella.control.settings.Shape.Count;
import io.prunella.control.settings.Shape.Length;
import io.prunella.control.settings.Shape.OneOf;
import io.prunella.control.settings.Shape.Several;
import io.prunella.control.settings.Shape.Text;
import java.util.List;
import java.util.Locale;

/**
 * One key that exists; {@link #ALL} is the table that reader and schema go by.
 *
 * @param path names joined by dots
 * @param defaultText as it would be written; empty for an empty list
 * @param meaning one line, for people
 */
record Setting(String path, Shape shape, String defaultText, String meaning) {
    private static final OneOf MODES = new OneOf("dry_run", "approve", "auto");

    static final Setting EXECUTION_MODE = new Setting("execution.mode", MODES, "dry_run",
            "the most that any rule may do");
    static final Setting EXECUTION_DEFAULT_MODE = new Setting("execution.default_mode", MODES, "dry_run",
            "what a rule without `mode:` gets");
    static final Setting EXECUTION_MAX_AGE = new Setting("execution.max_age", new Length(1_000), "2m",
            "a firing older than this when it could start ends EXPIRED");
    static final Setting WORKERS_MIN = new Setting("executor.workers.min", new Count(1, 10_000), "4",
            "workers kept while idle");
    static final Setting WORKERS_MAX = new Setting("executor.workers.max", new Count(1, 10_000), "64",
            "the most workers at once");
    static final Setting WORKERS_IDLE = new Setting("executor.workers.idle", new Length(1_000), "60s",
            "how long a worker above `min` may idle");
    static final Setting INGEST_LATENESS = new Setting("ingest.lateness", new Length(0), "5s",
            "`serve` decides at its own clock minus this");
    static final Setting LOCKS_REDIS = new Setting("locks.redis", new Several(new Address()), "",
            "Redis servers of the Redlock quorum, host:port");
    static final Setting LOCKS_ETCD = new Setting("locks.etcd", new Several(new Text()), "",
            "etcd endpoints, http://host:port");
    static final Setting LOCKS_DEGRADE = new Setting("locks.degrade", new OneOf("local", "refuse"), "refuse",
            "what happens while a lease cannot be granted");
    static final Setting SERVER_ADDRESS = new Setting("server.address", new Text(), "127.0.0.1",
            "address that `serve` listens on");
    static final Setting SERVER_PORT = new Setting("server.port", new Count(0, 65_535), "8080",
            "port that `serve` listens on, 0 for any free one");
    static final Setting JOURNAL = new Setting("journal", new Text(), "prunella-journal.db",
            "SQLite file in which heals are journaled");
    static final Setting PACKS_FOLDER = new Setting("packs.folder", new Text(), "./rule-packs",
            "folder that holds the pack folders");
    static final Setting TOPOLOGY_FILE = new Setting("topology.file", new Text(), "",
            "who there is and who stands above whom: a topology file, or the output of `ansible-inventory --list`; read again when it changes");

    static final Setting GUARDS_DESTRUCTIVE = new Setting("guards.destructive_in_flight", new Shape.CountOrPercent(),
            "5%",
            "destructive heals at once, over all rules: so many, or that part of the kind (1 at least, 20 at most)");
    static final Setting GUARDS_PER_DOMAIN = new Setting("guards.per_domain", new Count(1, 10_000), "1",
            "destructive heals at once in each `rack` and in each `zone`");
    static final Setting GUARDS_PER_TARGET = new Setting("guards.per_target", new Shape.Rate(), "2 per 24h",
            "destructive heals of one target; one more puts it in quarantine for as long, and people hear of it");
    static final Setting GUARDS_COOLDOWN = new Setting("guards.cooldown", new Length(0), "10m",
            "cooldown of a rule and target where the rule says nothing");
    static final Setting GUARDS_STORM_ABOVE = new Setting("guards.storm.above", new Shape.Percent(), "30%",
            "no heal begins while more than this part of a kind, and two at least, is unhealthy");
    static final Setting GUARDS_STORM_BELOW = new Setting("guards.storm.below", new Shape.Percent(), "20%",
            "a storm ends once less than this is unhealthy");
    static final Setting GUARDS_STORM_FOR = new Setting("guards.storm.for", new Length(0), "5m",
            "how long it has to stay below");

    static final List<Setting> ALL = List.of(EXECUTION_MODE, EXECUTION_DEFAULT_MODE, EXECUTION_MAX_AGE,
            GUARDS_DESTRUCTIVE, GUARDS_PER_DOMAIN, GUARDS_PER_TARGET, GUARDS_COOLDOWN, GUARDS_STORM_ABOVE,
            GUARDS_STORM_BELOW, GUARDS_STORM_FOR, WORKERS_MIN,
            WORKERS_MAX, WORKERS_IDLE, INGEST_LATENESS, LOCKS_REDIS, LOCKS_ETCD, LOCKS_DEGRADE, SERVER_ADDRESS,
            SERVER_PORT, JOURNAL, PACKS_FOLDER, TOPOLOGY_FILE);

    /** Keys of the contract that this version cannot honour: refused by name, never ignored. */
    static final List<String> PLANNED = List.of("reload", "ingest.silence",
            "packs.git", "packs.oci", "packs.trust", "packs.require", "security", "heartbeat", "channels", "tenants",
            "telemetry");

    /** {@code PRUNELLA_EXECUTION_MODE}. */
    String variable() {
        return "PRUNELLA_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
