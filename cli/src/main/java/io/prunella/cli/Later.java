package io.prunella.cli;

/** Options of the published contract that this version cannot honour: refused by name, never ignored. */
final class Later {
    private Later() {}

    static void refuse(String option, boolean given) {
        if (given) {
            throw UserError.usage("`" + option + "` is not supported by this version; leave it out");
        }
    }
}
