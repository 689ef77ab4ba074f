package io.prunella.executor.driver;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs a program on this machine by its argument list, never through a shell. The list stands in
 * {@code uses: command("…", …)} or in the property {@code argv}; a {@code check:} is such a list too, and ends with 0 if
 * the target is already as it should be, with 1 if it is not; anything else is no answer. Thread-safe.
 */
public final class CommandDriver implements ActionDriver {
    private static final int LONGEST_LINE = 1 << 16;

    private final ProcessSettings settings;

    public CommandDriver(ProcessSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public Optional<Outcome.Refused> prepare(Attempt attempt) {
        var argv = argv(attempt);
        if (argv.isEmpty()) {
            return refused(FailureCode.BAD_ACTION, "action `" + attempt.action().name()
                    + "` says not what to run: give it `argv: [\"program\", \"argument\"]`");
        }
        var unfit = sandboxed(attempt.action()).or(() -> unfit(attempt.target())).or(() -> option(attempt));
        if (unfit.isPresent()) {
            return unfit;
        }
        if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            return refused(FailureCode.BAD_ACTION,
                    "an argument of action `" + attempt.action().name() + "` holds a zero byte");
        }
        var broken = pattern(attempt.action()).flatMap(CommandDriver::brokenPattern);
        if (broken.isPresent()) {
            return broken;
        }
        if (Programs.find(argv.getFirst(), settings.environment(), folder(attempt)).isEmpty()) {
            return refused(FailureCode.NOT_INSTALLED, "the program `" + argv.getFirst() + "` of action `"
                    + attempt.action().name() + "` is not there or not executable");
        }
        return Optional.empty();
    }

    @Override
    public void stopLeftover(Attempt attempt) {
        ChildProcess.killMarked(attempt.actionId());
    }

    @Override
    public CheckAnswer check(Attempt attempt) {
        var check = attempt.properties().get("check");
        if (check == null) {
            return new CheckAnswer.CannotTell("action `" + attempt.action().name() + "` has no `check:`");
        }
        var argv = words(check);
        var program = argv.isEmpty()
                ? Optional.<Path>empty()
                : Programs.find(argv.getFirst(), settings.environment(), folder(attempt));
        if (program.isEmpty()) {
            return new CheckAnswer.CannotTell("the program of `check:` is not there: `" + check.text() + "`");
        }
        var ended = new CompletableFuture<ChildProcess.Exit>();
        try {
            var child = ChildProcess.start(settings, with(program.get(), argv), folder(attempt), environment(attempt),
                    attempt.actionId() + "-check", lines(_ -> {}), ended::complete);
            var timer = settings.timers().schedule(settings.timers().millis() + attempt.timeoutMillis(),
                    child::cancel);
            var exit = ended.join();
            timer.cancel();
            if (exit.cancelled()) {
                return new CheckAnswer.CannotTell("the check did not end within its time");
            }
            return switch (exit.code()) {
                case 0 -> new CheckAnswer.InDesiredState();
                case 1 -> new CheckAnswer.WouldChange(exit.output().lines().limit(100).toList());
                default -> new CheckAnswer.CannotTell("the check ended with " + exit.code());
            };
        } catch (IOException e) {
            return new CheckAnswer.CannotTell("the check could not be started: " + e.getMessage());
        }
    }

    @Override
    public Preview preview(Attempt attempt) {
        var refusal = prepare(attempt);
        if (refusal.isPresent()) {
            return Preview.refused(refusal.get());
        }
        return switch (check(attempt)) {
            case CheckAnswer.InDesiredState _ -> preview(attempt, List.of(),
                    "the check finds the desired state: nothing would be run");
            case CheckAnswer.WouldChange(var changes) -> preview(attempt, changes, "the check finds it not there yet");
            case CheckAnswer.CannotTell(var why) -> preview(attempt, List.of(), why);
            case CheckAnswer.Refused(var why) -> Preview.refused(why);
        };
    }

    private static Preview preview(Attempt attempt, List<String> tasks, String note) {
        return new Preview(List.of(argv(attempt)), List.of(), tasks, List.of(note), Optional.empty());
    }

    @Override
    public RunningAttempt start(Attempt attempt, Consumer<OutputLine> output, Consumer<Outcome> ended) {
        var argv = argv(attempt);
        var refusal = prepare(attempt);
        var program = argv.isEmpty()
                ? Optional.<Path>empty()
                : Programs.find(argv.getFirst(), settings.environment(), folder(attempt));
        if (refusal.isPresent() || program.isEmpty()) {
            ended.accept(
                    refusal.orElseGet(() -> new Outcome.Refused(FailureCode.NOT_INSTALLED, "the program is gone")));
            return () -> {};
        }
        try {
            return ChildProcess.start(settings, with(program.get(), argv), folder(attempt), environment(attempt),
                    attempt.actionId(), lines(output), exit -> ended.accept(outcome(attempt.action(), exit)));
        } catch (IOException e) {
            // It could not even be forked, so nothing was done.
            ended.accept(new Outcome.Refused(FailureCode.NO_RESOURCES,
                    "`" + argv.getFirst() + "` could not be started: " + e.getMessage()));
            return () -> {};
        }
    }

    private Lines lines(Consumer<OutputLine> output) {
        return new Lines(LONGEST_LINE, settings.outputBytes(), true, output);
    }

