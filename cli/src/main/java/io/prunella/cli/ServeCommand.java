package io.prunella.cli;

import io.prunella.control.serve.Serve;
import io.prunella.control.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service, until it is told to end (Ctrl-C, SIGTERM).", footer = {
        "", "Without a configuration: this machine only, dry run, packs from ./rule-packs.",
        "Ends with 1 if it cannot start."})
final class ServeCommand implements Action {
    private final Shell shell;

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "the configuration (default: ./prunella.yaml if it is there)")
    private Optional<Path> config = Optional.empty();

    @CommandLine.Option(names = "--log-level", paramLabel = "L", description = "error, warn, info, debug or trace (default: info)")
    private String logLevel = "info";

    @CommandLine.Option(names = "--tls-cert", paramLabel = "F", hidden = true)
    private Optional<String> certificate = Optional.empty();

    @CommandLine.Option(names = "--tls-key", paramLabel = "F", hidden = true)
    private Optional<String> key = Optional.empty();

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        Later.refuse("--tls-cert", certificate.isPresent());
        Later.refuse("--tls-key", key.isPresent());
        Settings settings = Configuration.read(config, shell.environment()).orRefuse();
        try {
            return Serve.run(settings, shell.environment(), logLevel, shell.err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.INTERRUPTED;
        }
    }
}
