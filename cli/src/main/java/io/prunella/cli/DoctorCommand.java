package io.prunella.cli;

import io.prunella.control.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

@CommandLine.Command(name = "doctor", mixinStandardHelpOptions = true, description = "Says what of the environment works, and the cure for what does not.", footer = {
        "", "Ends with 1 only if something that is configured does not work."})
final class DoctorCommand implements Action {
    private final Shell shell;

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "the configuration to judge by (default: ./prunella.yaml if it is there)")
    private Optional<Path> config = Optional.empty();

    @CommandLine.Option(names = "--json", description = "JSON Lines, one for each part")
    private boolean json;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        List<Finding> findings = new ArrayList<>();
        Configuration configuration = Configuration.read(config, shell.environment());
        findings.add(configuration.problems().isEmpty()
                ? Finding.ok("configuration", configuration.from())
                : Finding.bad("configuration", true, String.join("; ", configuration.problems()),
                        "mend " + configuration.from()));
        Settings settings = configuration.settings().orElseGet(Settings::defaults);
        findings.addAll(new Doctor(settings, drivers(Path.of(settings.packs())), shell.environment()).examine());
        findings.forEach(json ? this::printJson : this::print);
        return findings.stream().anyMatch(f -> f.state() == Finding.State.BROKEN) ? Exit.FOUND : Exit.OK;
    }

    private static Set<String> drivers(Path packs) {
        Set<String> names = new TreeSet<>();
        Packs.below(packs).forEach(pack -> pack.actions().forEach(
                action -> action.uses().forEach(use -> names.add(use.driver()))));
        return names;
    }

    private void print(Finding finding) {
        Style style = Style.of(shell.colourOut());
        String mark = switch (finding.state()) {
            case OK -> style.good("ok     ");
            case OFF -> style.quiet("off    ");
            case MISSING -> style.warning("missing");
            case BROKEN -> style.bad("broken ");
        };
        shell.out().printf("%s  %-14s  %s%n", mark, finding.part(), finding.text());
        if (!finding.cure().isEmpty()) {
            shell.out().printf("%-9s%-14s  %s%n", "", "", "cure: " + finding.cure());
        }
    }

    private void printJson(Finding finding) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("part", finding.part());
        line.put("state", finding.state().name().toLowerCase(java.util.Locale.ROOT));
        line.put("text", finding.text());
        line.put("cure", finding.cure());
        shell.out().println(Json.line(line));
    }
}
