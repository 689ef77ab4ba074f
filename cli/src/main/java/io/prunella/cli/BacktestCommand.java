package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.backtest.Backtest;
import io.prunella.ruler.backtest.BacktestReport;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "backtest", mixinStandardHelpOptions = true, description = "Runs recordings through two packs and says what B would have done differently. Nothing is executed.", footer = {
        "",
        "A firing of B answers one of A if rule, subject and event are the same, and no other is nearer in time, within 1h or as long as the event stays open.",
        "Ends with 1 if a pack has errors, and with --fail-on-change if any firing is new, gone, earlier, later or changed."})
final class BacktestCommand implements Action {
    private static final int TIMES_READ = 4;

    private final Shell shell;

    @CommandLine.Parameters(index = "0", paramLabel = "PACK_A", description = "the pack as it is: a folder, a .dl file, or - for standard input")
    private String packA = "";

    @CommandLine.Parameters(index = "1", paramLabel = "PACK_B", description = "the pack as it would be, likewise")
    private String packB = "";

    @CommandLine.Option(names = "--recording", required = true, paramLabel = "FILE", description = "a recording (.jsonl, also .gz and .zst), or - for standard input; may be given several times: they are merged by time")
    private List<String> recordings = List.of();

    @CommandLine.Option(names = "--until", paramLabel = "TS", description = "where the clock ends: RFC 3339, or epoch milliseconds (default: at the last record)")
    private Optional<String> until = Optional.empty();

    @CommandLine.Option(names = "--fail-on-change", description = "ends with 1 if they differ")
    private boolean failOnChange;

    @CommandLine.Option(names = "--json", description = "JSON Lines: each rule, each firing that differs, both packs' totals, a summary")
    private boolean json;

    @CommandLine.Option(names = "--markdown", description = "Markdown as GitHub reads it, for a pull request")
    private boolean markdown;

    @CommandLine.Option(names = "--topology", paramLabel = "FILE", description = "who there is and who stands above whom, YAML or JSON: the inventory, its labels, and child to parents")
    private Optional<String> topology = Optional.empty();

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "a server's prunella.yaml: both packs are held to its `guards`, which nothing has otherwise, and its `entities` say whom records are about")
    private Optional<String> config = Optional.empty();

    BacktestCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        if (json && markdown) {
            throw UserError.usage("`--json` and `--markdown` are two forms of the same; take one");
        }
        SimulationSettings settings = Configuration.simulation(config, Instants.parse("--until", until), topology);
        try (Recordings inputs = new Recordings(shell, List.of(packA, packB), recordings, TIMES_READ)) {
            PackModel a = Packs.compile(shell, packA);
            PackModel b = Packs.compile(shell, packB);
            BacktestReport report = Backtest.run(a, b, inputs::open, settings);
            inputs.hideProgress();
            print(report);
            shell.out().flush();
            Recordings.tell(shell, report.recording());
            report.notices().forEach(notice -> shell.err().println("note: " + notice));
            Recordings.refuseUnreadable(report.recording());
            return failOnChange && report.differs() ? Exit.FOUND : Exit.OK;
        } catch (IOException e) {
            throw UserError.usage("cannot read the recording: " + e.getMessage());
        }
    }

    private void print(BacktestReport report) {
        if (json) {
            BacktestJson.lines(report).forEach(line -> shell.out().println(line));
        } else if (markdown) {
            shell.out().print(BacktestMarkdown.of(report, packA, packB));
        } else {
            shell.out().print(new BacktestText(Style.of(shell.colourOut())).of(report, packA, packB));
        }
    }
}
