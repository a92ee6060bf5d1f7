package dev.remora.model;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Says which executions are history that may go: those that are too old, or too many of one workflow.
 *
 * <p>Whatever a rule says, these stay: executions that are not final; those of a backfill that has not ended; those that a
 * run waits for, or that the next run of a schedule will wait for, the last whole scheduled or backfilled run of each
 * workflow always among them; and those of unsaved workflows for {@link #UNSAVED_KEPT} after their end.
 *
 * @param project of one project only; of all if empty
 * @param statuses the final states that may go; the others neither go nor count
 * @param maxAge executions that ended longer ago go; zero for all
 * @param keepPerWorkflow of each saved workflow so many that started last stay, and those before them go
 */
public record RetentionRule(
        Optional<String> project, Set<Status> statuses, Optional<Duration> maxAge, OptionalInt keepPerWorkflow) {
    /** How long executions of unsaved workflows stay at the least, after their end: 24 hours. */
    public static final Duration UNSAVED_KEPT = Duration.ofHours(24);

    /** The states of an execution that has ended. */
    public static final Set<Status> ENDS =
            Set.copyOf(EnumSet.of(Status.SUCCESS, Status.KILL, Status.FAILED, Status.DEP_FAILED));

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final String SUBJECT = "retention rule";

    /**
     * Creates a rule.
     *
     * @throws NullPointerException if a component is null
     * @throws ValidationException if there is neither an age nor a number, a state is not that of an execution that has
     *     ended, the age is negative or above 36,500 days, or the number is below 1
     */
    public RetentionRule {
        Objects.requireNonNull(project, "project");
        statuses = Set.copyOf(statuses);
        Objects.requireNonNull(maxAge, "maxAge");
        Objects.requireNonNull(keepPerWorkflow, "keepPerWorkflow");
        List<Problem> problems = new ArrayList<>();
        if (maxAge.isEmpty() && keepPerWorkflow.isEmpty()) {
            problems.add(new Problem("", "has neither maxAge nor keepPerWorkflow; it must have one, or both"));
        }
        if (statuses.isEmpty() || !ENDS.containsAll(statuses)) {
            problems.add(new Problem("statuses", "is " + statuses + "; it must be some of " + ENDS));
        }
        maxAge.filter(age -> age.isNegative() || age.compareTo(LONGEST) > 0)
                .ifPresent(age -> problems.add(
                        new Problem("maxAge", "is " + age + "; it must be " + Duration.ZERO + " to " + LONGEST)));
        if (keepPerWorkflow.isPresent() && keepPerWorkflow.getAsInt() < 1) {
            problems.add(
                    new Problem("keepPerWorkflow", "is " + keepPerWorkflow.getAsInt() + "; it must be at least 1"));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(SUBJECT, problems);
        }
    }

    /**
     * Lets executions go by age.
     *
     * @param age those that ended longer ago go; 0 to 36,500 days
     * @return the rule
     */
    public static RetentionRule olderThan(Duration age) {
        return new RetentionRule(Optional.empty(), ENDS, Optional.of(age), OptionalInt.empty());
    }

    /**
     * Lets executions go by number.
     *
     * @param executions how many of each workflow stay, at least 1
     * @return the rule
     */
    public static RetentionRule keeping(int executions) {
        return new RetentionRule(Optional.empty(), ENDS, Optional.empty(), OptionalInt.of(executions));
    }

    /**
     * Returns this rule with a bound on age as well: what breaks either bound goes.
     *
     * @param age those that ended longer ago go; 0 to 36,500 days
     * @return a changed copy
     */
    public RetentionRule orOlderThan(Duration age) {
        return new RetentionRule(project, statuses, Optional.of(age), keepPerWorkflow);
    }

    /**
     * Returns this rule for some ends only.
     *
     * @param ends the final states that may go, at least one
     * @return a changed copy
     */
    public RetentionRule withStatuses(Status... ends) {
        return new RetentionRule(project, Set.copyOf(Arrays.asList(ends)), maxAge, keepPerWorkflow);
    }

    /**
     * Returns this rule for one project only.
     *
     * @param name the project
     * @return a changed copy
     */
    public RetentionRule withProject(String name) {
        return new RetentionRule(Optional.of(name), statuses, maxAge, keepPerWorkflow);
    }
}
