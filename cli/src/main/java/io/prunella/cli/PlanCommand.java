package io.prunella.cli;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.settings.Settings;
import io.prunella.dsl.diagnostic.Closest;
import io.prunella.executor.driver.ActionDriver;
import io.prunella.executor.driver.Outcome;
import io.prunella.executor.driver.Preview;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.ExecutionPlan;
import io.prunella.plan.Step;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import io.prunella.ruler.Firing;
import io.prunella.ruler.recording.RecordingReport;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "plan", mixinStandardHelpOptions = true, description = "Previews what would be done, and changes nothing.", customSynopsis = {
        "prunella plan ACTION TARGET… --pack PACK [--arg NAME=VALUE]… [--json]",
        "prunella plan PACK --recording FILE [--json]"}, footer = {"",
                "An action is looked at through its driver (for Ansible: --check --diff, on the target itself).",
                "Ends with 1 if something of it could not be run."})
final class PlanCommand implements Action {
    private static final long TIMEOUT_MILLIS = 60_000;

    private final Shell shell;

    @CommandLine.Parameters(index = "0", paramLabel = "ACTION|PACK", description = "an action of a pack; or, with --recording, a pack")
    private String subject = "";

    @CommandLine.Parameters(index = "1..*", arity = "0..*", paramLabel = "TARGET", description = "the entities that the action would work on")
    private List<String> targets = List.of();

    @CommandLine.Option(names = "--pack", paramLabel = "PACK", description = "the pack that declares the action (default: every pack below ./rule-packs)")
    private Optional<String> pack = Optional.empty();

    @CommandLine.Option(names = "--arg", paramLabel = "NAME=VALUE", description = "an argument of the action")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @CommandLine.Option(names = "--recording", paramLabel = "FILE", description = "previews the plans of all firings of this recording")
    private Optional<String> recording = Optional.empty();

    @CommandLine.Option(names = "--json", description = "JSON Lines, one for each action and target")
    private boolean json;

    private boolean refused;

    PlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        Settings settings = Settings.defaults();
        try (Live live = new Live(settings, false, shell.environment())) {
            if (recording.isPresent()) {
                ofRecording(live, recording.get());
            } else {
                ofAction(live, settings);
            }
        }
        return refused ? Exit.FOUND : Exit.OK;
    }

    private void ofAction(Live live, Settings settings) {
        if (targets.isEmpty()) {
            throw UserError.usage(Files.exists(Path.of(subject))
                    ? "`prunella plan PACK` needs `--recording FILE`"
                    : "`prunella plan ACTION` needs the target to be looked at");
        }
        List<PackModel> packs = pack.isPresent()
                ? List.of(Packs.compile(shell, pack.get()))
                : Packs.below(Path.of(settings.packs()));
        List<ActionSpec> actions = packs.stream().flatMap(p -> p.actions().stream()).toList();
        ActionSpec action = actions.stream().filter(a -> a.name().equals(subject)).findFirst()
                .orElseThrow(() -> UserError.usage(unknown(actions)));
        Map<String, Value> given = new LinkedHashMap<>();
        arguments.forEach((name, text) -> given.put(name, argument(action, name, text)));
        targets.forEach(target -> preview(live, action, target, given, TIMEOUT_MILLIS));
    }

    private String unknown(List<ActionSpec> actions) {
        String where = pack.map(p -> "in " + p).orElse("in any pack below ./rule-packs (name another with `--pack`)");
        return "no action `" + subject + "` " + where
                + Closest.question(subject, actions.stream().map(ActionSpec::name).toList()).map(q -> "; " + q)
                        .orElse("");
    }

    private static Value argument(ActionSpec action, String name, String text) {
        ActionSpec.Parameter parameter = action.parameters().stream().filter(p -> p.name().equals(name)).findFirst()
                .orElseThrow(() -> UserError.usage("`" + action.name() + "` takes no argument `" + name + "`"));
        try {
            return switch (parameter.type()) {
                case "number" -> new Value.Quantity(Double.parseDouble(text));
                case "bool" -> new Value.Flag(Boolean.parseBoolean(text));
                default -> new Value.Text(Template.literal(text));
            };
        } catch (NumberFormatException e) {
            throw UserError.usage("`" + name + "` takes a number, not `" + text + "`");
        }
    }

    private void ofRecording(Live live, String file) {
        if (!targets.isEmpty() || pack.isPresent() || !arguments.isEmpty()) {
            throw UserError.usage("with `--recording`, give the pack alone: targets and arguments are the rules'");
        }
        Recordings inputs = new Recordings(shell, subject, List.of(file));
        PackModel model = Packs.compile(shell, subject);
        List<Firing> firings = new ArrayList<>();
        try {
            RecordingReport report = Simulation
                    .run(model, inputs.open(), SimulationSettings.defaults(), firings::add).recording();
            inputs.close();
            Recordings.tell(shell, report);
        } catch (IOException e) {
            throw UserError.usage("cannot read the recording: " + e.getMessage());
        }
        for (Firing firing : firings) {
            shell.err().println(firing.rule() + " fires on " + firing.entity()
                    + firing.skipped().map(result -> ": " + result + ", so nothing would be done").orElse(""));
            firing.healOrder().ifPresent(order -> steps(live, order.plan(), order.plan().then(), firing.entity()));
        }
        shell.err().println(Count.of(firings.size(), "firing"));
    }

    private void steps(Live live, ExecutionPlan plan, List<Step> steps, String entity) {
        for (Step step : steps) {
            switch (step) {
                case Step.Execute(String name, Map<String, Value> given, Step.Target target, Step.StepSettings how) ->
                    plan.action(name).ifPresentOrElse(
                            action -> preview(live, action, named(target, entity), given, how.timeoutMillis()),
                            () -> {
                                refused = true;
                                shell.err().println("nothing declares the action `" + name + "`");
                            });
                case Step.Parallel parallel -> steps(live, plan, parallel.steps(), entity);
                case Step.Collect _,Step.Notify _,Step.Wait _,Step.WaitUntil _,Step.Approve _,Step.Emit _,Step.Ticket _ -> {
                    // Changes nothing on a target.
                }
            }
        }
    }

    private static String named(Step.Target target, String entity) {
        return target instanceof Step.Target.Named named && named.entity().parts().size() == 1
                && named.entity().parts().getFirst() instanceof Template.Part.Literal(String text) ? text : entity;
    }

    private void preview(Live live, ActionSpec action, String target, Map<String, Value> given, long timeoutMillis) {
        PlannedAction planned = new PlannedAction(action, target, given);
        for (ActionSpec.Use use : action.uses()) {
            Optional<ActionDriver> driver = live.drivers().named(use.driver());
            Preview preview = driver.isPresent()
                    ? driver.get().preview(planned.through(use, timeoutMillis))
                    : new Preview(List.of(), List.of(), List.of(),
                            List.of("the driver `" + use.driver() + "` is not supported by this version"),
                            Optional.empty());
            refused |= preview.refusal().isPresent() || driver.isEmpty();
            if (json) {
                printJson(action, target, use, preview);
            } else {
                print(action, target, use, preview);
            }
        }
    }

    private void print(ActionSpec action, String target, ActionSpec.Use use, Preview preview) {
        Style style = Style.of(shell.colourOut());
        shell.out().println(style.strong(action.name()) + " on " + style.strong(target) + " through " + use.driver()
                + (action.destructive() ? style.warning(" (destructive)") : ""));
        preview.refusal().ifPresent(why -> shell.out().println("  " + style.bad("cannot be run") + " ["
                + why.code().code() + "]: " + why.message()));
        preview.tasks().forEach(task -> shell.out().println("  " + task));
        for (Preview.FileChange file : preview.files()) {
            shell.out().println("  file " + file.path());
            file.diff().lines().forEach(line -> shell.out().println("    " + line));
        }
        preview.commands().forEach(argv -> shell.out().println("  runs: " + String.join(" ", argv)));
        preview.notes().forEach(note -> shell.out().println("  note: " + note));
    }

    private void printJson(ActionSpec action, String target, ActionSpec.Use use, Preview preview) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("action", action.name());
        line.put("target", target);
        line.put("driver", use.driver());
        line.put("destructive", action.destructive());
        line.put("tasks", preview.tasks());
        line.put("files", preview.files().stream().map(f -> Map.of("path", f.path(), "diff", f.diff())).toList());
        line.put("commands", preview.commands());
        line.put("notes", preview.notes());
        Optional<Outcome.Refused> why = preview.refusal();
        why.ifPresent(w -> line.put("refused", w.code().code() + ": " + w.message()));
        shell.out().println(Json.line(line));
    }
}
