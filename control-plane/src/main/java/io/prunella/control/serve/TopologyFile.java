package io.prunella.control.serve;

import io.prunella.control.serve.Startup.Stage;
import io.prunella.control.serve.Startup.State;
import io.prunella.ruler.topology.Topology;
import io.prunella.ruler.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the topology of a file in force, and again whenever the file changes. A file that cannot be read, or has a problem,
 * replaces nothing. One thread at a time.
 */
final class TopologyFile {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyFile.class);

    private final Optional<Path> file;
    private final Healing healing;
    private final Startup startup;
    private String seen = "";
    private String judged = "";
    private volatile Topology current = Topology.EMPTY;
    private boolean inForce;

    TopologyFile(Optional<String> file, Healing healing, Startup startup) {
        this.file = file.map(Path::of);
        this.healing = healing;
        this.startup = startup;
    }

    /** What is in force; from any thread. */
    Topology current() {
        return current;
    }

    /** Loads what is there now, without waiting for it to settle. */
    void load() {
        if (file.isEmpty()) {
            startup.is(Stage.TOPOLOGY, State.DONE,
                    "none: set `topology.file`; until then nothing stands above anything, "
                            + "and limits `… of fleet` refuse");
            return;
        }
        seen = print(file.get());
        read(file.get());
    }

    /** Looks once; a file that differs from the last look is left until it is the same twice. */
    void step() {
        if (file.isEmpty()) {
            return;
        }
        String now = print(file.get());
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(judged)) {
            read(file.get());
        }
    }

    private void read(Path path) {
        judged = seen;
        try {
            TopologyReader.Read read = TopologyReader.read(Files.readAllBytes(path));
            if (read.topology().isPresent()) {
                Topology topology = read.topology().get();
                healing.topology(topology);
                current = topology;
                inForce = true;
                String size = topology.inventory().size() + " in the inventory";
                startup.is(Stage.TOPOLOGY, State.DONE, size);
                LOG.info("topology `{}` is in force: {}", path, size);
                return;
            }
            refused(read.problems().stream().map(problem -> path + ":" + problem.place() + ": " + problem.message()
                    + problem.help().map(help -> " (" + help + ")").orElse("")).collect(Collectors.joining("; ")));
        } catch (NoSuchFileException _) {
            refused("no such file: " + path);
        } catch (IOException e) {
            refused(path + " cannot be read: " + e.getMessage());
        }
    }

    private void refused(String why) {
        String rest = inForce ? "; the one before stays in force" : "; there is none in force";
        startup.is(Stage.TOPOLOGY, State.DEGRADED, why + rest);
        LOG.error("the topology is refused: {}{}", why, rest);
    }

    private static String print(Path path) {
        try {
            return PackFiles.fingerprint(path);
        } catch (IOException _) {
            return "unreadable";
        }
    }
}
