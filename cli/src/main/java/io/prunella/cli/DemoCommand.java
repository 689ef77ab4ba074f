package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.HealView;
import io.prunella.control.loop.LiveRun;
import io.prunella.control.settings.Settings;
import io.prunella.control.telemetry.HealTrace;
import io.prunella.control.telemetry.TraceRecorder;
import io.prunella.control.telemetry.TraceTree;
import io.prunella.executor.journal.JournalFailure;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.simulation.RecordingInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

@CommandLine.Command(name = "demo", mixinStandardHelpOptions = true, description = "Heals a real process of this machine, twice, and shows how.", footer = {
        "", "Installs what is missing where it may (as root, with apt-get), else says what to install.",
        "Ends with 0 only if the process was really healed; leaves nothing running."})
final class DemoCommand implements Action {
    private static final String BAD_RELEASE = "2026.12-broken";
    private static final long SET_UP_MINUTES = 10;

    private final Shell shell;
    private final PrintStream out;
    private final Style style;
    private final List<HealTrace> traces = new ArrayList<>();

    DemoCommand(Shell shell) {
        this.shell = shell;
        out = shell.out();
        style = Style.of(shell.colourOut());
    }

    @Override
    public int run() {
        setUp();
        Path python = Tool.find("python3", shell.environment())
                .orElseThrow(() -> UserError.usage("`python3` is missing: apt-get install python3"));
        try (Interruption interruption = new Interruption()) {
            Path work = Files.createTempDirectory("prunella-demo");
            try (DemoNode node = DemoNode.boot(python, shell.home().resolve("demo/node.py"), work.resolve("node"))) {
                return heal(node, work, interruption);
            } finally {
                Live.delete(work);
            }
        } catch (IOException e) {
            throw new UserError(Exit.FOUND, "the demo could not be set up: " + e.getMessage());
        } catch (JournalFailure e) {
            throw new UserError(Exit.FOUND, e.getMessage() + " (" + e.help() + ")");
        }
    }

    private void setUp() {
        try {
            Process process = new ProcessBuilder("sh", shell.home().resolve("demo/install-missing").toString(),
                    "python3=python3", "ansible-playbook=ansible-core", "ansible-runner=python3-ansible-runner")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(SET_UP_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroy();
                throw UserError.usage("the demo needs these packages, so nothing was done");
            }
        } catch (IOException e) {
            throw UserError.usage("the demo's files are not there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(Exit.INTERRUPTED, "interrupted");
        }
    }

    private int heal(DemoNode node, Path work, Interruption interruption) throws IOException, JournalFailure {
        Path state = work.resolve("node");
        DemoPack pack = DemoPack.copy(shell.home().resolve("examples/01-first-heal"), work.resolve("pack"), node,
                state);
        PackModel model = Packs.compileQuietly(pack.path());
        Settings settings = withJournal(work.resolve("journal.db"));
        String process = pid(state);
        say("A node is up: process " + process + " answers at http://" + node.address() + "/healthz");

        title("1  It hangs");
        node.order("/pin");
        node.order("/freeze");
        say("its CPU is pinned and it no longer answers: a probe of ours gets " + told(node.probe()));
        say("replaying the recording of such a fault, as monitoring saw it (recordings/unreachable.jsonl)");
        HealResult first = run(settings, model, pack.recording("unreachable"), interruption);
        String after = pid(state);
        boolean healed = first == HealResult.SUCCEEDED && node.await(status -> status == 200)
                && !after.equals(process);
        verdict(healed, healed
                ? "our own probe: " + told(node.probe()) + ", from process " + after + " instead of " + process
                : "our own probe: " + told(node.probe()) + ", the result is " + first);

        title("2  A bad release, which a restart does not cure");
        node.order("/release?name=" + BAD_RELEASE);
        node.await(status -> status == 503);
        say("release " + BAD_RELEASE + " is rolled out: a probe of ours gets " + told(node.probe()));
        say("replaying the recording of such a fault (recordings/bad-release.jsonl)");
        HealResult second = run(settings, model, pack.recording("bad-release"), interruption);
        String release = Files.readString(state.resolve("release")).strip();
        boolean restored = second == HealResult.ROLLED_BACK && node.await(status -> status == 200)
                && !release.equals(BAD_RELEASE);
        verdict(restored, "our own probe: " + told(node.probe()) + ", with release " + release);

        title("One trace for each heal");
        traces.forEach(trace -> {
            TraceTree.render(trace).lines().forEach(line -> out.println("  " + line));
            out.println();
        });
        out.println(healed && restored
                ? style.good("healed: both faults are gone, and nothing is left running")
                : style.bad("NOT healed; the lines above say at which stage it went wrong"));
        return healed && restored ? Exit.OK : Exit.FOUND;
    }

    private HealResult run(Settings settings, PackModel model, Path recording, Interruption interruption)
            throws IOException, JournalFailure {
        out.println();
        try (Live live = new Live(settings, true, shell.environment())) {
            LiveRun run = new LiveRun(Mode.AUTO, InstantSource.system(),
                    timers -> live.ports(timers, message -> out.println(style.quiet("             log: " + message))));
            run.subscribe(new StagePrinter(out, style)::print);
            run.subscribe(new TraceRecorder(InstantSource.system(), traces::add));
            interruption.stops(run);
            LiveRun.Report report = run.run(model,
                    new RecordingInput(String.valueOf(recording.getFileName()), Files.newInputStream(recording)));
            if (report.stoppedBy().isPresent()) {
                throw new UserError(Exit.INTERRUPTED, "stopped; nothing is left running");
            }
            return report.heals().stream().findFirst().flatMap(HealView::result).orElse(HealResult.FAILED);
        }
    }

    private static Settings withJournal(Path journal) {
        Settings usual = Settings.defaults();
        return new Settings(usual.execution(), usual.guards(), usual.entities(), usual.workers(), usual.ingest(),
                usual.locks(),
                usual.server(),
                journal.toString(), usual.packs());
    }

    private static String pid(Path state) throws IOException {
        Path file = state.resolve("service.pid");
        return Files.exists(file) ? Files.readString(file).strip() : "none";
    }

    private static String told(int status) {
        return status == DemoNode.NO_ANSWER ? "no answer" : "HTTP " + status;
    }

    private void title(String text) {
        out.println();
        out.println(style.strong(text));
        out.flush();
    }

    private void say(String text) {
        out.println("  " + text);
        out.flush();
    }

    private void verdict(boolean good, String text) {
        out.println();
        out.println("  " + (good ? style.good("✓ ") : style.bad("✗ ")) + text);
        out.flush();
    }
}
