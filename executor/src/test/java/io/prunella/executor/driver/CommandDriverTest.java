package io.prunella.executor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.executor.run.Plans;
import io.prunella.plan.ActionSpec;
import io.prunella.plan.Template;
import io.prunella.plan.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDriverTest extends ProcessDriverSuite {

    @Override
    ActionDriver driver() {
        return new CommandDriver(settings);
    }

    private static Attempt command(String name, String target, String... words) {
        return attempt(Plans.action(name, true, "command"), Map.of("argv", items(words)), target);
    }

    private static Datum items(String... words) {
        return new Datum.Items(Stream.of(words).<Datum>map(Datum.Text::new).toList());
    }

    private Attempt shell(String name, String script) {
        return command(name, "node-1", "sh", "-c", script, "sh", effectsFile().toString());
    }

    @Override
    Attempt succeeding() {
        return shell("succeed", "echo done >> \"$1\"");
    }

    @Override
    Attempt failing() {
        return shell("fail", "echo bad luck; exit 3");
    }

    @Override
    Attempt hanging() {
        return shell("hang", "sleep 300 & setsid sleep 300 & (setsid sleep 300 &) ; trap '' TERM; echo up; wait; wait");
    }

    @Override
    List<Attempt> impossible() {
        return List.of(command("a", "node-1"), command("b", "node-1", "no-such-program"),
                command("c", "node-1", "/etc/passwd"), command("d", "node-1", "echo", "zero\0byte"),
                command("e", " ", "echo"), command("f", "-rf", "echo"), command("g", "two\nlines", "echo"));
    }

    @Test
    void leavesNothingRunningAfterACancelNotEvenWhatLeftTheSession() throws InterruptedException {
        var attempt = hanging();
        var heard = new Heard();
        var running = driver().start(attempt, line -> {
            heard.all.add(line);
            synchronized (heard) {
                heard.notifyAll();
            }
        }, heard::ended);
        synchronized (heard) {
            while (heard.lines().isEmpty()) {
                heard.wait(10_000);
            }
        }
        assertThat(processesOf(attempt)).isGreaterThanOrEqualTo(4);
        running.cancel();
        await(heard);
        assertThat(processesOf(attempt)).isZero();
    }

    @Test
    void stopsWhatADeadProcessLeftRunning() throws InterruptedException {
        var attempt = hanging();
        var heard = new Heard();
        driver().start(attempt, heard.all::add, heard::ended);
        new CommandDriver(settings).stopLeftover(attempt);
        await(heard);
        assertThat(processesOf(attempt)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "it's \"quoted\"", "$(touch pwned)", "`touch pwned`", "a;b|c&d>e", "*",
            "{{ entity }}", "é"})
    void passesWhatIsNoOptionAsItIs(String word) throws InterruptedException {
        assertThat(run(command("echo", word, "printf", "%s", word))).isInstanceOfSatisfying(Outcome.Succeeded.class,
                done -> assertThat(done.returned()).containsEntry("output", word));
    }

    @Test
    void refusesAWordFromOutsideThatWouldBeAnOption() throws InterruptedException {
        var written = new Value.Items(List.of(new Value.Text(Template.literal("ls")),
                new Value.Reference(new Template.Part.Lookup("event", List.of("reason")))));
        var action = Plans.action("list", true, Map.of("argv", written), "", "command");
        assertThat(run(attempt(action, Map.of("argv", items("ls", "--help")), "node-1"))).isEqualTo(new Outcome.Refused(
                FailureCode.BAD_TARGET,
                "the argument `--help` of action `list` comes from outside and could be taken for an option"));
        assertThat(run(command("list", "node-1", "ls", "-d", "/"))).as("written by the pack itself")
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void saysHowACommandFailedAndWhatItSaidLast() throws InterruptedException {
        assertThat(run(failing())).isEqualTo(
                new Outcome.Failed(FailureCode.ACTION_FAILED, "`fail` ended with exit code 3: bad luck"));
    }

    @Test
    void prefersWhatACommandSaidOnItsStandardError() throws InterruptedException {
        assertThat(run(shell("fail", "echo disk is full >&2; echo bye; exit 3"))).isEqualTo(
                new Outcome.Failed(FailureCode.ACTION_FAILED, "`fail` ended with exit code 3: disk is full"));
    }

    private static Attempt expecting(OptionalInt exit, Optional<String> output, String script) {
        var plain = Plans.action("expect", true, "command");
        var action = new ActionSpec(plain.name(), plain.parameters(), plain.uses(), plain.properties(), plain.check(),
                true, false, List.of(), List.of(), Optional.of(new ActionSpec.Expects(exit, output)), List.of(),
                Map.of(), plain.sandbox(), "expect", "");
        return attempt(action, Map.of("argv", items("sh", "-c", script)), "node-1");
    }

    @Test
    void demandsTheExitCodeAndOutputThatAreExpected() throws InterruptedException {
        assertThat(run(expecting(OptionalInt.of(7), Optional.empty(), "exit 7"))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(run(expecting(OptionalInt.of(7), Optional.empty(), "exit 0"))).isEqualTo(new Outcome.Failed(
                FailureCode.ACTION_FAILED, "`expect` ended with exit code 0 instead of 7"));
        assertThat(run(expecting(OptionalInt.empty(), Optional.of("reboot(ing)?"), "echo now rebooting")))
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(run(expecting(OptionalInt.empty(), Optional.of("reboot(ing)?"), "echo no")))
                .isEqualTo(new Outcome.Failed(FailureCode.UNEXPECTED_OUTPUT,
                        "the output of `expect` has nothing that matches `reboot(ing)?`: no"));
        assertThat(run(expecting(OptionalInt.empty(), Optional.of("(?=look)"), "echo no")))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void refusesWhatMustRunInASandboxWhileThereIsNone() throws InterruptedException {
        var plain = Plans.action("boxed", true, "command");
        var boxed = new ActionSpec.Sandbox(Optional.empty(), Optional.empty(), OptionalInt.empty(), false, true);
        var action = new ActionSpec(plain.name(), plain.parameters(), plain.uses(), plain.properties(), plain.check(),
                true, false, List.of(), List.of(), Optional.empty(), List.of(), Map.of(), boxed, "boxed", "");
        assertThat(run(attempt(action, Map.of("argv", items("true")), "node-1"))).isEqualTo(new Outcome.Refused(
                FailureCode.NOT_AVAILABLE, "the sandbox that action `boxed` requires is not available yet"));
    }

    @Test
    void asksTheCheckByItsExitCode() {
        var plain = Plans.action("checked", true, "command");
        Map<String, Class<?>> answers = Map.of("exit 0", CheckAnswer.InDesiredState.class, "echo would; exit 1",
                CheckAnswer.WouldChange.class, "exit 2", CheckAnswer.CannotTell.class);
        answers.forEach((script, answer) -> assertThat(driver().check(
                attempt(plain, Map.of("argv", items("true"), "check", items("sh", "-c", script)), "node-1")))
                .isInstanceOf(answer));
    }

    @Test
    void boundsTheOutputAndSaysSo() throws InterruptedException {
        var heard = hear(command("yes", "node-1", "sh", "-c", "yes 0123456789 | head -n 200000"));
        assertThat(heard.lines()).hasSizeLessThan(100_000);
        assertThat(heard.lines().getLast()).startsWith("… further output is dropped");
        assertThat(heard.outcomes().getFirst()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void doesNotWaitForAServiceThatTheCommandLeftRunning() throws InterruptedException {
        var attempt = shell("daemon", "setsid sleep 20 & echo started");
        assertThat(run(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(processesOf(attempt)).as("the service is meant to stay").isEqualTo(1);
        driver().stopLeftover(attempt);
    }

    @Test
    void passesOnOnlyANamedPartOfOurEnvironment() throws InterruptedException {
        var secret = ProcessSettings.of(Map.of("PATH", "/opt/bin", "HOME", "/root", "TOKEN", "s3cret"), timers,
                threads);
        var heard = new Heard();
        new CommandDriver(secret).start(command("env", "node-1", "env"), heard.all::add, heard::ended);
        await(heard);
        assertThat(heard.lines()).contains("PATH=/usr/bin:/bin:/usr/sbin:/sbin:/opt/bin", "HOME=/root",
                "PRUNELLA_ENTITY=node-1").noneMatch(line -> line.contains("s3cret"));
    }
}
