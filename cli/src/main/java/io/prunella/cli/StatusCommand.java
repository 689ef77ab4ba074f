package io.prunella.cli;

import java.net.http.HttpResponse;
import picocli.CommandLine;

@CommandLine.Command(name = "status", mixinStandardHelpOptions = true, description = "Says whether a running service is ready, and if not, why, as JSON.", footer = {
        "", "Ends with 1 if it is not ready, or if there is none."})
final class StatusCommand implements Action {
    private final Shell shell;

    @CommandLine.Option(names = "--server", paramLabel = "URL", description = "the service (default: ${DEFAULT-VALUE})")
    private String server = Client.USUAL;

    @SuppressWarnings("UnusedVariable") // taken because every command takes it
    @CommandLine.Option(names = "--json", description = "JSON, which is what is printed without it too")
    private boolean json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        HttpResponse<String> answer = Client.get(server, "/readyz");
        shell.out().println(answer.body().strip());
        return answer.statusCode() == 200 ? Exit.OK : Exit.FOUND;
    }
}
