package io.prunella.control.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Who hears what the loop does: none of them can stop it. */
final class Listeners {
    private final List<Consumer<LoopEvent>> all = new CopyOnWriteArrayList<>();
    private final Inbox inbox;
    private final LongSupplier millis;

    Listeners(Inbox inbox, LongSupplier millis) {
        this.inbox = inbox;
        this.millis = millis;
    }

    /** From here on it hears everything; what is returned ends that. */
    Runnable add(Consumer<LoopEvent> listener) {
        all.add(listener);
        return () -> all.remove(listener);
    }

    void problem(String message) {
        tell(new LoopEvent.Problem(millis.getAsLong(), message));
    }

    void tell(LoopEvent event) {
        List<Consumer<LoopEvent>> broken = new ArrayList<>();
        for (Consumer<LoopEvent> listener : all) {
            try {
                listener.accept(event);
            } catch (RuntimeException bug) {
                // Whoever looks on must never stop a heal: it hears no more, and the others are told.
                broken.add(listener);
                inbox.call(() -> problem("a listener of the loop broke and hears nothing any more: " + bug));
            }
        }
        all.removeAll(broken);
    }
}
