package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Workload;

/** What any engine must do, and nothing else: find the series, look whether its value left the band it was in. */
public final class Limit implements Contender {
    @Override
    public String name() {
        return "limit";
    }

    @Override
    public String describe() {
        return "hash look-up and threshold bands, written by hand for these very rules";
    }

    @Override
    public boolean takes(Workload workload) {
        return true;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        return switch (rules.workload()) {
            case HELD, EVENT -> new LimitOfBands(rules, entities, firings);
            case AVERAGE -> new LimitOfAverages(rules, firings);
            case ABSENCE -> new LimitOfAbsence(rules, entities, firings);
        };
    }
}
