package io.prunella.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void namesStateAndEventOfAnIllegalTransition() {
        assertThatThrownBy(() -> HealMachine.TABLE.next(HealMachine.State.ENDED, HealMachine.Event.ADMITTED))
                .isInstanceOf(Table.IllegalTransition.class).hasMessage("heal in state ENDED cannot take ADMITTED");
        assertThatThrownBy(() -> HealMachine.TABLE.next(HealMachine.State.SUBMITTED, HealMachine.Event.PROVED))
                .isInstanceOf(Table.IllegalTransition.class).hasMessage("heal in state SUBMITTED cannot take PROVED");
    }

    @Test
    void refusesTwoRowsForOneStateAndEvent() {
        var builder = new Table.Builder<HealMachine.State, HealMachine.Event, HealMachine.Effect>("m")
                .row(HealMachine.State.SUBMITTED, HealMachine.Event.ADMITTED, HealMachine.State.CLAIMING);
        assertThatThrownBy(() -> builder.row(HealMachine.State.SUBMITTED, HealMachine.Event.ADMITTED,
                HealMachine.State.ENDED)).isInstanceOf(IllegalStateException.class)
                .hasMessage("m has two rows for SUBMITTED on ADMITTED");
    }

    @Test
    void reachesEveryStateAndLeavesEveryStateThatIsNoEnd() {
        everyStateIsReached(HealMachine.TABLE, HealMachine.State.values());
        everyStateIsReached(SequenceMachine.TABLE, SequenceMachine.State.values());
        everyStateIsReached(StepMachine.TABLE, StepMachine.State.values());
        everyStateIsReached(CompensationMachine.TABLE, CompensationMachine.State.values());
        assertThat(HealMachine.State.values()).filteredOn(HealMachine.TABLE::ends)
                .containsExactly(HealMachine.State.ENDED);
    }

    private static <S extends Enum<S>> void everyStateIsReached(Table<S, ?, ?> table, S[] states) {
        var reached = table.rows().stream().map(row -> row.to()).collect(Collectors.toSet());
        reached.add(states[0]);
        assertThat(reached).as(table.machine()).containsExactlyInAnyOrder(states);
    }

    @Test
    void drawsTheDiagramsOfTheReference() throws IOException {
        var file = Path.of(System.getProperty("prunella.root", ".."), "docs/reference/state-machines.md");
        var drawn = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, drawn);
        }
        assertThat(file).as("write it anew with -Dgolden.update=true").exists();
        assertThat(Files.readString(file)).isEqualTo(drawn);
    }

    private static String page() {
        return """
                # State machines of the executor

                Drawn from the tables that run, in `io.prunella.executor.run`; a test keeps page and tables together, \
                another one fails on any row that no scenario walks. An arrow is `event`, and after the slash what is \
                done, in this order.

                """ + section("A heal", "From its submission to its one result.", HealMachine.TABLE)
                + section("A list of steps", "`then`, `after`, `rollback` and `escalate` alike.",
                        SequenceMachine.TABLE)
                + section("A step", "Its attempts, and what is made of an outcome that nobody knows.",
                        StepMachine.TABLE)
                + section("Compensation", "What a failed heal does about what it did.", CompensationMachine.TABLE);
    }

    private static String section(String title, String about, Table<?, ?, ?> table) {
        var page = new StringBuilder("## " + title + "\n\n" + about + "\n\n```mermaid\nstateDiagram-v2\n");
        page.append("    [*] --> ").append(table.rows().getFirst().from()).append('\n');
        for (var row : table.rows()) {
            page.append("    ").append(row.from()).append(" --> ").append(row.to()).append(": ")
                    .append(words(row.event()));
            if (!row.effects().isEmpty()) {
                page.append(" / ").append(row.effects().stream().map(TableTest::words)
                        .collect(Collectors.joining(", ")));
            }
            page.append('\n');
        }
        table.rows().stream().map(row -> row.to()).distinct().filter(state -> table.rows().stream()
                .noneMatch(row -> row.from() == state)).forEach(end -> page.append("    ").append(end)
                        .append(" --> [*]\n"));
        return page.append("```\n\n").toString();
    }

    private static String words(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
