package io.prunella.control.loop;

import io.prunella.plan.HealOrder;
import io.prunella.ruler.Firing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Gives a firing of a recording that is run again a trace id of its own, derived from the first. */
final class Renaming {
    private Renaming() {}

    /** @param run how many heals with earlier ids there are, from 1 */
    static Firing of(Firing f, int run) {
        String traceId = traceId(f, run);
        HealOrder o = f.order();
        HealOrder order = new HealOrder(traceId, o.plan(), o.planDigest(), o.packDigest(), o.entity(), o.ancestors(),
                o.subject(), o.severity(), o.mode(), o.priority(), o.firedAt(), o.labels(), o.event(), o.values(),
                o.because());
        return new Firing(f.ts(), f.pack(), f.rule(), f.entity(), f.subject(), f.severity(), f.mode(), f.skipped(),
                f.suppression(), traceId, f.outline(), f.because(), Optional.of(order));
    }

    static String traceId(Firing firing, int run) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((firing.traceId() + "#" + run).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
