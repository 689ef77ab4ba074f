package io.prunella.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does something again whenever a file has changed, until Ctrl-C. Files are looked at rather than waited for: that works
 * on every file system, and sees what editors do that put a new file in the place of the old.
 */
final class Watching {
    private static final long LOOK_MILLIS = 200;
    private static final int MOST_NAMED = 3;

    private final Shell shell;
    private final List<Path> roots;

    private record State(long size, FileTime changed) {}

    /** @param roots files, and folders with all that is below them */
    Watching(Shell shell, List<Path> roots) {
        this.shell = shell;
        this.roots = List.copyOf(roots);
    }

    /** Ends only when interrupted. */
    int again(Action round) {
        Map<Path, State> seen = look();
        round.run();
        waiting(seen);
        while (true) {
            Map<Path, State> now = look();
            if (!now.equals(seen)) {
                List<Path> changed = changed(seen, now);
                // A file that is still being written is not read yet.
                while (!now.equals(seen)) {
                    seen = now;
                    if (interrupted()) {
                        return Exit.INTERRUPTED;
                    }
                    now = look();
                }
                shell.err().println("\nchanged: " + named(changed));
                try {
                    round.run();
                } catch (UserError unusable) {
                    // Half-way through a change a folder may be gone; the next change mends it.
                    shell.err().println("prunella: " + unusable.text());
                }
                waiting(seen);
            }
            if (interrupted()) {
                return Exit.INTERRUPTED;
            }
        }
    }

    private void waiting(Map<Path, State> seen) {
        shell.out().flush();
        shell.err().println("watching " + Count.of(seen.size(), "file") + "; Ctrl-C ends it");
    }

    private static boolean interrupted() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static List<Path> changed(Map<Path, State> before, Map<Path, State> after) {
        List<Path> changed = new ArrayList<>();
        after.forEach((file, state) -> {
            if (!state.equals(before.get(file))) {
                changed.add(file);
            }
        });
        before.keySet().stream().filter(file -> !after.containsKey(file)).forEach(changed::add);
        return changed;
    }

    private static String named(List<Path> files) {
        List<String> names = files.stream().limit(MOST_NAMED).map(Path::toString).toList();
        return String.join(", ", names)
                + (files.size() > MOST_NAMED ? " and " + (files.size() - MOST_NAMED) + " more" : "");
    }

    private Map<Path, State> look() {
        Map<Path, State> found = new TreeMap<>();
        for (Path root : roots) {
            try {
                Files.walkFileTree(root, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        return hidden(folder) && !folder.equals(root)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (!hidden(file)) {
                            found.put(file, new State(attributes.size(), attributes.lastModifiedTime()));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                throw UserError.usage(root + ": cannot be read: " + e.getMessage());
            }
        }
        return found;
    }

    /** Editors keep what is not yet saved in such files. */
    private static boolean hidden(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.startsWith(".") && name.length() > 1 && !name.equals("..")) || name.endsWith("~");
    }
}
