package dev.remora.storage.memory;

import dev.remora.model.ExecutionFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Submission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tells whether an execution passes a filter. */
final class FilterMatch implements Predicate<ExecutionRecord> {
    /** Lets everything pass. */
    static final Predicate<ExecutionRecord> ALL = row -> true;

    private final ExecutionFilter filter;
    private final Optional<Set<String>> projects;

    private FilterMatch(ExecutionFilter filter, Optional<Set<String>> projects) {
        this.filter = filter;
        this.projects = projects;
    }

    /**
     * Makes the test.
     *
     * @param projects lets only those of these projects pass; those of all if empty
     */
    static Predicate<ExecutionRecord> of(ExecutionFilter filter, Optional<Set<String>> projects) {
        boolean all = projects.isEmpty()
                && filter.submittedFrom().isEmpty()
                && filter.submittedTo().isEmpty()
                && filter.project().isEmpty()
                && filter.workflows().isEmpty()
                && filter.statuses().isEmpty()
                && filter.types().isEmpty()
                && filter.submitUser().isEmpty();
        return all ? ALL : new FilterMatch(filter, projects);
    }

    @Override
    public boolean test(ExecutionRecord row) {
        Submission one = row.submission();
        return filter.project().map(one.project()::equals).orElse(true)
                && projects.map(names -> names.contains(one.project())).orElse(true)
                && (filter.statuses().isEmpty()
                        || filter.statuses().contains(row.state().status()))
                && (filter.types().isEmpty() || filter.types().contains(one.type()))
                && filter.submitUser().map(one.submitUser()::equals).orElse(true)
                && filter.submittedFrom()
                        .map(from -> !one.submitTime().isBefore(from))
                        .orElse(true)
                && filter.submittedTo().map(to -> !one.submitTime().isAfter(to)).orElse(true)
                && (filter.workflows().isEmpty() || filter.workflows().stream().anyMatch(one.workflow()::startsWith));
    }
}
