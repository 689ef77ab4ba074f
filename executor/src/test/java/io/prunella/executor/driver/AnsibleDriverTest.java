package io.prunella.executor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prunella.executor.lock.FencingToken;
import io.prunella.executor.run.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real ansible-runner. */
class AnsibleDriverTest extends ProcessDriverSuite {

    @BeforeEach
    void makePack() throws IOException {
        boolean there = Programs.find("ansible-runner", settings.environment(), Path.of("/")).isPresent();
        if (!there && !"true".equals(System.getenv("CI"))) {
            assumeTrue(false, "ansible-runner is not installed");
        }
        playbook("succeed", """
                    - name: append a line
                      ansible.builtin.shell: echo done >> {{ effects }}
                    - ansible.builtin.set_stats: {data: {boot_id: "b-7"}}
                """);
        playbook("fail", """
                    - name: give up
                      ansible.builtin.fail: {msg: "no disk left"}
                """);
        playbook("hang", """
                    - name: sleep long
                      ansible.builtin.command: sleep 300
                """);
        playbook("write", """
                    - name: write the file
                      ansible.builtin.copy: {dest: "{{ effects }}", content: "{{ text }}\\n"}
                """);
    }

    private void playbook(String name, String tasks) throws IOException {
        var file = folder.resolve("pack/actions/" + name + ".yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- hosts: all\n  connection: local\n  gather_facts: false\n  tasks:\n" + tasks);
    }

    @Override
    ActionDriver driver() {
        return new AnsibleDriver(settings, folder.resolve("runs"));
    }

    private Attempt play(String name, String target, Map<String, Datum> arguments) {
        var properties = new LinkedHashMap<String, Datum>(Map.of("playbook",
                new Datum.Text("actions/" + name + ".yml")));
        var all = new LinkedHashMap<>(arguments);
        all.put("effects", new Datum.Text(effectsFile().toString()));
        return attempt(name, properties, all, target);
    }

    private Attempt attempt(String name, Map<String, Datum> properties, Map<String, Datum> arguments, String target) {
        var action = Plans.action(name, true, Map.of(), folder.resolve("pack").toString(), "ansible");
        var plain = ActionDriverSuite.attempt(action, properties, target);
        return new Attempt(plain.traceId(), plain.actionId(), plain.rule(), plain.step(), action, List.of(),
                properties, arguments, target, 1, 30_000, FencingToken.NONE);
    }

    private Attempt play(String name) {
        return play(name, "node-1", Map.of());
    }

    @Override
    Attempt succeeding() {
        return play("succeed");
    }

    @Override
    Attempt failing() {
        return play("fail");
    }

    @Override
    Attempt hanging() {
        return play("hang");
    }

    @Override
    List<Attempt> impossible() {
        return List.of(play("no_such_playbook"),
                attempt("none", Map.of(), Map.of(), "node-1"),
                attempt("outside", Map.of("playbook", new Datum.Text("../../../../../etc/passwd")), Map.of(),
                        "node-1"));
    }

    @Test
    void streamsTasksAndGivesBackWhatThePlaybookSets() throws InterruptedException {
        var heard = hear(succeeding());
        assertThat(heard.lines()).contains("append a line: changed");
        assertThat(heard.outcomes().getFirst()).isEqualTo(new Outcome.Succeeded(Map.of("boot_id", "b-7")));
        assertThat(folder.resolve("runs")).as("its private folder is gone").isEmptyDirectory();
    }

