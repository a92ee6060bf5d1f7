package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore.StoredPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which executions a filter lets pass. */
public abstract class FilterContract extends StoragePart {
    private static final Instant NOW = Samples.NOW;

    /** Creates this part. */
    protected FilterContract() {}

    private long submit(String project, String workflow, ExecutionType type, Instant time, String user) {
        return create(Samples.submission(project, workflow, type, time, user));
    }

    private List<Long> matching(UnaryOperator<ExecutionFilter.Builder> filter) {
        StoredPage page =
                second.executions().list(filter.apply(ExecutionFilter.builder()).build());
        assertThat(page.total()).isEqualTo(page.executions().size());
        return ids(page);
    }

    @Test
    void projectsMatchExactly() {
        long small = create(Samples.submission("proj", "flow"));
        long large = create(Samples.submission("PROJ", "flow"));
        long longer = create(Samples.submission("project", "flow"));

        assertThat(matching(filter -> filter.project("proj"))).containsExactly(small);
        assertThat(matching(filter -> filter.project("PROJ"))).containsExactly(large);
        assertThat(matching(filter -> filter.project("project"))).containsExactly(longer);
        for (String none : List.of("", "pro", "proj ", " proj", "proj%", "pro_", "%", "Proj", "\\", "😀")) {
            assertThat(matching(filter -> filter.project(none)))
                    .as("'%s'", none)
                    .isEmpty();
        }
    }

    @Test
    void workflowNamesMatchAsLiteralPrefixes() {
        Map<String, Long> byName = new HashMap<>();
        for (String name : List.of("ab", "abc", "a_b", "aXb", "AB", "A_b", "a__", "ba")) {
            byName.put(name, create(Samples.submission("p", name)));
        }

        assertPrefixes(byName, List.of("ab"), "ab", "abc");
        assertPrefixes(byName, List.of("abc"), "abc");
        assertPrefixes(byName, List.of("abcd"));
        assertPrefixes(byName, List.of("a_"), "a_b", "a__");
        assertPrefixes(byName, List.of("a__"), "a__");
        assertPrefixes(byName, List.of("_"));
        assertPrefixes(byName, List.of("A"), "AB", "A_b");
        assertPrefixes(byName, List.of("a", "ab", "ba"), "ab", "abc", "a_b", "aXb", "a__", "ba");
        assertPrefixes(byName, List.of("AB", "none", "ba"), "AB", "ba");
        assertPrefixes(byName, List.of(""), byName.keySet().toArray(String[]::new));
        assertPrefixes(byName, List.of("none", ""), byName.keySet().toArray(String[]::new));
        assertPrefixes(byName, List.of(), byName.keySet().toArray(String[]::new));
        for (String none : List.of(
                "%",
                "a%",
                "%b",
                "\\",
                "a\\_b",
                "a\\",
                "a ",
                " a",
                "a'b",
                "b%",
                "*",
                "a.",
                "[a]",
                "ä",
                "日",
                "😀",
                "a".repeat(1000))) {
            assertPrefixes(byName, List.of(none));
        }
    }

