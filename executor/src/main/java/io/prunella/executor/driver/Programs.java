package io.prunella.executor.driver;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds a program as a shell would, so that "not installed" is known before anything is started. */
final class Programs {

    private Programs() {}

    static Optional<Path> find(String name, Map<String, String> environment, Path folder) {
        try {
            if (name.contains("/")) {
                return Optional.of(folder.resolve(name).toAbsolutePath()).filter(Programs::runnable);
            }
            for (var place : environment.getOrDefault("PATH", "").split(":", -1)) {
                var path = Path.of(place).resolve(name);
                if (path.isAbsolute() && runnable(path)) {
                    return Optional.of(path);
                }
            }
            return Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static boolean runnable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
