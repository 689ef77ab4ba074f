package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.control.loop.HealView;
import io.prunella.control.loop.LoopCounts;
import io.prunella.control.loop.LoopEvent;
import io.prunella.ruler.Observation;
import io.prunella.ruler.ReloadReport;
import io.prunella.ruler.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the service needs of the loop behind it: a port, so that HTTP can be tried without anything being healed. */
interface Healing extends AutoCloseable {

    /** Hands all over or none; false while there is no room. */
    boolean offerAll(List<Observation> observations);

    /** Puts packs in force, in place of all that were. */
    ReloadReport load(List<PackModel> packs);

    /** Puts a topology and inventory in force, in place of the one that was. */
    void topology(Topology topology);

    /** Hears everything from here on; must not block for long. */
    void subscribe(Consumer<LoopEvent> subscriber);

    /** Newest first. */
    List<HealView> heals();

    Optional<HealView> heal(String traceId);

    LoopCounts counts();

    int inFlight();

    /** Takes up heals that a stopped process left unfinished; how many. Before {@link #begin}, after {@link #load}. */
    int recover() throws StartFailure;

    /** What fires in the replay at or before this time, epoch milliseconds, was decided before and is not done. */
    void decidedBefore(long epochMillis);

    /** Up to when all is decided, and its heals are in the journal; epoch milliseconds, 0 before the first decision. */
    long decided();

    /** Takes what the observation log kept, before {@link #begin}: decided in the time of the records. */
    void replay(List<Observation> observations);

    /** From here on the clock decides. */
    void begin();

    /** No new heal begins; those under way are stopped, and the journal says by whom. */
    void stop(String by);

    @Override
    void close();
}
