package io.prunella.ruler;

import java.util.List;

/**
 * What a load did to the rules, each by its name: what an SRE wants to see before trusting it.
 *
 * @param kept unchanged, with holds, armed state, cooldowns and budgets
 * @param armedAnew new or changed: they act only after their condition was false once
 * @param gone no longer there
 */
public record ReloadReport(List<String> kept, List<String> armedAnew, List<String> gone) {
    public ReloadReport {
        kept = List.copyOf(kept);
        armedAnew = List.copyOf(armedAnew);
        gone = List.copyOf(gone);
    }
}
