package io.prunella.executor.driver;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs playbooks through a real {@code ansible-runner} process. Thread-safe.
 *
 * <p>
 * The action's {@code playbook:} is a file of its pack. It gets the action's arguments, {@code entity}, {@code trace_id}
 * and {@code action_id} as variables, durations in seconds; texts are marked unsafe, so that Ansible never takes them
 * for templates. It is run for one host only, named like the target without its kind. That host comes from the pack's
 * {@code actions/inventory} if there is one; else it is the only one that Ansible is told of, and how it is reached is
 * Ansible's and the play's to say. What {@code set_stats} sets is returned.
 *
 * <p>
 * The look before an attempt is {@code --check --diff} of the action's {@code check:} playbook, else of its own. It says
 * "as it should be" only if every task could be looked at: a task that was skipped, as {@code command} is in check mode,
 * makes it no answer.
 */
public final class AnsibleDriver implements ActionDriver {
    private static final int LONGEST_EVENT = 1 << 24;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final ProcessSettings settings;
    private final Path folders;

    /**
     * Uses ansible-runner from the settings' {@code PATH}.
     *
     * @param folders where runs have their private folders; made if it is not there
     */
    public AnsibleDriver(ProcessSettings settings, Path folders) {
        this.settings = settings;
        this.folders = folders;
    }

    /** What is run, once everything about it is known to be there. */
    private record Run(Path runner, Path pack, String playbook, String host, Optional<Path> inventory) {}

    /** A run, or why there is none. */
    private sealed interface Ready {

        record Yes(Run run) implements Ready {}

        record No(Outcome.Refused why) implements Ready {}
    }

    /** A run that ended. */
    private record Ended(ChildProcess.Exit exit, String status, AnsibleEvents events) {}

    @Override
    public String name() {
        return "ansible";
    }

    @Override
    public Optional<Outcome.Refused> prepare(Attempt attempt) {
        return switch (ready(attempt, playbook(attempt))) {
            case Ready.Yes _ -> Optional.empty();
            case Ready.No(var why) -> Optional.of(why);
        };
    }

    @Override
    public void stopLeftover(Attempt attempt) {
        ChildProcess.killMarked(attempt.actionId());
        AnsibleFolder.sweep(folders, attempt.actionId());
    }

    private static Optional<String> playbook(Attempt attempt) {
        return attempt.driverArguments().stream().findFirst().or(() -> property(attempt, "playbook")).map(Datum::text);
    }

    private static Optional<Datum> property(Attempt attempt, String name) {
        return Optional.ofNullable(attempt.properties().get(name));
    }

    private Ready ready(Attempt attempt, Optional<String> playbook) {
        var action = attempt.action().name();
        var unfit = CommandDriver.sandboxed(attempt.action()).or(() -> CommandDriver.unfit(attempt.target()));
        if (unfit.isPresent()) {
            return new Ready.No(unfit.get());
        }
        var host = attempt.target().substring(attempt.target().lastIndexOf('/') + 1);
        if (!HOST.matches(host)) {
            return no(FailureCode.BAD_TARGET, "`" + attempt.target() + "` cannot be an Ansible host: its name may have"
                    + " letters, digits, `.`, `_` and `-`, and begins with a letter, a digit or `_`");
        }
        for (var program : List.of("ansible-runner", "ansible-playbook")) {
            if (Programs.find(program, settings.environment(), Path.of("/")).isEmpty()) {
                return no(FailureCode.NOT_INSTALLED, "`" + program + "` is not installed: on Debian"
                        + " `apt install ansible-core python3-ansible-runner` brings it");
            }
        }
        if (playbook.isEmpty()) {
            return no(FailureCode.BAD_ACTION,
                    "action `" + action + "` says not what to run: give it `playbook: \"actions/….yml\"`");
        }
        if (attempt.action().packFolder().isEmpty()) {
            return no(FailureCode.BAD_ACTION, "action `" + action
                    + "` has a playbook, but its rule is a single file: put both into a pack, a folder with `pack.dl`");
        }
        return inPack(attempt, playbook.get(), host);
    }

