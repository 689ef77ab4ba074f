package io.prunella.ruler.decision;

import io.prunella.compiler.drools.Demand;
import io.prunella.compiler.drools.Demand.Need;
import io.prunella.compiler.drools.Refusal;
import io.prunella.ruler.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** Who may work on what: a claim excludes claims on all that stands below its target, and above it. */
final class Claims {
    private static final String AT = "at\n";
    private static final String BELOW = "below\n";

    private Claims() {}

    /** What has to be free for a plan to work on a target: itself, all above it, and all below it. */
    static List<Need> needs(String target, Topology topology) {
        List<Need> needs = new ArrayList<>();
        needs.add(need(AT + target, "`" + target + "` is claimed by a plan in flight"));
        for (String above : topology.ancestors(target)) {
            needs.add(need(AT + above, "`" + above + "` above `" + target + "` is claimed by a plan in flight"));
        }
        needs.add(need(BELOW + target, "something below `" + target + "` is claimed by a plan in flight"));
        return needs;
    }

    private static Need need(String key, String says) {
        return new Need(Refusal.LOCK, key, Demand.UNCOUNTED, says);
    }

    /** Keys that a plan on a target takes. */
    static List<String> taken(String target, Topology topology) {
        List<String> keys = new ArrayList<>();
        keys.add(AT + target);
        topology.ancestors(target).forEach(above -> keys.add(BELOW + above));
        return keys;
    }
}
