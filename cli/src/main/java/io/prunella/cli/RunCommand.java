package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.LiveRun;
import io.prunella.control.loop.LoopEvent;
import io.prunella.control.settings.Settings;
import io.prunella.control.telemetry.OtlpTraces;
import io.prunella.control.telemetry.TraceRecorder;
import io.prunella.control.telemetry.TraceTree;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.executor.run.HealEvent;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Firing;
import io.prunella.ruler.FiringJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the whole loop on a recording, in one process: detects, decides, executes, verifies.", footer = {
        "", "Without --mode auto it is a dry run: nothing is executed. Each firing is one JSON object on standard",
        "output once its result is known; what happens meanwhile is told on standard error.",
        "Ends with 1 if a heal failed, with 2 if the recording cannot be read."})
final class RunCommand implements Action {

    /** The most that a rule may. */
    enum Most {
        dry_run(Mode.DRY_RUN), approve(Mode.APPROVE), auto(Mode.AUTO);

        private final Mode mode;

        Most(Mode mode) {
            this.mode = mode;
        }
    }

    private final Shell shell;

    @CommandLine.Parameters(paramLabel = "PACK", description = "a pack's folder or a .dl file")
    private String pack = "";

    @CommandLine.Option(names = "--recording", required = true, paramLabel = "FILE", description = "a recording (.jsonl, also .gz and .zst), or - for standard input")
    private String recording = "";

    @CommandLine.Option(names = "--mode", paramLabel = "dry_run|approve|auto", description = "the most that any rule may, and what a rule without a mode gets (default: dry_run)")
    private Most most = Most.dry_run;

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "where journal and locks are configured (default: ./prunella.yaml if it is there)")
    private Optional<Path> config = Optional.empty();

    @SuppressWarnings("UnusedVariable") // taken because every command takes it
    @CommandLine.Option(names = "--json", description = "JSON Lines, which is what is printed without it too")
    private boolean json;

    private final Map<String, Firing> open = new HashMap<>();

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        Recordings inputs = Recordings.withoutBar(shell, pack, List.of(recording));
        Settings settings = Configuration.read(config, shell.environment()).orRefuse();
        PackModel model = Packs.compile(shell, pack);
        Style style = Style.of(shell.colourErr());
        try (Interruption interruption = new Interruption();
                Live live = new Live(settings, most.mode != Mode.DRY_RUN, shell.environment())) {
            LiveRun run = new LiveRun(most.mode, InstantSource.system(),
                    timers -> live.ports(timers, message -> shell.err().println(style.warning(message))));
            run.subscribe(new StagePrinter(shell.err(), style)::print);
            run.subscribe(event -> report(event, model));
            Optional<OtlpTraces> export = OtlpTraces.open(shell.environment(), shell.err()::println);
            run.subscribe(new TraceRecorder(InstantSource.system(), trace -> {
                if (most.mode != Mode.DRY_RUN) {
                    shell.err().print(TraceTree.render(trace));
                }
                export.ifPresent(e -> e.accept(trace));
            }));
            interruption.stops(run);
            LiveRun.Report report = run.run(model, inputs.open().getFirst());
            Recordings.tell(shell, report.recording());
            export.ifPresent(OtlpTraces::close);
            if (report.stoppedBy().isPresent()) {
                return Exit.INTERRUPTED;
            }
            Recordings.refuseUnreadable(report.recording());
            return report.failed() > 0 ? Exit.FOUND : Exit.OK;
        } catch (IOException e) {
            throw UserError.usage("cannot read the recording: " + e.getMessage());
        } catch (JournalFailure e) {
            throw UserError.usage(e.getMessage() + " (" + e.help() + ")");
        }
    }

    private void report(LoopEvent event, PackModel pack) {
        switch (event) {
            case LoopEvent.Fired fired -> {
                if (fired.ended().isPresent()) {
                    line(fired.firing(), fired.ended().get());
                } else {
                    open.put(fired.firing().traceId(), fired.firing());
                }
            }
            case LoopEvent.Heal(HealEvent.Resumed resumed) ->
                open.put(resumed.traceId(), TakenUp.firing(resumed.order(), pack));
            case LoopEvent.Heal(HealEvent.Ended ended) -> {
                Firing firing = open.remove(ended.traceId());
                if (firing != null) {
                    line(firing, ended.result());
                }
            }
            case LoopEvent.Heal _,LoopEvent.Reloaded _,LoopEvent.Problem _ -> {
                // On standard error.
            }
        }
    }

    private void line(Firing firing, HealResult result) {
        shell.out().println(FiringJson.write(firing, result, false));
        shell.out().flush();
    }
}