    private static Outcome outcome(ActionSpec action, ChildProcess.Exit exit) {
        if (exit.cancelled()) {
            return new Outcome.Unknown("stopped before its end");
        }
        int wanted = action.expects().map(expects -> expects.exit().orElse(0)).orElse(0);
        if (exit.code() != wanted) {
            return new Outcome.Failed(FailureCode.ACTION_FAILED, "`" + action.name() + "` ended with exit code "
                    + exit.code() + (wanted == 0 ? "" : " instead of " + wanted) + why(exit));
        }
        var pattern = pattern(action);
        if (pattern.isPresent() && !Pattern.compile(pattern.get()).matcher(exit.output()).find()) {
            return new Outcome.Failed(FailureCode.UNEXPECTED_OUTPUT, "the output of `" + action.name()
                    + "` has nothing that matches `" + pattern.get() + "`" + why(exit));
        }
        return new Outcome.Succeeded(
                Map.of("exit", Integer.toString(exit.code()), "output", exit.output().stripTrailing()));
    }

    private static String why(ChildProcess.Exit exit) {
        if (!exit.lastError().isEmpty()) {
            return ": " + exit.lastError();
        }
        var lines = exit.output().lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : ": " + lines.getLast();
    }

    private static Optional<String> pattern(ActionSpec action) {
        return action.expects().flatMap(ActionSpec.Expects::output);
    }

    private static Optional<Outcome.Refused> brokenPattern(String pattern) {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return refused(FailureCode.BAD_ACTION,
                    "`expects: {output: …}` is no pattern that RE2 takes: `" + pattern + "`");
        }
    }

    /** What must run in a sandbox is refused as long as there is none. */
    static Optional<Outcome.Refused> sandboxed(ActionSpec action) {
        return action.sandbox().required()
                ? refused(FailureCode.NOT_AVAILABLE,
                        "the sandbox that action `" + action.name() + "` requires is not available yet")
                : Optional.empty();
    }

    /** Names that could be taken for something else by whatever reads them; quotes and spaces are only data. */
    static Optional<Outcome.Refused> unfit(String target) {
        if (target.isBlank()) {
            return refused(FailureCode.BAD_TARGET, "the target is empty, and nothing empty means all");
        }
        if (target.startsWith("-")) {
            return refused(FailureCode.BAD_TARGET, "the target `" + target + "` could be taken for an option");
        }
        if (target.codePoints().anyMatch(Character::isISOControl)) {
            return refused(FailureCode.BAD_TARGET, "the target's name has a line end or another control character: `"
                    + target.codePoints().mapToObj(
                            c -> Character.isISOControl(c) ? "\\u{%x}".formatted(c) : Character.toString(c))
                            .reduce("", String::concat)
                    + "`");
        }
        return Optional.empty();
    }

    /** A word that begins with what was looked up, and so with a `-` from outside. */
    private static Optional<Outcome.Refused> option(Attempt attempt) {
        var written = written(attempt.action());
        var words = argv(attempt);
        for (int i = 0; i < Math.min(written.size(), words.size()); i++) {
            if (words.get(i).startsWith("-") && fromOutside(written.get(i))) {
                return refused(FailureCode.BAD_TARGET, "the argument `" + words.get(i) + "` of action `"
                        + attempt.action().name() + "` comes from outside and could be taken for an option");
            }
        }
        return Optional.empty();
    }

    private static boolean fromOutside(Value value) {
        return switch (value) {
            case Value.Reference _ -> true;
            case Value.Text(var template) -> template.parts().stream()
                    .filter(part -> !(part instanceof Template.Part.Literal(var text) && text.isEmpty())).findFirst()
                    .filter(Template.Part.Lookup.class::isInstance).isPresent();
            case Value.Quantity _,Value.Duration _,Value.Flag _,Value.Items _,Value.Fields _ -> false;
        };
    }

    private static List<Value> written(ActionSpec action) {
        var inParentheses = action.uses().stream().filter(use -> use.driver().equals("command")).findFirst()
                .map(ActionSpec.Use::arguments).orElse(List.of());
        if (!inParentheses.isEmpty()) {
            return inParentheses;
        }
        return action.properties().get("argv") instanceof Value.Items(var items) ? items : List.of();
    }

    private static List<String> argv(Attempt attempt) {
        if (!attempt.driverArguments().isEmpty()) {
            return attempt.driverArguments().stream().map(Datum::text).toList();
        }
        var argv = attempt.properties().get("argv");
        return argv == null ? List.of() : words(argv);
    }

    private static List<String> words(Datum datum) {
        return datum instanceof Datum.Items(var items)
                ? items.stream().map(Datum::text).toList()
                : List.of(datum.text());
    }

    private static List<String> with(Path program, List<String> argv) {
        var command = new ArrayList<>(argv);
        command.set(0, program.toString());
        return command;
    }

    private static Path folder(Attempt attempt) {
        return Path.of(attempt.action().packFolder().isEmpty() ? "/" : attempt.action().packFolder());
    }

    private static Map<String, String> environment(Attempt attempt) {
        return Map.of("PRUNELLA_TRACE_ID", attempt.traceId(), "PRUNELLA_ENTITY", attempt.target());
    }

    private static Optional<Outcome.Refused> refused(FailureCode code, String message) {
        return Optional.of(new Outcome.Refused(code, message));
    }
}