    private Ready inPack(Attempt attempt, String playbook, String host) {
        var action = attempt.action().name();
        var pack = Path.of(attempt.action().packFolder());
        try {
            var real = pack.toRealPath();
            var file = real.resolve(playbook);
            if (!Files.isRegularFile(file)) {
                return no(FailureCode.BAD_ACTION, "the playbook `" + playbook + "` of action `" + action
                        + "` does not exist in the pack's folder `" + pack + "`");
            }
            if (!file.toRealPath().startsWith(real)) {
                return no(FailureCode.BAD_ACTION,
                        "the playbook `" + playbook + "` of action `" + action + "` lies outside its pack");
            }
            var inventory = Optional.of(real.resolve("actions/inventory")).filter(Files::exists);
            return new Ready.Yes(new Run(
                    Programs.find("ansible-runner", settings.environment(), real).orElseThrow(), real,
                    real.relativize(file.toRealPath()).toString(), host, inventory));
        } catch (IOException | InvalidPathException e) {
            return no(FailureCode.BAD_ACTION, "the playbook `" + playbook + "` of action `" + action
                    + "` cannot be read in the pack's folder `" + pack + "`");
        }
    }

    private static Ready no(FailureCode code, String message) {
        return new Ready.No(new Outcome.Refused(code, message));
    }

    @Override
    public CheckAnswer check(Attempt attempt) {
        var playbook = property(attempt, "check").map(Datum::text).or(() -> playbook(attempt));
        return switch (ready(attempt, playbook)) {
            case Ready.No(var why) -> new CheckAnswer.Refused(why);
            case Ready.Yes(var run) -> answer(look(attempt, run));
        };
    }

    private static CheckAnswer answer(Optional<Ended> looked) {
        if (looked.isEmpty()) {
            return new CheckAnswer.CannotTell("the check could not be started");
        }
        var ended = looked.get();
        var events = ended.events();
        if (ended.exit().cancelled()) {
            return new CheckAnswer.CannotTell("the check did not end within its time");
        }
        if (events.changed() > 0) {
            return new CheckAnswer.WouldChange(events.tasks().stream().filter(t -> t.endsWith(": changed")).toList());
        }
        if (!ended.status().equals("successful")) {
            return new CheckAnswer.CannotTell("the check failed: " + trouble(ended));
        }
        if (events.skipped() > 0 || events.ok() == 0) {
            return new CheckAnswer.CannotTell(
                    "not every task can be looked at in check mode: " + String.join(", ", events.tasks()));
        }
        return new CheckAnswer.InDesiredState();
    }

