package io.prunella.executor.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Counts the answers of independent nodes and closes the vote as soon as it is decided, so that neither a dead minority
 * nor a dead majority costs more than it must. Thread-safe.
 */
final class Quorum {

    /**
     * A closed vote.
     *
     * @param yes answers for it, in order of arrival
     * @param no all other answers, in order of arrival
     * @param silent what the nodes that did not answer failed with, {@code address: cause}
     * @param needed answers that make a quorum
     */
    record Vote(List<String> yes, List<String> no, List<String> silent, int needed, int nodes) {
        boolean carried() {
            return yes.size() >= needed;
        }

        /** So many are silent that the rest cannot make a quorum. */
        boolean impossible() {
            return silent.size() > nodes - needed;
        }

        /** So many said no that it is certain. */
        boolean rejected() {
            return no.size() > nodes - needed;
        }

        private boolean decided() {
            return carried() || impossible() || rejected() || yes.size() + no.size() + silent.size() == nodes;
        }
    }

    private final List<String> yes = new ArrayList<>();
    private final List<String> no = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();
    private final CompletableFuture<Vote> result = new CompletableFuture<>();

    private Quorum() {}

    static int of(int nodes) {
        return nodes / 2 + 1;
    }

    /** The vote over what the nodes answer; a failed answer counts as silence. */
    static CompletableFuture<Vote> vote(List<RedisNode> nodes, List<CompletableFuture<String>> answers,
            Predicate<String> isYes) {
        var quorum = new Quorum();
        for (int i = 0; i < nodes.size(); i++) {
            var address = nodes.get(i).address();
            var _ = answers.get(i).whenComplete((answer, failure) -> {
                if (failure != null) {
                    quorum.count(quorum.silent, "`" + address + "`: " + Causes.of(failure), nodes.size());
                } else {
                    quorum.count(isYes.test(answer) ? quorum.yes : quorum.no, answer, nodes.size());
                }
            });
        }
        return quorum.result;
    }

    private void count(List<String> side, String answer, int nodes) {
        Vote vote;
        synchronized (this) {
            side.add(answer);
            vote = new Vote(List.copyOf(yes), List.copyOf(no), List.copyOf(silent), of(nodes), nodes);
        }
        if (vote.decided()) {
            result.complete(vote);
        }
    }
}
