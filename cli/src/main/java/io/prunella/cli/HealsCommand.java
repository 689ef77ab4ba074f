package io.prunella.cli;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "heals", mixinStandardHelpOptions = true, description = "Shows the heals that a running service knows of, as JSON.", footer = {
        "", "Ends with 1 if there is no service, or if it refuses."})
final class HealsCommand implements Action {
    private final Shell shell;

    @CommandLine.Parameters(arity = "0..1", paramLabel = "TRACE_ID", description = "one heal, with its stages and attempts")
    private Optional<String> traceId = Optional.empty();

    @CommandLine.Option(names = "--server", paramLabel = "URL", description = "the service (default: ${DEFAULT-VALUE})")
    private String server = Client.USUAL;

    @CommandLine.Option(names = "--rule", paramLabel = "R", description = "only those of a rule")
    private Optional<String> rule = Optional.empty();

    @CommandLine.Option(names = "--entity", paramLabel = "E", description = "only those of an entity")
    private Optional<String> entity = Optional.empty();

    @CommandLine.Option(names = "--result", paramLabel = "RESULT", description = "only those that ended so, e.g. HEALED")
    private Optional<String> result = Optional.empty();

    @CommandLine.Option(names = "--since", paramLabel = "TS", description = "only later ones: RFC 3339, epoch milliseconds, or a length such as 30m")
    private Optional<String> since = Optional.empty();

    @SuppressWarnings("UnusedVariable") // taken because every command takes it
    @CommandLine.Option(names = "--json", description = "JSON, which is what is printed without it too")
    private boolean json;

    HealsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        List<String> filters = new ArrayList<>();
        filter(filters, "rule", rule);
        filter(filters, "entity", entity);
        filter(filters, "result", result);
        filter(filters, "since", since);
        if (traceId.isPresent() && !filters.isEmpty()) {
            throw UserError.usage("a trace id names one heal already: leave the filters out");
        }
        String path = traceId.map(id -> "/api/v1/heals/" + encoded(id)).orElse(
                "/api/v1/heals" + (filters.isEmpty() ? "" : "?" + String.join("&", filters)));
        HttpResponse<String> answer = Client.get(server, path);
        boolean good = answer.statusCode() == 200;
        (good ? shell.out() : shell.err()).println(answer.body().strip());
        return good ? Exit.OK : Exit.FOUND;
    }

    private static void filter(List<String> filters, String name, Optional<String> value) {
        value.ifPresent(v -> filters.add(name + "=" + encoded(v)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