    @Test
    void letsAPlayForLocalhostActForTheTarget() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pack/actions/here.yml"), """
                - hosts: localhost
                  gather_facts: false
                  tasks:
                    - ansible.builtin.set_stats: {data: {done_for: "{{ entity }}"}}
                """);
        assertThat(run(play("here"))).isEqualTo(new Outcome.Succeeded(Map.of("done_for", "node-1")));
    }

    @Test
    void namesTheTaskThatFailed() throws InterruptedException {
        assertThat(run(failing())).isEqualTo(
                new Outcome.Failed(FailureCode.ACTION_FAILED, "task `give up` failed on `node-1`: no disk left"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "it's", "\"x\"", "$(touch pwned)", "two\nlines", "-i", "a,b", "all:!x", "../../etc",
            "*", "{{ x }}", "a:22"})
    void refusesATargetThatAnsibleWouldTakeForMoreThanAName(String target) throws InterruptedException {
        // A kind before the name is fine; what follows the last slash is the host.
        var attempt = play("succeed", target.equals("../../etc") ? ".." : target, Map.of());
        assertThat(run(attempt)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.BAD_TARGET);
            assertThat(refused.message()).doesNotContain("\n");
        });
        assertThat(effects()).isZero();
    }

    @Test
    void neverTakesTextFromOutsideForATemplate() throws InterruptedException, IOException {
        var evil = "{{ lookup('pipe', 'touch " + folder.resolve("pwned") + "') }} $(touch x) \"'\n- hosts: all";
        assertThat(run(play("write", "service/node-1", Map.of("text", new Datum.Text(evil)))))
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(Files.readString(effectsFile())).isEqualTo(evil + "\n");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    @Test
    void looksInCheckModeAndKnowsWhenThereIsNothingToDo() throws InterruptedException {
        var attempt = play("write", "node-1", Map.of("text", new Datum.Text("wanted")));
        assertThat(driver().check(attempt))
                .isEqualTo(new CheckAnswer.WouldChange(List.of("write the file: changed")));
        assertThat(driver().preview(attempt).files()).singleElement().satisfies(change -> {
            assertThat(change.path()).isEqualTo(effectsFile().toString());
            assertThat(change.diff()).contains("+wanted").doesNotContain("\u001b");
        });
        assertThat(effects()).isZero();
        assertThat(run(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(driver().check(attempt)).isInstanceOf(CheckAnswer.InDesiredState.class);
    }

    @Test
    void doesNotTakeATaskThatCheckModeSkipsForOneThatHasNothingToDo() {
        assertThat(driver().check(succeeding())).isInstanceOf(CheckAnswer.CannotTell.class);
    }

    @Test
    void leavesNothingRunningAfterACancel() throws InterruptedException {
        var attempt = hanging();
        var heard = new Heard();
        var running = driver().start(attempt, heard.all::add, heard::ended);
        long sleeping = 0;
        while (sleeping == 0) {
            sleeping = ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").endsWith("sleep 300"))
                    .filter(p -> processesOf(attempt) > 3).count();
        }
        running.cancel();
        await(heard);
        assertThat(heard.outcomes()).containsExactly(new Outcome.Unknown("stopped before its end"));
        assertThat(processesOf(attempt)).isZero();
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void saysWhichPackageBringsAMissingAnsibleRunner() {
        var bare = new ProcessSettings(Map.of("PATH", folder.toString()), timers, threads, 1_000, 1_000);
        assertThat(new AnsibleDriver(bare, folder.resolve("runs")).prepare(succeeding()))
                .isEqualTo(
                        Optional.of(new Outcome.Refused(FailureCode.NOT_INSTALLED, "`ansible-runner` is not installed:"
                                + " on Debian `apt install ansible-core python3-ansible-runner` brings it")));
    }

    @Test
    void knowsThatAPlaybookWhichCannotBeReadDidNothing() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pack/actions/broken.yml"), "- hosts: all\n  tasks: [{no_such_module: {}}]\n");
        assertThat(run(play("broken"))).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.BAD_ACTION);
            assertThat(refused.message()).contains("did nothing").contains("no_such_module");
        });
    }

    @Test
    void refusesAPlayForOtherHostsInsteadOfCallingItDone() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pack/actions/other.yml"),
                "- hosts: webservers\n  tasks: [{ansible.builtin.debug: {msg: x}}]\n");
        assertThat(run(play("other"))).isEqualTo(new Outcome.Refused(FailureCode.BAD_ACTION,
                "no play of the playbook of action `other` is for this host: say `hosts: all`"));
    }

    @Test
    void knowsThatNothingWasDoneOnAHostThatCannotBeReached() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pack/actions/far.yml"),
                "- hosts: all\n  gather_facts: false\n  tasks: [{ansible.builtin.ping: {}}]\n");
        var attempt = play("far", "no-such-host.invalid", Map.of());
        assertThat(run(attempt)).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNREACHABLE));
    }

    @Test
    void takesTheHostFromThePacksInventoryAndNoOtherOfIt() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("pack/actions/inventory"), """
                node-1 ansible_connection=local ansible_python_interpreter=/usr/bin/python3
                node-2 ansible_connection=local ansible_python_interpreter=/usr/bin/python3
                """);
        assertThat(run(succeeding())).isInstanceOf(Outcome.Succeeded.class);
        assertThat(effects()).isEqualTo(1);
        assertThat(run(play("succeed", "node-3", Map.of()))).isInstanceOf(Outcome.Refused.class);
        assertThat(effects()).isEqualTo(1);
    }
}
