package io.prunella.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the plain forms of {@code check} without picocli, whose reflection takes longer than most checks do. Whatever
 * looks in the least unusual is left to picocli, and a test holds both readings against each other.
 */
final class Quick {
    private Quick() {}

    /** Empty if the arguments are for picocli. */
    static Optional<CheckCommand> check(Shell shell, String... arguments) {
        if (arguments.length < 2 || !arguments[0].equals("check")) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        boolean strict = false;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--strict") && !strict) {
                strict = true;
            } else if (argument.isEmpty() || argument.charAt(0) == '-' || argument.charAt(0) == '@') {
                return Optional.empty();
            } else {
                paths.add(argument);
            }
        }
        return paths.isEmpty() ? Optional.empty() : Optional.of(CheckCommand.of(shell, paths, strict));
    }
}
