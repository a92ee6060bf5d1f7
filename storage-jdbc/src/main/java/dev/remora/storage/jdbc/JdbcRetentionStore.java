package dev.remora.storage.jdbc;

import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Purged;
import dev.remora.spi.RankedPlace;
import dev.remora.spi.RetentionStore;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How history goes. */
final class JdbcRetentionStore implements RetentionStore {
    private final Database database;
    private final Definitions definitions;

    JdbcRetentionStore(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    @Override
    public List<ExecutionRecord> find(EndedFilter filter) {
        Objects.requireNonNull(filter, "filter");
        boolean possible = filter.project()
                        .filter(one -> !Texts.isStorable(one))
                        .isEmpty()
                && filter.workflow().filter(one -> !Texts.isStorable(one)).isEmpty();
        return possible ? database.read("find history", session -> EndedQuery.run(session, filter)) : List.of();
    }

    @Override
    public List<RankedPlace> ranked(
            Optional<String> project, Optional<RankedPlace> after, Set<Status> statuses, int rank, int limit) {
        boolean possible = project.filter(one -> !Texts.isStorable(one)).isEmpty();
        return possible
                ? database.read(
                        "rank executions",
                        session -> new RankQuery(session, statuses, rank).page(project, after, Math.max(0, limit)))
                : List.of();
    }

    @Override
    public Purged purge(Collection<Long> execIds, long endedUntil) {
        List<Long> ids = ordered(execIds);
        return database.write("purge executions", session -> new Purge(session, definitions, ids, endedUntil).run());
    }

    @Override
    public Purged count(Collection<Long> execIds, long endedUntil) {
        List<Long> ids = ordered(execIds);
        return database.read("count history", session -> new Purge(session, definitions, ids, endedUntil).count());
    }

    // why: transactions that lock several rows must do so in the same order
    private static List<Long> ordered(Collection<Long> ids) {
        return ids.stream().distinct().sorted().toList();
    }
}
