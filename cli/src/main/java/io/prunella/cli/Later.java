package io.prunella.cli;

import java.util.Set;

/** Commands and options of the published contract that this version cannot honour: refused by name, never ignored. */
final class Later {
    private static final Set<String> COMMANDS = Set.of("import", "pack", "approve",
            "reject", "cancel", "pause", "resume", "packs", "report", "audit", "agent", "operator", "lsp");

    private Later() {}

    /** Before any suggestion of what else might have been meant. */
    static void refuseCommand(String... arguments) {
        if (arguments.length > 0 && COMMANDS.contains(arguments[0])) {
            throw UserError.usage("`" + arguments[0] + "` is not available in this version yet");
        }
    }

    static void refuse(String option, boolean given) {
        if (given) {
            throw UserError.usage("`" + option + "` is not supported by this version; leave it out");
        }
    }
}
