package io.prunella.ruler.index;

import io.prunella.ruler.topology.Topology;

/** What conditions ask beyond the series of their subject: who there is, and what came before. */
final class Beyond {
    Topology topology = Topology.EMPTY;
    final Histories histories = new Histories();
    final HealsBegun heals = new HealsBegun();
    final Heals inFlight = new Heals();
    final Shared shared = new Shared();
    final Fleet fleet;

    Beyond(World world) {
        fleet = new Fleet(world);
    }
}
