package io.prunella.executor.run;

import io.prunella.executor.lock.ClaimHolder;
import io.prunella.executor.lock.ClaimRequest;
import io.prunella.executor.lock.Lease;
import io.prunella.executor.lock.LockAnswer;
import io.prunella.executor.lock.LockService;
import java.util.ArrayList;
import java.util.List;

/** Claims all of a heal's targets, or none of them. */
final class Claims {

    sealed interface Answer {

        record All(List<Lease> leases) implements Answer {
            public All {
                leases = List.copyOf(leases);
            }
        }

        record Held(ClaimHolder by) implements Answer {}

        record Unavailable(String cause) implements Answer {}
    }

    private Claims() {}

    /** Blocks as long as the locks do. */
    static Answer claim(LockService locks, List<ClaimRequest> requests) {
        List<Lease> leases = new ArrayList<>();
        for (var request : requests) {
            switch (locks.claim(request)) {
                case LockAnswer.Granted(var lease) -> leases.add(lease);
                case LockAnswer.Held(var by) -> {
                    leases.forEach(Lease::release);
                    return new Answer.Held(by);
                }
                case LockAnswer.Unavailable(var cause) -> {
                    leases.forEach(Lease::release);
                    return new Answer.Unavailable(cause);
                }
            }
        }
        return new Answer.All(leases);
    }
}
