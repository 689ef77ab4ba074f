package io.prunella.executor.driver;

import java.util.List;
import java.util.Optional;

/**
 * What an action would do, for {@code plan ACTION target}.
 *
 * @param commands argv of what would be started, one list each
 * @param files to be changed, with diffs
 * @param tasks what would happen, one line each, e.g. {@code changed: restart nginx}
 * @param notes what cannot be told, and why
 * @param refusal why it cannot be run at all
 */
public record Preview(List<List<String>> commands, List<FileChange> files, List<String> tasks, List<String> notes,
        Optional<Outcome.Refused> refusal) {
    public Preview {
        commands = commands.stream().map(List::copyOf).toList();
        files = List.copyOf(files);
        tasks = List.copyOf(tasks);
        notes = List.copyOf(notes);
    }

    /** Nothing but a reason. */
    public static Preview refused(Outcome.Refused why) {
        return new Preview(List.of(), List.of(), List.of(), List.of(), Optional.of(why));
    }

    /** A file as it is and as it would be; {@code diff} is in unified form where the driver gives one. */
    public record FileChange(String path, String diff) {}
}
