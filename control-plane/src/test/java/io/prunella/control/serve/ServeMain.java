package io.prunella.control.serve;

import io.prunella.control.settings.Settings;
import java.util.Map;
import java.util.TreeMap;

/** The service as a process of its own, set up by the environment alone. */
final class ServeMain {
    private ServeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        Settings.Parsed parsed = Settings.parse("", environment);
        parsed.problems().forEach(p -> System.err.println(p.line()));
        System.exit(Serve.run(parsed.settings().orElseThrow(), environment, "info", System.err));
    }
}
