package io.prunella.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The demo's own copy of its pack, which says where the node of this run is. */
final class DemoPack {
    private static final String RECORDED = "127.0.0.1:18471";

    private final Path folder;

    private DemoPack(Path folder) {
        this.folder = folder;
    }

    static DemoPack copy(Path from, Path to, DemoNode node, Path state) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        Files.write(to.resolve("actions/node.yml"), List.of("node_address: " + node.address(),
                "node_control: " + node.controlAddress(), "node_state: " + state, "good_release: \"2026.11\""));
        if (!node.address().equals(RECORDED)) {
            try (Stream<Path> recordings = Files.list(to.resolve("recordings"))) {
                for (Path recording : recordings.toList()) {
                    Files.writeString(recording,
                            Files.readString(recording).replace(RECORDED, node.address()));
                }
            }
        }
        return new DemoPack(to);
    }

    String path() {
        return folder.toString();
    }

    Path recording(String name) {
        return folder.resolve("recordings").resolve(name + ".jsonl");
    }
}