    private void assertPrefixes(Map<String, Long> byName, List<String> prefixes, String... names) {
        assertThat(matching(filter -> filter.workflows(prefixes.toArray(String[]::new))))
                .as("prefixes %s", prefixes)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(names).stream().map(byName::get).toList());
    }

    @Test
    void anyOfTheStatusesMatches() {
        long waits = create();
        long runs = create();
        commit(one, runs, Samples.state(Status.RUNNING));
        long ended = createFinal();

        assertThat(matching(filter -> filter.statuses(Status.INIT))).containsExactly(waits);
        assertThat(matching(filter -> filter.statuses(Status.RUNNING))).containsExactly(runs);
        assertThat(matching(filter -> filter.statuses(Status.SUCCESS, Status.INIT)))
                .containsExactlyInAnyOrder(ended, waits);
        assertThat(matching(filter -> filter.statuses(Status.values()))).hasSize(3);
        assertThat(matching(filter -> filter.statuses())).hasSize(3);
        assertThat(matching(filter -> filter.statuses(Status.FAILED))).isEmpty();

        end(one, runs);
        assertThat(matching(filter -> filter.statuses(Status.RUNNING))).isEmpty();
    }

    @Test
    void anyOfTheTypesMatches() {
        Map<ExecutionType, Long> byType = new HashMap<>();
        for (ExecutionType type : ExecutionType.values()) {
            byType.put(type, submit("p", "w", type, NOW, "user"));
        }

        byType.forEach((type, execId) ->
                assertThat(matching(filter -> filter.types(type))).containsExactly(execId));
        assertThat(matching(filter -> filter.types(ExecutionType.DIRECT, ExecutionType.SCHEDULER)))
                .containsExactlyInAnyOrder(byType.get(ExecutionType.DIRECT), byType.get(ExecutionType.SCHEDULER));
        assertThat(matching(filter -> filter.types())).hasSize(3);
    }

    @Test
    void usersMatchExactly() {
        Map<String, Long> byUser = new HashMap<>();
        for (String user : OddTexts.SHORT) {
            byUser.put(user, submit("p", "w", ExecutionType.DIRECT, NOW, user));
        }

        byUser.forEach((user, execId) -> assertThat(matching(filter -> filter.submitUser(user)))
                .as("user '%s'", user)
                .containsExactly(execId));
        assertThat(matching(filter -> filter.submitUser("nobody"))).isEmpty();
    }

    @Test
    void bothInstantsAreInclusive() {
        long early = submit("p", "w", ExecutionType.DIRECT, NOW, "user");
        long middle = submit("p", "w", ExecutionType.DIRECT, NOW.plusMillis(1), "user");
        long late = submit("p", "w", ExecutionType.DIRECT, NOW.plusMillis(2), "user");
        // why: the filter is about submission, whatever the start
        commit(one, middle, Samples.state(Status.RUNNING, NOW.plusSeconds(9).toEpochMilli()));

        assertThat(between(NOW, NOW.plusMillis(2))).containsExactlyInAnyOrder(early, middle, late);
        assertThat(between(NOW, NOW)).containsExactly(early);
        assertThat(between(NOW.plusMillis(2), NOW.plusMillis(2))).containsExactly(late);
        assertThat(between(NOW.plusMillis(3), NOW.plusSeconds(5))).isEmpty();
        assertThat(between(NOW.plusNanos(1), NOW.plusNanos(1_999_999))).containsExactly(middle);
        assertThat(between(NOW.plusNanos(1), NOW.plusNanos(2))).isEmpty();
        assertThat(between(NOW.minusNanos(1), NOW.plusNanos(999_999))).containsExactly(early);
        assertThat(matching(filter -> filter.submittedFrom(NOW.plusMillis(1)))).containsExactlyInAnyOrder(middle, late);
        assertThat(matching(filter -> filter.submittedTo(NOW.plusMillis(1)))).containsExactlyInAnyOrder(early, middle);
    }

    @Test
    void anyInstantMayBound() {
        long execId = submit("p", "w", ExecutionType.DIRECT, NOW, "user");
        long old = submit("p", "w", ExecutionType.DIRECT, Instant.EPOCH.minusMillis(1), "user");

        assertThat(between(Instant.MIN, Instant.MAX)).containsExactly(execId, old);
        assertThat(between(Instant.MIN, Instant.MIN)).isEmpty();
        assertThat(between(Instant.MAX, Instant.MAX)).isEmpty();
        assertThat(between(Instant.MIN, Instant.EPOCH)).containsExactly(old);
        assertThat(between(Instant.EPOCH.minusNanos(1), Instant.MAX)).containsExactly(execId);
        assertThat(between(Instant.EPOCH.minusMillis(1), Instant.EPOCH.minusNanos(1)))
                .containsExactly(old);
    }

    private List<Long> between(Instant from, Instant to) {
        return matching(filter -> filter.submittedFrom(from).submittedTo(to));
    }

    @Test
    void filtersAgreeWithAPlainSearch() {
        long seed = Long.getLong("remora.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<ExecutionRecord> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(randomExecution(random));
        }
        all.sort(Comparator.comparingLong(FilterContract::sortTime)
                .thenComparingLong(ExecutionRecord::execId)
                .reversed());
        for (int i = 0; i < 100; i++) {
            ExecutionFilter filter = randomFilter(random);
            List<ExecutionRecord> matching =
                    all.stream().filter(row -> passes(filter, row)).toList();
            StoredPage expected = new StoredPage(
                    matching.size(),
                    matching.stream().skip(filter.from()).limit(filter.size()).toList());

            assertThat(second.executions().list(filter))
                    .as("%s, replay with -Dremora.seed=%d", filter, seed)
                    .isEqualTo(expected);
        }
    }

    private ExecutionRecord randomExecution(Random random) {
        long execId = submit(
                pick(random, "p", "P", "pp"),
                pick(random, "ab", "a_b", "aXb", "AB"),
                pick(random, ExecutionType.values()),
                NOW.plusMillis(random.nextInt(5)),
                pick(random, "anna", "Anna", "bert"));
        if (random.nextInt(3) > 0) {
            Status status = pick(random, Status.RUNNING, Status.SUCCESS, Status.FAILED, Status.PAUSED);
            commit(one, execId, Samples.state(status, NOW.toEpochMilli() + random.nextInt(8)));
        }
        return first.executions().find(execId).orElseThrow();
    }

    private static ExecutionFilter randomFilter(Random random) {
        ExecutionFilter.Builder filter =
                ExecutionFilter.builder().from(random.nextInt(8)).size(1 + random.nextInt(20));
        if (random.nextInt(3) == 0) {
            filter.project(pick(random, "p", "P", "pp"));
        }
        if (random.nextInt(3) == 0) {
            filter.workflows(pick(random, "a", "a_", "A", "ab", ""), pick(random, "aX", "b", "a%"));
        }
        if (random.nextInt(3) == 0) {
            filter.statuses(pick(random, Status.values()), pick(random, Status.values()));
        }
        if (random.nextInt(3) == 0) {
            filter.types(pick(random, ExecutionType.values()));
        }
        if (random.nextInt(3) == 0) {
            filter.submitUser(pick(random, "anna", "Anna", "bert"));
        }
        if (random.nextInt(3) == 0) {
            filter.submittedFrom(NOW.plusMillis(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            filter.submittedTo(NOW.plusMillis(2 + random.nextInt(3)));
        }
        return filter.build();
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... from) {
        return from[random.nextInt(from.length)];
    }

    private static long sortTime(ExecutionRecord row) {
        long startedAt = row.state().startedAt();
        return startedAt != 0 ? startedAt : row.submission().submitTime().toEpochMilli();
    }

    private static boolean passes(ExecutionFilter filter, ExecutionRecord row) {
        Instant submitted = row.submission().submitTime();
        boolean inTime = submitted.compareTo(filter.submittedFrom().orElse(Instant.MIN)) >= 0
                && submitted.compareTo(filter.submittedTo().orElse(Instant.MAX)) <= 0;
        boolean byName = filter.workflows().isEmpty();
        for (String prefix : filter.workflows()) {
            byName |= row.submission().workflow().startsWith(prefix);
        }
        return inTime
                && byName
                && filter.project()
                        .orElse(row.submission().project())
                        .equals(row.submission().project())
                && filter.submitUser()
                        .orElse(row.submission().submitUser())
                        .equals(row.submission().submitUser())
                && (filter.statuses().isEmpty()
                        || filter.statuses().contains(row.state().status()))
                && (filter.types().isEmpty()
                        || filter.types().contains(row.submission().type()));
    }
}
