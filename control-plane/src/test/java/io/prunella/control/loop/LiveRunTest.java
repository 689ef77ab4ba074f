package io.prunella.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.prunella.compiler.rule.PackModel;
import io.prunella.executor.driver.CommandDriver;
import io.prunella.executor.driver.Drivers;
import io.prunella.executor.driver.ProcessSettings;
import io.prunella.executor.journal.Fact;
import io.prunella.executor.journal.HealHistory;
import io.prunella.executor.journal.Journal;
import io.prunella.executor.journal.JournalEntry;
import io.prunella.executor.journal.MemoryJournal;
import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.lock.Locks;
import io.prunella.executor.notify.LogChannels;
import io.prunella.executor.run.ExecutorSettings;
import io.prunella.executor.run.HealEvent;
import io.prunella.executor.schedule.PriorityWorkers;
import io.prunella.executor.schedule.Timers;
import io.prunella.plan.HealResult;
import io.prunella.plan.Mode;
import io.prunella.ruler.Firing;
import io.prunella.ruler.FiringJson;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings run for real: processes, an HTTP service, the machine's clock. */
class LiveRunTest {
    private static final long T0 = 1_790_000_000_000L;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final NetworkProber prober = new NetworkProber(threads);
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final MemoryJournal journal = new MemoryJournal();
    @TempDir
    Path folder;
    private HttpServer service = unstarted();
    private Path cure = Path.of("");

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Healthy once the cure is there. */
    @BeforeEach
    void startService() {
        cure = folder.resolve("cure");
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(Files.exists(cure) ? 200 : 503, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
        prober.close();
        threads.shutdownNow();
    }

    @Test
    void detectsHealsAndProvesByAskingTheService() throws Exception {
        List<LoopEvent> heard = new ArrayList<>();
        LiveRun run = run(Mode.AUTO, journal);
        run.subscribe(heard::add);
        LiveRun.Report report = run.run(pack("[\"touch\", \"" + cure + "\"]", probe(), "10s"), pinned());

        assertThat(report.heals()).singleElement().satisfies(heal -> {
            assertThat(heal.result()).contains(HealResult.HEALED);
            assertThat(heal.firedAt()).isEqualTo(T0 + 30_001);
            assertThat(heal.stages()).extracting(HealView.Stage::name).containsExactly(HealView.StageName.values());
            assertThat(heal.stages()).allSatisfy(s -> assertThat(s.end()).isPresent());
            assertThat(heal.attempts()).singleElement().satisfies(a -> {
                assertThat(a.outcome()).isEqualTo("succeeded");
                assertThat(a.driver()).isEqualTo("command");
            });
        });
        assertThat(report.failed()).isZero();
        assertThat(report.firings()).isEqualTo(1);
        assertThat(cure).exists();
        assertThat(heard).hasAtLeastOneElementOfType(LoopEvent.Reloaded.class)
                .hasAtLeastOneElementOfType(LoopEvent.Fired.class);
    }

    @Test
    void aServiceThatStaysIllIsRolledBackAndTold() throws Exception {
        LiveRun.Report report = run(Mode.AUTO, journal).run(
                pack("[\"touch\", \"" + folder.resolve("elsewhere") + "\"]", probe(), "1s"), pinned());
        assertThat(report.heals()).singleElement().satisfies(heal -> {
            assertThat(heal.result()).contains(HealResult.ROLLED_BACK);
            assertThat(heal.because()).containsEntry("first", "VERIFY_FAILED");
        });
        assertThat(report.failed()).isEqualTo(1);
        assertThat(folder.resolve("undone")).exists();
        assertThat(messages).singleElement().asString().contains("could not heal node-1");
    }

    @Test
    void aVerificationByRecordsDoesNotWaitInRealTime() throws Exception {
        long began = System.nanoTime();
        LiveRun.Report healed = run(Mode.AUTO, journal).run(
                pack("[\"touch\", \"" + cure + "\"]", "up == 1", "5m"), new RecordingInput("r.jsonl",
                        Packs.recording(Packs.sample(T0, "cpu_load", 0.97), Packs.sample(T0 + 15_000, "cpu_load", 0.97),
                                Packs.event(T0 + 20_000, "node_unreachable"),
                                Packs.sample(T0 + 30_000, "cpu_load", 0.97),
                                Packs.sample(T0 + 240_000, "up", 1)).bytes()));
        assertThat(healed.heals()).extracting(HealView::result).containsExactly(Optional.of(HealResult.HEALED));

        LiveRun.Report unverified = run(Mode.AUTO, new MemoryJournal())
                .run(pack("[\"touch\", \"" + cure + "\"]", "up == 1", "5m"), pinned());
        assertThat(unverified.heals()).extracting(HealView::result)
                .containsExactly(Optional.of(HealResult.UNVERIFIED));
        assertThat(unverified.failed()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void withoutModeAutoItFiresAsASimulationDoes() throws Exception {
        PackModel pack = pack("[\"touch\", \"" + cure + "\"]", probe(), "10s");
        List<String> run = new ArrayList<>();
        LiveRun dry = run(Mode.DRY_RUN, journal);
        dry.subscribe(e -> {
            if (e instanceof LoopEvent.Fired fired) {
                run.add(FiringJson.write(fired.firing()));
            }
        });
        dry.run(pack, pinned());
        List<String> simulated = new ArrayList<>();
        Simulation.run(pack, List.of(pinned()), SimulationSettings.defaults(),
                (Firing f) -> simulated.add(FiringJson.write(f)));
        assertThat(run).isEqualTo(simulated).hasSize(1);
        assertThat(cure).doesNotExist();
        assertThat(journal.latest(1)).isEmpty();
    }

    @Test
    void runAgainItHealsAgainUnderATraceOfItsOwn() throws Exception {
        PackModel pack = pack("[\"touch\", \"" + cure + "\"]", probe(), "10s");
        run(Mode.AUTO, journal).run(pack, pinned());
        Files.delete(cure);
        LiveRun.Report second = run(Mode.AUTO, journal).run(pack, pinned());
        assertThat(second.heals()).extracting(HealView::result).containsExactly(Optional.of(HealResult.HEALED));
        assertThat(journal.latest(10)).extracting(h -> h.order().traceId()).doesNotHaveDuplicates().hasSize(2);
        assertThat(cure).exists();
    }

    @Test
    void whatAKilledRunLeftIsTakenUpAndNotRepeated() throws Exception {
        PackModel pack = pack("[\"touch\", \"" + cure + "\"]", probe(), "10s");
        run(Mode.AUTO, journal).run(pack, pinned());
        MemoryJournal killed = new MemoryJournal();
        HealHistory whole = journal.latest(1).getFirst();
        for (JournalEntry entry : whole.entries()) {
            killed.append(entry);
            if (entry.fact() instanceof Fact.StepEnded) {
                break;
            }
        }
        List<LoopEvent> heard = new ArrayList<>();
        LiveRun next = run(Mode.AUTO, killed);
        next.subscribe(heard::add);
        Files.delete(cure);
        Files.createFile(cure);
        LiveRun.Report report = next.run(pack, pinned());

        assertThat(report.resumed()).isEqualTo(1);
        assertThat(report.heals()).singleElement().satisfies(heal -> {
            assertThat(heal.traceId()).isEqualTo(whole.order().traceId());
            assertThat(heal.result()).contains(HealResult.HEALED);
        });
        assertThat(heard).filteredOn(e -> e instanceof LoopEvent.Heal(HealEvent.AttemptStarted _)).isEmpty();
        assertThat(heard).filteredOn(LoopEvent.Problem.class::isInstance).singleElement().asString()
                .contains("was taken on before");
    }

    @Test
    void stoppedItCancelsWhatRunsAndTheJournalSaysBy() throws Exception {
        LiveRun run = run(Mode.AUTO, journal);
        run.subscribe(e -> {
            if (e instanceof LoopEvent.Heal(HealEvent.AttemptStarted _)) {
                threads.execute(() -> run.stop("SIGTERM"));
            }
        });
        LiveRun.Report report = run.run(pack("[\"sleep\", \"600\"]", probe(), "10s"), pinned());
        assertThat(report.stoppedBy()).contains("SIGTERM");
        assertThat(report.heals()).extracting(HealView::result)
                .containsExactly(Optional.of(HealResult.INTERRUPTED));
        assertThat(journal.latest(1).getFirst().entries()).extracting(JournalEntry::fact)
                .contains(new Fact.CancelAsked("SIGTERM"));
    }

    private String probe() {
        return "probe(http \"http://127.0.0.1:" + service.getAddress().getPort() + "/\") == 200";
    }

    private static RecordingInput pinned() {
        return Packs.recording(Packs.sample(T0, "cpu_load", 0.97), Packs.sample(T0 + 15_000, "cpu_load", 0.97),
                Packs.event(T0 + 20_000, "node_unreachable"), Packs.sample(T0 + 30_000, "cpu_load", 0.97),
                Packs.sample(T0 + 45_000, "cpu_load", 0.97), Packs.tick(T0 + 50_000));
    }

    private PackModel pack(String argv, String verify, String within) {
        return Packs.of("""
                rule reboot
                  on event: "node_unreachable"
                  when: cpu_load > 95%% AND duration > 30s
                  then: execute("fix", timeout: 30s)
                  verify: %s within %s every 1s
                  rollback: execute("undo")
                  escalate: notify("oncall", "could not heal {{ entity }}: {{ result }}")
                metric up: number
                action fix()
                  uses: command
                  argv: %s
                action undo()
                  uses: command
                  argv: ["touch", "%s"]
                channel oncall: log
                """.formatted(verify, within, argv, folder.resolve("undone")));
    }

    private LiveRun run(Mode mode, Journal kept) {
        return new LiveRun(mode, InstantSource.system(), (Timers timers) -> new LoopPorts(timers, threads,
                new PriorityWorkers(4, threads),
                Drivers.of(new CommandDriver(
                        ProcessSettings.of(Map.of("PATH", "/usr/bin:/bin"), timers, threads))),
                kept, Locks.inProcess(FencingToken.NONE), new LogChannels(messages::add), prober,
                ExecutorSettings.plain("test")));
    }
}
