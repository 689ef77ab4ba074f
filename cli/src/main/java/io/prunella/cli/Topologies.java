package io.prunella.cli;

import io.prunella.ruler.topology.Topology;
import io.prunella.ruler.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the topology that a command was given, or says all that is wrong with it. */
final class Topologies {
    private Topologies() {}

    static Topology read(Optional<String> file) {
        return file.map(Topologies::read).orElse(Topology.EMPTY);
    }

    private static Topology read(String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw UserError.usage(file + ": " + (Files.isDirectory(path)
                    ? "is a folder, not a topology"
                    : Files.exists(path) ? "permission denied" : "no such file or folder"));
        }
        try {
            TopologyReader.Read read = TopologyReader.read(Files.readAllBytes(path));
            return read.topology().orElseThrow(() -> UserError.usage(read.problems().stream()
                    .map(p -> file + ":" + p.place() + ": " + p.message() + p.help().map(h -> "; " + h).orElse(""))
                    .collect(Collectors.joining("\n"))));
        } catch (IOException e) {
            throw UserError.usage(file + ": cannot be read: " + e.getMessage());
        }
    }
}
