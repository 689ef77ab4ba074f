package io.prunella.cli;

import io.prunella.control.settings.Settings;
import io.prunella.ruler.recording.EntityMapping;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The configuration in force: the file named, else {@code ./prunella.yaml} if it is there, and the environment.
 *
 * @param from what the user calls it
 * @param problems each on one line, with its place
 */
record Configuration(String from, Optional<Settings> settings, List<String> problems) {
    private static final Path USUAL = Path.of("prunella.yaml");

    static Configuration read(Optional<Path> named, Map<String, String> environment) {
        Optional<Path> file = named.or(() -> Files.exists(USUAL) ? Optional.of(USUAL) : Optional.empty());
        String from = file.map(Path::toString).orElse("none: defaults and environment");
        try {
            String yaml = file.isPresent() ? Files.readString(file.get()) : "";
            Settings.Parsed parsed = Settings.parse(yaml, environment);
            return new Configuration(from, parsed.settings(), parsed.problems().stream()
                    .map(p -> file.map(f -> f + ":").orElse("") + p.line()).toList());
        } catch (IOException e) {
            throw UserError.usage(Files.exists(Path.of(from))
                    ? "cannot read " + from + " (no permission, or no UTF-8)"
                    : "no such file: " + from);
        }
    }

    /** How a simulation runs that is to be held to what a server's configuration says, if one is named. */
    static SimulationSettings simulation(Optional<String> config, OptionalLong until, Optional<String> topology) {
        Optional<Settings> server = config.map(file -> read(Optional.of(Path.of(file)), Map.of()).orRefuse());
        return new SimulationSettings(until, Topologies.read(topology), server.map(Settings::guards),
                server.map(Settings::entities).orElse(EntityMapping.DEFAULT));
    }

    /** For commands that cannot do without. */
    Settings orRefuse() {
        return settings.orElseThrow(() -> UserError.usage("the configuration has "
                + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems)));
    }
}
