package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;
import io.prunella.ruler.Ruler;
import io.prunella.ruler.RulerSettings;
import io.prunella.ruler.recording.RecordingReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Prunella from bytes: JSON Lines through the reader of recordings, every line validated. */
public final class PrunellaLines implements Contender {
    @Override
    public String name() {
        return "prunella-lines";
    }

    @Override
    public String describe() {
        return "Prunella from the bytes of JSON Lines (`RecordingReader`)";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.HELD;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        Ruler ruler = new Ruler(RulerSettings.simulation(_ -> {}),
                firing -> Prunella.count(rules, firing, firings));
        ruler.load(List.of(Packs.compiled(rules)));
        return new Reading(ruler);
    }

    private static final class Reading implements Run {
        private final Ruler ruler;
        private final Lines lines = new Lines();
        private final RecordingReader reader;

        Reading(Ruler ruler) {
            this.ruler = ruler;
            // The opening looks at the first bytes for a compression, so there have to be some.
            lines.bytes[0] = '\n';
            lines.bytes[1] = '\n';
            lines.bytes[2] = '\n';
            lines.bytes[3] = '\n';
            lines.length = 4;
            try {
                reader = RecordingReader.open("bench", lines, ruler::series);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void prepare(Tick tick) {
            lines.of(tick);
        }

        @Override
        public void samples(Tick tick) {
            try {
                for (int i = 0; i < tick.value.length && reader.next(); i++) {
                    ruler.sample(reader.series(), reader.ts(), reader.value());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void finish(long ts) {
            ruler.advanceTo(ts);
        }
    }
}
