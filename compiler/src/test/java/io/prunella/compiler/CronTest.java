package io.prunella.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.compiler.rule.Cron;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of cron come as a Kubernetes CronJob has them, summer time included. */
class CronTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *         | UTC              | 2026-11-01T03:00:00Z      | 2026-11-01T03:00:00Z
            0 3 * * *         | UTC              | 2026-11-01T03:00:00.001Z  | 2026-11-02T03:00:00Z
            0 3 * * *         | Asia/Shanghai    | 2026-11-01T00:00:00Z      | 2026-11-01T19:00:00Z
            */15 * * * *      | UTC              | 2026-11-01T03:01:00Z      | 2026-11-01T03:15:00Z
            5/20 * * * *      | UTC              | 2026-11-01T03:26:00Z      | 2026-11-01T03:45:00Z
            0 0 1 JAN *       | UTC              | 2026-11-01T00:00:00Z      | 2027-01-01T00:00:00Z
            0 0 29 2 *        | UTC              | 2096-03-01T00:00:00Z      | 2104-02-29T00:00:00Z
            0 9 * * mon-fri   | UTC              | 2026-11-06T09:00:01Z      | 2026-11-09T09:00:00Z
            0 0 * * 7         | UTC              | 2026-11-02T00:00:00Z      | 2026-11-08T00:00:00Z
            0 0 * * 5-7       | UTC              | 2026-11-07T00:00:01Z      | 2026-11-08T00:00:00Z
            0 0 13 * FRI      | UTC              | 2026-11-01T00:00:00Z      | 2026-11-06T00:00:00Z
            0 0 */2 * FRI     | UTC              | 2026-11-01T00:00:01Z      | 2026-11-03T00:00:00Z
            30 2 11 3 ?       | America/New_York | 2012-03-11T00:00:00-05:00 | 2013-03-11T02:30:00-04:00
            0 2 * * ?         | America/New_York | 2012-03-11T00:00:00-05:00 | 2012-03-12T02:00:00-04:00
            0 * * * ?         | America/New_York | 2012-03-11T01:00:01-05:00 | 2012-03-11T03:00:00-04:00
            0 1 * * ?         | America/New_York | 2012-11-04T00:00:00-04:00 | 2012-11-04T01:00:00-04:00
            0 1 * * ?         | America/New_York | 2012-11-04T01:00:01-04:00 | 2012-11-04T01:00:00-05:00
            0 1 * * ?         | America/New_York | 2012-11-04T01:00:01-05:00 | 2012-11-05T01:00:00-05:00
            30 1 4 11 ?       | America/New_York | 2012-11-04T01:45:00-04:00 | 2012-11-04T01:30:00-05:00
            0 0 * * *         | America/Sao_Paulo| 2018-11-03T12:00:00-03:00 | 2018-11-05T00:00:00-02:00
            """)
    void comesAtItsNextTime(String cron, String zone, String from, String next) {
        assertThat(read(cron).next(millis(from), ZoneId.of(zone))).as("from %s", from).isEqualTo(millis(next));
    }

    private static long millis(String text) {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }

    private static Cron read(String text) {
        return switch (Cron.read(text)) {
            case Cron.Read.Good(var cron) -> cron;
            case Cron.Read.Bad(var message, var _) -> throw new AssertionError(message);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * *       | `0 3 * *` is no cron time: it has 4 fields, not five
            60 * * * *    | `60` is no minute: it runs from 0 to 59
            * * * * MOO   | `MOO` is no day of week: `MOO` is no number
            5-1 * * * *   | `5-1` is no minute: `5-1` runs backwards
            */0 * * * *   | `*/0` is no minute: a step of 0 never ends
            1,,2 * * * *  | `1,,2` is no minute: a number is missing
            0 0 30 2 *    | `0 0 30 2 *` never comes: none of its months has such a day
            """)
    void saysWhatIsWrong(String cron, String message) {
        assertThat(Cron.read(cron)).isInstanceOfSatisfying(Cron.Read.Bad.class,
                bad -> assertThat(bad.message()).isEqualTo(message));
    }

    /** The same as looking at the clock on the wall every minute. */
    @Property(tries = 300)
    void neverMissesAMinuteOfTheWallClock(@ForAll @LongRange(min = 1_520_000_000, max = 1_560_000_000) long second,
            @ForAll @IntRange(min = 0, max = 3) int minutes, @ForAll @IntRange(min = 0, max = 23) int hour,
            @ForAll @IntRange(min = 0, max = 3) int zoned) {
        ZoneId zone = ZoneId.of(List.of("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC").get(zoned));
        Cron cron = read(List.of("0", "*/15", "59", "*").get(minutes) + " " + hour + ",2 * * *");
        long from = second * 1000;
        List<Long> seen = new ArrayList<>();
        for (long at = Math.ceilDiv(from, 60_000L) * 60_000; seen.isEmpty(); at += 60_000) {
            ZonedDateTime wall = Instant.ofEpochMilli(at).atZone(zone);
            boolean ofMinute = switch (minutes) {
                case 0 -> wall.getMinute() == 0;
                case 1 -> wall.getMinute() % 15 == 0;
                case 2 -> wall.getMinute() == 59;
                default -> true;
            };
            if (ofMinute && (wall.getHour() == hour || wall.getHour() == 2)) {
                seen.add(at);
            }
        }
        assertThat(cron.next(from, zone)).isEqualTo(seen.getFirst());
    }

    @Test
    void aStarWithAStepRestrictsTheDay() {
        long friday = read("0 0 */31 * FRI").next(millis("2026-11-02T00:00:00Z"), ZoneOffset.UTC);
        assertThat(friday).isEqualTo(millis("2026-11-06T00:00:00Z"));
    }
}
