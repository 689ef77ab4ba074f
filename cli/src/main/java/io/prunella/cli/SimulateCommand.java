package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.FiringJson;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationReport;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "simulate", mixinStandardHelpOptions = true, description = "Runs recordings through a pack and prints every firing, one JSON object a line. Nothing is executed.", footer = {
        "", "A line of a recording that cannot be used is skipped, counted, and named on standard error.",
        "Ends with 2 if no line can be used, or if the recording cannot be unpacked."})
final class SimulateCommand implements Action {

    private final Shell shell;

    @CommandLine.Parameters(paramLabel = "PACK", description = "a pack's folder, a .dl file, or - for standard input")
    private String pack = "";

    @CommandLine.Option(names = "--recording", required = true, paramLabel = "FILE", description = "a recording (.jsonl, also .gz and .zst), or - for standard input; may be given several times: they are merged by time")
    private List<String> recordings = List.of();

    @CommandLine.Option(names = "--until", paramLabel = "TS", description = "where the clock ends: RFC 3339, or epoch milliseconds (default: at the last record)")
    private Optional<String> until = Optional.empty();

    @SuppressWarnings("UnusedVariable") // taken because every command takes it
    @CommandLine.Option(names = "--json", description = "JSON Lines, which is what is printed without it too")
    private boolean json;

    @CommandLine.Option(names = "--because", paramLabel = "full", description = "`full`: each term with its operator, threshold, window and series")
    private Optional<String> because = Optional.empty();

    @CommandLine.Option(names = "--shards", paramLabel = "N", description = "how many threads parse the recordings ahead (default: one for each processor, 8 at most); what is printed does not depend on it")
    private int shards = Math.min(8, Runtime.getRuntime().availableProcessors());

    @CommandLine.Option(names = "--topology", paramLabel = "FILE", description = "who there is and who stands above whom, YAML or JSON: the inventory, its labels, and child to parents")
    private Optional<String> topology = Optional.empty();

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "a server's prunella.yaml: its `guards` are held, which no simulation has otherwise, and its `entities` say whom records are about")
    private Optional<String> config = Optional.empty();

    SimulateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        boolean full = because.isPresent();
        if (full && !because.get().equals("full")) {
            throw UserError.usage("`--because` takes `full`, not `" + because.get() + "`");
        }
        if (shards < 1) {
            throw UserError.usage("`--shards` takes 1 or more, not `" + shards + "`");
        }
        Recordings inputs = new Recordings(shell, pack, recordings);
        SimulationSettings settings = Configuration.simulation(config, Instants.parse("--until", until), topology);
        PackModel model = Packs.compile(shell, pack);
        List<RecordingInput> opened = inputs.open(shards);
        try {
            SimulationReport report = Simulation.run(model, opened, settings,
                    firing -> inputs.print(FiringJson.write(firing, full)));
            inputs.close();
            shell.out().flush();
            Recordings.tell(shell, report.recording());
            report.notices().forEach(notice -> shell.err().println("note: " + notice));
            shell.err().println(Count.of(report.firings(), "firing"));
            Recordings.refuseUnreadable(report.recording());
            return Exit.OK;
        } catch (IOException e) {
            throw UserError.usage("cannot read the recording: " + e.getMessage());
        }
    }
}
