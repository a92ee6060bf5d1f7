package dev.remora.internal.engine;

import dev.remora.internal.schedule.NeededRuns;
import dev.remora.model.ExecutionCursor;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;
import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Purged;
import dev.remora.spi.RankedPlace;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * One look at all that a rule means, in batches; what may go goes, or is only counted. First what is too much of one
 * workflow, then what is too old; the second walk passes over what the first one has dealt with, so that a dry run, after
 * whose first walk everything is still there, comes to the same numbers. Used by one thread.
 */
final class RetentionPass {
    private static final int WORKFLOWS_AT_ONCE = 100;

    private record Name(String project, String workflow) {
        static Name of(ExecutionRecord record) {
            Submission submission = record.submission();
            return new Name(submission.project(), submission.workflow());
        }
    }

    private final EngineParts parts;
    private final RetentionStore store;
    private final RetentionRule rule;
    private final boolean dry;
    private final BooleanSupplier stopped;
    private final LongConsumer pace;
    private final NeededRuns needed;
    private final Instant now;
    /** Of each workflow with too many executions the place before which they go. */
    private final Map<Name, ExecutionCursor> surplus = new HashMap<>();
    /** Of each workflow whose definition goes with its last execution, how many were counted in a dry run. */
    private final Map<Name, Long> counted = new HashMap<>();

    private RetentionReport report = RetentionReport.NOTHING;

    /**
     * @param dry whether all is only counted
     * @param stopped asked between batches
     * @param pace told after each batch how many nanoseconds it took
     */
    RetentionPass(EngineParts parts, RetentionRule rule, boolean dry, BooleanSupplier stopped, LongConsumer pace) {
        this.parts = parts;
        this.rule = rule;
        this.dry = dry;
        this.stopped = stopped;
        this.pace = pace;
        store = parts.storage().retention();
        needed = new NeededRuns(parts.storage());
        now = Instant.ofEpochMilli(parts.clock().now());
    }

    RetentionReport run() {
        if (rule.keepPerWorkflow().isPresent()) {
            removeSurplus(rule.keepPerWorkflow().getAsInt());
        }
        rule.maxAge().ifPresent(age -> removeOld(now.minus(age)));
        return stopped.getAsBoolean() ? report.plus(new RetentionReport(0, 0, 0, 0, 0, false)) : report;
    }

    private void removeSurplus(int kept) {
        Optional<RankedPlace> after = Optional.empty();
        List<RankedPlace> page;
        do {
            page = store.ranked(rule.project(), after, rule.statuses(), kept, WORKFLOWS_AT_ONCE);
            for (RankedPlace one : page) {
                one.place().ifPresent(place -> removeSurplus(one, place));
                after = Optional.of(one);
            }
        } while (page.size() == WORKFLOWS_AT_ONCE && !stopped.getAsBoolean());
    }

    private void removeSurplus(RankedPlace workflow, ExecutionCursor place) {
        walk(filter(
                Optional.of(workflow.project()),
                Optional.of(workflow.workflow()),
                rule.statuses(),
                Optional.empty(),
                Optional.of(place)));
        surplus.put(new Name(workflow.project(), workflow.workflow()), place);
    }

    private void removeOld(Instant bound) {
        // why: one state at a time, so that a storage can go along an index of state and place
        for (Status status : rule.statuses()) {
            walk(filter(rule.project(), Optional.empty(), Set.of(status), Optional.of(bound), Optional.empty()));
        }
    }

    private EndedFilter filter(
            Optional<String> project,
            Optional<String> workflow,
            Set<Status> statuses,
            Optional<Instant> endedBefore,
            Optional<ExecutionCursor> before) {
        return new EndedFilter(
                project,
                workflow,
                statuses,
                endedBefore,
                now.minus(RetentionRule.UNSAVED_KEPT),
                Optional.empty(),
                before,
                RetentionStore.MOST_EXECUTIONS);
    }

    private void walk(EndedFilter first) {
        EndedFilter filter = first;
        List<ExecutionRecord> found;
        do {
            if (stopped.getAsBoolean()) {
                return;
            }
            long begun = System.nanoTime();
            found = store.find(filter);
            List<ExecutionRecord> fresh =
                    found.stream().filter(this::isNotDealtWith).toList();
            List<ExecutionRecord> chosen =
                    fresh.stream().filter(record -> !needed.contains(record)).toList();
            report = report.plus(new RetentionReport(0, 0, 0, 0, fresh.size() - chosen.size(), true));
            remove(chosen);
            if (!found.isEmpty()) {
                filter = filter.goingOn(found.get(found.size() - 1).place());
                pace.accept(System.nanoTime() - begun);
            }
        } while (found.size() == filter.limit());
    }

    private boolean isNotDealtWith(ExecutionRecord record) {
        ExecutionCursor place = surplus.get(Name.of(record));
        return place == null || record.place().compareTo(place) <= 0;
    }

    private void remove(List<ExecutionRecord> chosen) {
        if (chosen.isEmpty()) {
            return;
        }
        Map<Long, Name> names = chosen.stream().collect(Collectors.toMap(ExecutionRecord::execId, Name::of));
        long endedUntil = chosen.stream()
                .mapToLong(record -> record.state().endedAt())
                .max()
                .orElseThrow();
        List<Long> left = names.keySet().stream().sorted().toList();
        while (!left.isEmpty() && !stopped.getAsBoolean()) {
            Purged batch = dry ? store.count(left, endedUntil) : store.purge(left, endedUntil);
            report = report.plus(new RetentionReport(
                    batch.removed().size(), batch.nodes(), batch.logLines(), definitions(batch, names), 0, true));
            if (!dry) {
                parts.metrics().purged(batch.removed().size());
                batch.removed().forEach(parts.directories()::executionPurged);
            }
            left = batch.left();
        }
    }

    /** How many definitions went with the last of their executions. */
    private long definitions(Purged batch, Map<Long, Name> names) {
        if (!dry) {
            return batch.loose().stream().filter(one -> one.remaining() == 0).count();
        }
        Map<Name, Long> here =
                batch.removed().stream().collect(Collectors.groupingBy(names::get, Collectors.counting()));
        long gone = 0;
        for (Purged.Loose one : batch.loose()) {
            Name name = new Name(one.project(), one.workflow());
            if (one.remaining() == counted.getOrDefault(name, 0L)) {
                counted.remove(name);
                gone++;
            } else {
                counted.merge(name, here.get(name), Long::sum);
            }
        }
        return gone;
    }
}
