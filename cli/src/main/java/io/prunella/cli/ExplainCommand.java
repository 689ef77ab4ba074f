package io.prunella.cli;

import static java.util.Objects.requireNonNull;

import io.prunella.compiler.rule.PackModel;
import io.prunella.ruler.Printed;
import io.prunella.ruler.explain.Answer;
import io.prunella.ruler.explain.Explanation;
import io.prunella.ruler.explain.ExplanationJson;
import io.prunella.ruler.explain.ExplanationText;
import io.prunella.ruler.explain.Question;
import io.prunella.ruler.simulation.RecordingInput;
import io.prunella.ruler.simulation.Simulation;
import io.prunella.ruler.simulation.SimulationSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;

@CommandLine.Command(name = "explain", mixinStandardHelpOptions = true, description = "Tells why a rule fired or did not, for whom and when: each comparison with its values, the holds, the events, what was missing, and what would have it skipped.", footer = {
        "", "What happened at the instant itself has happened. Nothing is executed.",
        "Ends with 2 if there is no such rule, or if no record named the entity by then."})
final class ExplainCommand implements Action {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    private final Shell shell;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "PACK", description = "a pack's folder, a .dl file, or - for standard input; none with --server")
    private String pack = "";

    @CommandLine.Option(names = "--server", paramLabel = "URL", description = "asks a running service instead: its packs, and what it was sent in the last 24 h")
    private Optional<String> server = Optional.empty();

    @CommandLine.Option(names = "--recording", paramLabel = "FILE", description = "a recording (.jsonl, also .gz and .zst), or - for standard input; may be given several times: they are merged by time")
    private List<String> recordings = List.of();

    @CommandLine.Option(names = "--rule", required = true, paramLabel = "R", description = "the rule's name")
    private String rule = "";

    @CommandLine.Option(names = "--entity", required = true, paramLabel = "E", description = "for whom, e.g. node-17, pod/shop/cart-0; for a rule with by: rack, rack/r3")
    private String entity = "";

    @CommandLine.Option(names = "--at", paramLabel = "TS", description = "when: RFC 3339, or epoch milliseconds; with --server now, if left out")
    private Optional<String> at = Optional.empty();

    @CommandLine.Option(names = "--json", description = "JSON Lines, one for each subject")
    private boolean json;

    @CommandLine.Option(names = "--topology", paramLabel = "FILE", description = "who there is and who stands above whom, YAML or JSON: the inventory, its labels, and child to parents")
    private Optional<String> topology = Optional.empty();

    @CommandLine.Option(names = "--config", paramLabel = "FILE", description = "a server's prunella.yaml: its `guards` are held, which nothing has otherwise, and its `entities` say whom records are about")
    private Optional<String> config = Optional.empty();

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        if (server.isPresent()) {
            return asked(server.get());
        }
        if (pack.isEmpty() || recordings.isEmpty() || at.isEmpty()) {
            throw UserError.usage("`explain` takes " + (pack.isEmpty()
                    ? "a pack and `--recording FILE`"
                    : recordings.isEmpty() ? "`--recording FILE`" : "`--at TS`")
                    + ", or `--server URL` to ask a running service");
        }
        Question question = Question.ofEntity(rule, entity, Instants.parse("--at", at).orElseThrow());
        SimulationSettings settings = Configuration.simulation(config, OptionalLong.empty(), topology);
        Recordings inputs = new Recordings(shell, pack, recordings);
        PackModel model = Packs.compile(shell, pack);
        List<RecordingInput> opened = inputs.open();
        try {
            Simulation.Answered answered = Simulation.ask(model, opened, settings, List.of(question), _ -> {});
            inputs.close();
            Recordings.tell(shell, answered.report().recording());
            answered.report().notices().forEach(notice -> shell.err().println("note: " + notice));
            Recordings.refuseUnreadable(answered.report().recording());
            if (answered.last().isEmpty()) {
                throw UserError.usage("no record is of " + Printed.ts(question.at()) + " or earlier, so nothing was "
                        + "known then");
            }
            if (answered.ended()) {
                shell.err().println("note: the newest record is of " + Printed.ts(answered.last().getAsLong())
                        + "; what follows is as if nothing had come since");
            }
            return tell(requireNonNull(answered.answers().get(question)));
        } catch (IOException e) {
            throw UserError.usage("cannot read the recording: " + e.getMessage());
        }
    }

    /** What a running service says. */
    private int asked(String url) {
        if (!pack.isEmpty() || !recordings.isEmpty() || config.isPresent() || topology.isPresent()) {
            throw UserError.usage("a service has packs, observations, a configuration and a topology of its own: with "
                    + "`--server` take only `--rule`, `--entity`, `--at` and `--json`");
        }
        String path = "/api/v1/explain?rule=" + encoded(rule) + "&entity=" + encoded(entity)
                + at.map(text -> "&at=" + Instants.parse("--at", Optional.of(text)).orElseThrow()).orElse("")
                + (json ? "" : "&format=text&width=" + width());
        HttpResponse<String> answer = Client.get(url, path, Duration.ofMinutes(2));
        if (answer.statusCode() == 200) {
            shell.out().print(answer.body());
            return Exit.OK;
        }
        throw new UserError(answer.statusCode() < 500 ? Exit.USAGE : Exit.FOUND, url + ": "
                + Client.problem(answer));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int tell(Answer answer) {
        switch (answer) {
            case Answer.Explained(List<Explanation> explanations) -> print(explanations);
            case Answer.NoSuchRule none -> throw UserError.usage("there is no rule `" + none.rule() + "` in " + pack
                    + none.nearest().map(near -> ": did you mean `" + near + "`?")
                            .orElse(none.rules().isEmpty() ? "" : ": it has `" + some(none.rules()) + "`"));
            case Answer.NoRule other -> throw UserError.usage(switch (other.kind()) {
                case GUARD ->
                    "`" + other.name() + "` is a guard, which fires nothing itself: ask for a rule whose plan "
                            + "it may deny" + (other.rules().isEmpty() ? "" : " (`" + some(other.rules()) + "`)")
                            + "; what it denies is told under `skips`";
                case SUPPRESSION -> "`" + other.name() + "` is a suppression, which fires nothing itself: ask for a "
                        + "rule that fires below a cause" + (other.rules().isEmpty()
                                ? ""
                                : " (`" + some(other.rules())
                                        + "`)")
                        + "; what suppresses it is told under `skips`, and what does not under `causes`";
            });
            case Answer.NoSuchSubject none -> throw UserError.usage("no record up to then names `" + none.asked() + "`"
                    + none.nearest().map(near -> ": did you mean `" + near + "`?").orElse("")
                    + (none.by().contains("entity")
                            ? ""
                            : " (rule `" + none.rule() + "` is judged by " + String.join(", ", none.by())
                                    + ", e.g. `" + none.by().getFirst() + "/…`)"));
        }
        return Exit.OK;
    }

    private static String some(List<String> names) {
        int most = 5;
        return String.join("`, `", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? "`, `…" : "");
    }

    private void print(List<Explanation> explanations) {
        boolean first = true;
        for (Explanation explanation : explanations) {
            if (json) {
                shell.out().println(ExplanationJson.write(explanation));
                continue;
            }
            if (!first) {
                shell.out().println();
            }
            first = false;
            ExplanationText.lines(explanation, width(), paint()).forEach(shell.out()::println);
        }
    }

    /** As wide as the terminal says that it is, where it does. */
    private int width() {
        String columns = shell.environment().getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}") ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    private ExplanationText.Paint paint() {
        Style style = Style.of(shell.colourOut());
        return new ExplanationText.Paint() {
            @Override
            public String good(String text) {
                return style.good(text);
            }

            @Override
            public String bad(String text) {
                return style.bad(text);
            }

            @Override
            public String quiet(String text) {
                return style.quiet(text);
            }

            @Override
            public String strong(String text) {
                return style.strong(text);
            }
        };
    }
}
