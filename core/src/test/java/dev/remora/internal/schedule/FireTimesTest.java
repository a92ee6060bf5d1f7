package dev.remora.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FireTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant START_OF_2026 = Instant.parse("2026-01-01T00:00:00Z");

    private static FireTimes times(String cron, ZoneId zone) {
        return FireTimes.of(cron, zone, Optional.empty(), Optional.empty());
    }

    private static List<String> next(String cron, String after, int count) {
        return times(cron, ZoneOffset.UTC).within(Instant.parse(after).plusMillis(1), Instant.MAX, count).stream()
                .map(time -> time.toString().replace("T00:00:00Z", ""))
                .toList();
    }

    private static List<Instant> day(String cron, ZoneId zone, String date) {
        Instant from = LocalDate.parse(date).atStartOfDay(zone).toInstant();
        Instant to = LocalDate.parse(date).plusDays(1).atStartOfDay(zone).toInstant();
        return times(cron, zone).within(from, to.minusNanos(1), 100_000);
    }

    @Test
    void firesOnceOnEachDayOfAYear() {
        for (ZoneId zone : List.of(BERLIN, NEW_YORK, ZoneId.of("Australia/Lord_Howe"), ZoneOffset.UTC)) {
            Instant from = LocalDate.of(2026, 1, 1).atStartOfDay(zone).toInstant();
            Instant to = LocalDate.of(2027, 1, 1).atStartOfDay(zone).toInstant();
            for (String cron : List.of("0 30 2 * * ?", "0 15 1 * * ?", "0 0 3 * * ?")) {
                List<LocalDate> days = times(cron, zone).within(from, to.minusNanos(1), 1_000).stream()
                        .map(time -> LocalDate.ofInstant(time, zone))
                        .toList();

                assertThat(days)
                        .as("%s in %s", cron, zone)
                        .isEqualTo(LocalDate.of(2026, 1, 1)
                                .datesUntil(LocalDate.of(2027, 1, 1))
                                .toList());
            }
        }
    }

    @Test
    void aTimeInAGapFiresWhenTheGapEnds() {
        assertThat(day("0 30 2 * * ?", BERLIN, "2026-03-29")).containsExactly(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(day("0 30 2 * * ?", NEW_YORK, "2026-03-08")).containsExactly(Instant.parse("2026-03-08T07:00:00Z"));
        assertThat(day("0 15 2 * * ?", ZoneId.of("Australia/Lord_Howe"), "2026-10-04"))
                .containsExactly(Instant.parse("2026-10-03T15:30:00Z"));
    }

    @Test
    void aDoubledTimeFiresTheFirstTimeOnly() {
        assertThat(day("0 30 2 * * ?", BERLIN, "2026-10-25")).containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(day("0 30 1 * * ?", NEW_YORK, "2026-11-01")).containsExactly(Instant.parse("2026-11-01T05:30:00Z"));
        assertThat(day("0 45 1 * * ?", ZoneId.of("Australia/Lord_Howe"), "2026-04-05"))
                .containsExactly(Instant.parse("2026-04-04T14:45:00Z"));
    }

    @Test
    void eachLocalTimeOfAShortAndOfALongDayFiresOnce() {
        for (ZoneId zone : List.of(BERLIN, NEW_YORK)) {
            boolean berlin = zone == BERLIN;
            List<Instant> shortDay = day("0 0/15 * * * ?", zone, berlin ? "2026-03-29" : "2026-03-08");
            List<Instant> longDay = day("0 0/15 * * * ?", zone, berlin ? "2026-10-25" : "2026-11-01");

            assertThat(shortDay).hasSize(92).doesNotHaveDuplicates().isSorted();
            assertThat(longDay).hasSize(96).doesNotHaveDuplicates().isSorted();
            assertThat(longDay.stream().map(time -> LocalDateTime.ofInstant(time, zone)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void goesOnFromWithinTheSecondPass() {
        FireTimes everyMinute = times("0 * * * * ?", BERLIN);

        assertThat(everyMinute.next(Instant.parse("2026-10-25T01:10:30Z")))
                .contains(Instant.parse("2026-10-25T02:00:00Z"));
        assertThat(everyMinute.last(Instant.parse("2026-10-25T01:10:30Z")))
                .contains(Instant.parse("2026-10-25T00:59:00Z"));
    }

    @Test
    void aZoneThatSkippedADayFiresWhenTheNextBegins() {
        ZoneId apia = ZoneId.of("Pacific/Apia");

        assertThat(times("0 0 12 30 12 ?", apia).next(Instant.parse("2011-12-01T00:00:00Z")))
                .contains(Instant.parse("2011-12-30T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 0 L * ?     | 2024-01-31 2024-02-29 2024-03-31 2024-04-30
            0 0 0 L-3 * ?   | 2024-01-28 2024-02-26 2024-03-28 2024-04-27
            0 0 0 LW * ?    | 2024-01-31 2024-02-29 2024-03-29 2024-04-30
            0 0 0 15W * ?   | 2024-01-15 2024-02-15 2024-03-15 2024-04-15
            0 0 0 14W * ?   | 2024-01-15 2024-02-14 2024-03-14 2024-04-15
            0 0 0 1W * ?    | 2024-02-01 2024-03-01 2024-04-01 2024-05-01
            0 0 0 1W 6 ?    | 2024-06-03 2025-06-02 2026-06-01 2027-06-01
            0 0 0 31W * ?   | 2024-01-31 2024-03-29 2024-05-31 2024-07-31
            0 0 0 30 * ?    | 2024-01-30 2024-03-30 2024-04-30 2024-05-30
            0 0 0 29 2 ?    | 2024-02-29 2028-02-29 2032-02-29 2036-02-29
            0 0 0 1,L * ?   | 2024-01-31 2024-02-01 2024-02-29 2024-03-01
            0 0 0 ? * 6#3   | 2024-01-19 2024-02-16 2024-03-15 2024-04-19
            0 0 0 ? * FRI#5 | 2024-03-29 2024-05-31 2024-08-30 2024-11-29
            0 0 0 ? * 6L    | 2024-01-26 2024-02-23 2024-03-29 2024-04-26
            0 0 0 ? * L     | 2024-01-06 2024-01-13 2024-01-20 2024-01-27
            0 0 0 ? * SUN   | 2024-01-07 2024-01-14 2024-01-21 2024-01-28
            0 0 0 ? * FRI-MON | 2024-01-05 2024-01-06 2024-01-07 2024-01-08
            0 0 0 ? * MON,WED#1 | 2024-01-03 2024-01-08 2024-01-15 2024-01-22
            0 0 0 ? 2 2#5   | 2044-02-29 2072-02-29
            0 0 0 1 1 ? 2030/20 | 2030-01-01 2050-01-01 2070-01-01 2090-01-01
            0 0 0 1 11-2 ?  | 2024-02-01 2024-11-01 2024-12-01 2025-01-01
            """)
    void knowsTheDaysOfQuartz(String cron, String expected) {
        assertThat(next(cron, "2024-01-01T00:00:00Z", 4)).containsExactly(expected.split(" "));
    }

    @Test
    void aRangeGoesOverTheEndOfItsField() {
        assertThat(next("0 0 22-2 * * ?", "2024-01-01T21:00:00Z", 5))
                .containsExactly(
                        "2024-01-01T22:00:00Z",
                        "2024-01-01T23:00:00Z",
                        "2024-01-02",
                        "2024-01-02T01:00:00Z",
                        "2024-01-02T02:00:00Z");
    }

    @Test
    void startAndEndAreInclusive() {
        Instant two = Instant.parse("2026-01-02T02:00:00Z");
        FireTimes bounded =
                FireTimes.of("0 0 2 * * ?", ZoneOffset.UTC, Optional.of(two), Optional.of(two.plusSeconds(2 * 86_400)));
        FireTimes within = FireTimes.of(
                "0 0 2 * * ?",
                ZoneOffset.UTC,
                Optional.of(two.plusMillis(1)),
                Optional.of(two.plusSeconds(2 * 86_400).minusMillis(1)));

        assertThat(bounded.within(START_OF_2026, Instant.MAX, 10))
                .containsExactly(two, two.plusSeconds(86_400), two.plusSeconds(2 * 86_400));
        assertThat(within.within(START_OF_2026, Instant.MAX, 10)).containsExactly(two.plusSeconds(86_400));
        assertThat(bounded.unbounded().within(START_OF_2026, two, 10)).hasSize(2);
        assertThat(bounded.last(Instant.parse("2030-01-01T00:00:00Z"))).contains(two.plusSeconds(2 * 86_400));
        assertThat(bounded.last(two)).contains(two);
        assertThat(bounded.last(two.minusMillis(1))).isEmpty();
        assertThat(bounded.next(two)).contains(two.plusSeconds(86_400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 30 2 ?", "0 0 0 29 2 ? 2023", "0 0 0 1 1 ? 2020", "0 0 0 L-31 * ?"})
    void someNeverFire(String cron) {
        assertThat(times(cron, BERLIN).next(Instant.parse("2024-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * * *",
                "@daily",
                "60 * * * * ?",
                "0 0 25 * * ?",
                "0 0 0 32 * ?",
                "0 0 0 ? * 8",
                "0 0 0 * * *",
                "0 0 0 ? * ?",
                "0 0/0 * * * ?",
                "0 0 0 W * ?",
                "0 0 0 1 * ? 1969",
                "0 0 0 1 * ? 2030-2026",
                "x x x x x x"
            })
    void refusesWhatIsNoQuartzExpression(String cron) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> times(cron, BERLIN))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }

    @Test
    void refusesAnEndlessText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> times("0 ".repeat(1_000), BERLIN))
                .withMessageContaining("1000");
    }

    @Test
    void agreesWithTheLibraryWhereThatIsRight() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
        for (int i = 0; i < 150; i++) {
            String cron = random(random);
            ExecutionTime library = ExecutionTime.forCron(parser.parse(cron));
            ZonedDateTime expected = ZonedDateTime.of(2023, 11, 5, 4, 3, 2, 0, ZoneOffset.UTC);
            FireTimes ours = times(cron, ZoneOffset.UTC);
            for (int step = 0; step < 5; step++) {
                Instant from = expected.toInstant();
                Optional<ZonedDateTime> next = library.nextExecution(expected);

                assertThat(ours.next(from))
                        .as("seed %s: %s after %s", seed, cron, from)
                        .isEqualTo(next.map(ZonedDateTime::toInstant));
                if (next.isEmpty()) {
                    break;
                }
                assertThat(ours.last(next.get().toInstant().plusMillis(500)))
                        .as("seed %s: %s last", seed, cron)
                        .contains(next.get().toInstant());
                expected = next.get();
            }
        }
    }

    private static String random(Random random) {
        String days = random.nextBoolean()
                ? field(random, 1, 28) + " " + field(random, 1, 12) + " ?"
                : "? " + field(random, 1, 12) + " " + field(random, 1, 7);
        return field(random, 0, 59) + " " + field(random, 0, 59) + " " + field(random, 0, 23) + " " + days;
    }

    private static String field(Random random, int least, int most) {
        int one = least + random.nextInt(most - least);
        int two = one + 1 + random.nextInt(most - one);
        return switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> Integer.toString(one);
            case 2 -> one + "-" + two;
            case 3 -> one + "," + two;
            default -> "*/" + (1 + random.nextInt(most - least));
        };
    }

    @Test
    void tenYearsOfDaysAreWorkedOutAtOnce() {
        List<Instant> times = times("0 0 2 * * ?", BERLIN)
                .within(Instant.parse("2016-01-01T00:00:00Z"), Instant.parse("2025-12-31T23:59:59Z"), 10_000);

        assertThat(times).hasSize(3_653).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.range(1, times.size())
                        .mapToLong(i ->
                                times.get(i).getEpochSecond() - times.get(i - 1).getEpochSecond())
                        .distinct())
                .containsExactlyInAnyOrder(86_400L, 82_800L, 90_000L);
    }
}
