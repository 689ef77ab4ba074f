package io.prunella.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workloads are those that were published, to the bit. */
class OracleTest {
    private static final long SEED = 42;

    @ParameterizedTest
    @CsvSource({"10, 85", "100, 1018", "1000, 10782"})
    void aThousandEntitiesFireAsPublished(int rules, long count) {
        assertThat(Oracle.firings(new Rules(Workload.HELD, rules), SEED, 1_000, 32).count()).isEqualTo(count);
    }

    @Test
    void tenThousandEntitiesHaveThePublishedChecksum() {
        Firings firings = Oracle.firings(new Rules(Workload.HELD, 10), SEED, 10_000, 32);
        assertThat(firings.count()).isEqualTo(935);
        assertThat(Long.toHexString(firings.checksum())).isEqualTo("b79d43c9fc569cd7");
    }
}