    private Optional<Ended> look(Attempt attempt, Run run) {
        var done = new CompletableFuture<Ended>();
        try {
            var child = launch(attempt, run, true, _ -> {}, done::complete);
            var timer = settings.timers().schedule(settings.timers().millis() + attempt.timeoutMillis(),
                    child::cancel);
            var ended = done.join();
            timer.cancel();
            return Optional.of(ended);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public Preview preview(Attempt attempt) {
        return switch (ready(attempt, playbook(attempt))) {
            case Ready.No(var why) -> Preview.refused(why);
            case Ready.Yes(var run) -> {
                var looked = look(attempt, run);
                var command = List.of(argv(run, Path.of("PRIVATE_FOLDER"), attempt.actionId(), false));
                if (looked.isEmpty()) {
                    yield new Preview(command, List.of(), List.of(), List.of("ansible-runner could not be started"),
                            Optional.empty());
                }
                var events = looked.get().events();
                List<String> notes = new ArrayList<>();
                if (!looked.get().status().equals("successful")) {
                    notes.add("check mode did not get through: " + trouble(looked.get()));
                }
                if (events.skipped() > 0) {
                    notes.add("tasks that are skipped here may run: check mode cannot look at all of them");
                }
                yield new Preview(command, events.files(), events.tasks(), notes, Optional.empty());
            }
        };
    }

    @Override
    public RunningAttempt start(Attempt attempt, Consumer<OutputLine> output, Consumer<Outcome> ended) {
        switch (ready(attempt, playbook(attempt))) {
            case Ready.No(var why) -> ended.accept(why);
            case Ready.Yes(var run) -> {
                try {
                    return launch(attempt, run, false, output, end -> ended.accept(outcome(attempt, end)));
                } catch (IOException e) {
                    ended.accept(new Outcome.Refused(FailureCode.NO_RESOURCES,
                            "ansible-runner could not be started: " + e.getMessage()));
                }
            }
        }
        return () -> {};
    }

    private ChildProcess launch(Attempt attempt, Run run, boolean look, Consumer<OutputLine> output,
            Consumer<Ended> ended) throws IOException {
        var ident = attempt.actionId();
        var folder = AnsibleFolder.make(folders, attempt, run.host());
        var events = new AnsibleEvents(output);
        var lines = new Lines(LONGEST_EVENT, Long.MAX_VALUE, false, events::read);
        try {
            return ChildProcess.start(settings, argv(run, folder.path(), ident, look), run.pack(),
                    Map.of("LC_ALL", "C.UTF-8", "ANSIBLE_LOCAL_TEMP", folder.path().resolve("tmp").toString(),
                            "ANSIBLE_RETRY_FILES_ENABLED", "0", "ANSIBLE_PYTHON_INTERPRETER", "/usr/bin/python3",
                            "PRUNELLA_TRACE_ID", attempt.traceId()),
                    look ? ident + "-check" : ident, lines, exit -> {
                        var end = new Ended(exit, folder.status(ident), events);
                        folder.delete();
                        ended.accept(end);
                    });
        } catch (IOException e) {
            folder.delete();
            throw e;
        }
    }

    private static List<String> argv(Run run, Path folder, String ident, boolean look) {
        List<String> argv = new ArrayList<>(List.of(run.runner().toString(), "run", folder.toString(), "-j",
                "--ident", ident, "--project-dir", run.pack().toString(), "-p", "./" + run.playbook()));
        // Where Ansible knows of one host only, a limit would but forbid a play for `localhost`.
        run.inventory().ifPresent(
                file -> argv.addAll(List.of("--inventory", file.toString(), "--limit", run.host())));
        if (look) {
            argv.addAll(List.of("--cmdline", "--check --diff"));
        }
        return argv;
    }

    private static Outcome outcome(Attempt attempt, Ended ended) {
        var events = ended.events();
        if (ended.exit().cancelled() || ended.status().equals("canceled")) {
            return new Outcome.Unknown("stopped before its end");
        }
        if (ended.status().equals("timeout")) {
            return new Outcome.TimedOut("ansible-runner stopped it at its `job_timeout`");
        }
        if (!events.acted() && !(ended.status().equals("successful") && events.skipped() > 0)) {
            return events.unreachable().map(why -> new Outcome.Refused(FailureCode.UNREACHABLE, why))
                    .orElseGet(() -> new Outcome.Refused(FailureCode.BAD_ACTION, nothing(attempt, ended)));
        }
        var expects = attempt.action().expects();
        boolean good = expects.flatMap(e -> e.exit().stream().boxed().findFirst())
                .map(code -> code == ended.exit().code()).orElse(ended.status().equals("successful"));
        if (!good) {
            return new Outcome.Failed(FailureCode.ACTION_FAILED, trouble(ended));
        }
        var pattern = expects.flatMap(e -> e.output());
        if (pattern.isPresent() && !Pattern.compile(pattern.get()).matcher(events.text()).find()) {
            return new Outcome.Failed(FailureCode.UNEXPECTED_OUTPUT, "the output of `" + attempt.action().name()
                    + "` has nothing that matches `" + pattern.get() + "`");
        }
        return new Outcome.Succeeded(events.returned());
    }

    private static String nothing(Attempt attempt, Ended ended) {
        if (ended.events().noHosts() && ended.events().complaint().isEmpty()) {
            return "no play of the playbook of action `" + attempt.action().name()
                    + "` is for this host: say `hosts: all`";
        }
        return "the playbook of action `" + attempt.action().name() + "` did nothing: " + trouble(ended);
    }

    private static String trouble(Ended ended) {
        var events = ended.events();
        return events.failure().or(events::unreachable).or(events::complaint)
                .orElse("ansible-runner ended with " + ended.exit().code()
                        + (ended.status().isEmpty() ? "" : " (" + ended.status() + ")"));
    }
}
