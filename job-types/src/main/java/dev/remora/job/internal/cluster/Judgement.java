package dev.remora.job.internal.cluster;

import dev.remora.model.Cause;
import dev.remora.spi.JobResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What follows when the client of a job has ended. */
sealed interface Judgement {
    /** The applications go on, and decide how the job ends. */
    record Await() implements Judgement {}

    /** The applications must not go on. */
    record Kill() implements Judgement {}

    /** The cluster knows nothing, but may hear of an application in a moment. */
    record LookAgain() implements Judgement {}

    /** The job has ended. */
    record End(JobResult result) implements Judgement {}

    /** 128 and the number of a signal. */
    int FIRST_SIGNAL = 129;

    int LAST_SIGNAL = 159;

    /**
     * All that is known.
     *
     * @param decider who knows how the job ended
     * @param client how its client ended; empty if that is gone without a trace
     * @param code the exit code of the client, empty if it is lost
     * @param found the applications of the job
     * @param awaited ids of those that were waited for since the client ended
     * @param searchable whether an application would have been found
     * @param surelyNone whether nothing was found often enough
     * @param settled whether the client ended long ago
     */
    record Evidence(
            Decider decider,
            Optional<JobResult> client,
            OptionalInt code,
            List<Application> found,
            Set<String> awaited,
            boolean searchable,
            boolean surelyNone,
            boolean settled) {
        boolean active() {
            return found.stream().anyMatch(Application::active);
        }

        /** Nobody knows what the client would have returned; a signal is no answer of its program. */
        boolean codeIsLost() {
            return code.isEmpty() || (code.getAsInt() >= FIRST_SIGNAL && code.getAsInt() <= LAST_SIGNAL);
        }

        JobResult clientOrLost() {
            return client.orElseGet(() -> JobResult.failed(Cause.LOST, "the job vanished with its engine"));
        }
    }

    static Judgement of(Evidence evidence) {
        return switch (evidence.decider()) {
            case CLIENT -> byClient(evidence);
            case CLIENT_ELSE_CLUSTER -> evidence.codeIsLost() ? byCluster(evidence) : byCode(evidence);
            case CLUSTER -> byCluster(evidence);
        };
    }

    private static Judgement byClient(Evidence evidence) {
        JobResult result = evidence.clientOrLost();
        if (evidence.found().isEmpty() && evidence.codeIsLost() && !evidence.surelyNone()) {
            return new LookAgain();
        }
        if (!evidence.active()) {
            return new End(result);
        }
        // why: the cluster takes a moment to see that an application has signed off
        return result.succeeded() && !evidence.settled() ? new Await() : new Kill();
    }

    private static Judgement byCode(Evidence evidence) {
        JobResult result = evidence.clientOrLost();
        if (evidence.active()) {
            return result.succeeded() ? new Await() : new Kill();
        }
        if (!result.succeeded()) {
            return new End(result);
        }
        // why: what the client had seen the end of is its own affair; what it left to itself is not
        return evidence.found().stream()
                .filter(application -> evidence.awaited().contains(application.id()))
                .filter(application -> application.state() != Application.State.SUCCEEDED)
                .findFirst()
                .<Judgement>map(failed -> new End(JobResult.failed(Cause.EXIT_CODE, failed.toString())))
                .orElseGet(() -> new End(result));
    }

    private static Judgement byCluster(Evidence evidence) {
        if (evidence.active()) {
            return new Await();
        }
        if (evidence.found().isEmpty()) {
            return evidence.surelyNone() ? new End(unknown(evidence)) : new LookAgain();
        }
        Optional<Application> failed = evidence.found().stream()
                .filter(application -> application.state() != Application.State.SUCCEEDED)
                .findFirst();
        if (failed.isPresent()) {
            return new End(JobResult.failed(Cause.EXIT_CODE, failed.get().toString()));
        }
        boolean usable = evidence.client().isPresent()
                && evidence.code().isPresent()
                && evidence.code().getAsInt() == 0;
        // why: with code 0 the result holds the outputs, or says what is wrong with them
        return new End(usable ? evidence.client().get() : JobResult.success());
    }

    private static JobResult unknown(Evidence evidence) {
        JobResult result = evidence.clientOrLost();
        if (!result.succeeded()) {
            return result;
        }
        return evidence.searchable()
                ? JobResult.failed(Cause.LOST, "its client ended well, but the cluster knows no such application")
                // why: not LOST, as then the job would run again, perhaps beside itself
                : JobResult.failed(
                        Cause.EXCEPTION,
                        "the client named no driver, so nobody can tell how the application ends; spark-submit must log"
                                + " at level INFO");
    }
}
