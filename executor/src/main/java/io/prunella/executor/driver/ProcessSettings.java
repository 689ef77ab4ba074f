package io.prunella.executor.driver;

import io.prunella.executor.schedule.Timers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What drivers that start processes need of their surroundings.
 *
 * @param environment all of a process's environment; nothing is inherited beside it
 * @param threads read output and wait for ends: a virtual thread each
 * @param graceMillis between asking a process to end and killing it with all its descendants
 * @param outputBytes of output that are kept and shown; what comes after them is dropped and said to be
 */
public record ProcessSettings(Map<String, String> environment, Timers timers, Executor threads, long graceMillis,
        int outputBytes) {

    // What a program reasonably needs to find its way; everything else of our own environment may be a secret.
    private static final List<String> PASSED_ON = List.of("HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ",
            "SSH_AUTH_SOCK", "TMPDIR");

    public ProcessSettings {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * The usual ones: 5 s of grace, 1 MiB of output.
     *
     * @param inherited our own environment, of which a few names are passed on; {@code /usr/bin} goes first in
     *        {@code PATH}
     */
    public static ProcessSettings of(Map<String, String> inherited, Timers timers, Executor threads) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH",
                "/usr/bin:/bin:/usr/sbin:/sbin:" + inherited.getOrDefault("PATH", "/usr/local/bin"));
        for (var name : PASSED_ON) {
            if (inherited.containsKey(name)) {
                environment.put(name, inherited.getOrDefault(name, ""));
            }
        }
        return new ProcessSettings(environment, timers, threads, 5_000, 1 << 20);
    }
}
