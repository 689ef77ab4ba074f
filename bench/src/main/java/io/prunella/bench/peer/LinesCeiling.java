package io.prunella.bench.peer;

import io.prunella.bench.workload.Firings;
import io.prunella.bench.workload.Rules;
import io.prunella.bench.workload.Tick;
import io.prunella.bench.workload.Workload;

/** What reading these very lines costs at least: keys at known places, nothing validated; then as the limit does. */
public final class LinesCeiling implements Contender {
    private static final int BEFORE_TS = "{\"ts\":".length();
    private static final int BEFORE_ENTITY = ",\"entity\":\"e".length();
    private static final int BEFORE_METRIC = "\",\"metric\":\"m".length();
    private static final int BEFORE_VALUE = "\",\"value\":".length();

    @Override
    public String name() {
        return "lines-ceiling";
    }

    @Override
    public String describe() {
        return "JSON Lines parsed by hand at fixed places, without validation, then the limit";
    }

    @Override
    public boolean takes(Workload workload) {
        return workload == Workload.HELD;
    }

    @Override
    public Run start(Rules rules, int entities, Firings firings) {
        LimitOfBands limit = new LimitOfBands(rules, entities, firings);
        Lines lines = new Lines();
        return new Run() {
            @Override
            public void prepare(Tick tick) {
                lines.of(tick);
            }

            @Override
            public void samples(Tick tick) {
                byte[] bytes = lines.bytes;
                int at = 0;
                long ts = 0;
                while (at < lines.length) {
                    at += BEFORE_TS;
                    ts = 0;
                    while (bytes[at] != ',') {
                        ts = ts * 10 + bytes[at++] - '0';
                    }
                    at += BEFORE_ENTITY;
                    int entity = 0;
                    while (bytes[at] != '"') {
                        entity = entity * 10 + bytes[at++] - '0';
                    }
                    at += BEFORE_METRIC;
                    int metric = 0;
                    while (bytes[at] != '"') {
                        metric = metric * 10 + bytes[at++] - '0';
                    }
                    at += BEFORE_VALUE;
                    long digits = 0;
                    long scale = 1;
                    boolean fraction = false;
                    for (; bytes[at] != '}'; at++) {
                        if (bytes[at] == '.') {
                            fraction = true;
                        } else {
                            digits = digits * 10 + bytes[at] - '0';
                            scale = fraction ? scale * 10 : scale;
                        }
                    }
                    at += 2;
                    limit.sample(entity, metric, ts, (double) digits / scale);
                }
                limit.finish(ts);
            }

            @Override
            public void finish(long ts) {
                limit.finish(ts);
            }
        };
    }
}
