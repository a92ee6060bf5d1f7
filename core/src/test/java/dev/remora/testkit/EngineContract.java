package dev.remora.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract of the engine, on one storage: what users are promised by {@link dev.remora.Remora} and all that
 * hangs on it. Extend it and say how to make a data set, as for {@link StorageContract}.
 *
 * <p>Each part is a class of its own, to be extended alone.
 */
public abstract class EngineContract {
    /** Creates the contract. */
    protected EngineContract() {}

    /**
     * Makes an empty data set.
     *
     * @return a fixture of its own for each test
     */
    protected abstract StorageFixture newFixture();

    /** Runs go through their nodes. */
    @Nested
    class Running extends RunningContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Failure policies and clean-ups. */
    @Nested
    class Failures extends FailureContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Retries. */
    @Nested
    class Retries extends RetryContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Timeouts. */
    @Nested
    class Timeouts extends TimeoutContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Kills. */
    @Nested
    class Kills extends KillContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Pauses. */
    @Nested
    class Pauses extends PauseContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Reruns. */
    @Nested
    class Reruns extends RerunContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** What is refused. */
    @Nested
    class Requests extends RequestContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Versions, unsaved workflows, keys, users. */
    @Nested
    class Submissions extends SubmissionContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Plans and parameters. */
    @Nested
    class Plans extends PlanContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** What is told about runs. */
    @Nested
    class Queries extends QueryContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Logs. */
    @Nested
    class Logs extends LogContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Slots, priorities, turns. */
    @Nested
    class Slots extends SlotContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Listeners. */
    @Nested
    class Listeners extends ListenerContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Jobs that are left running. */
    @Nested
    class Leaving extends LeaveContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Engines end, others go on. */
    @Nested
    class Closing extends CloseContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Two engines on the same data. */
    @Nested
    class Sharing extends SharedContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Executions that cannot be read whole. */
    @Nested
    class Damages extends DamageContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Executions that cannot be processed. */
    @Nested
    class Troubled extends TroubleContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Two engines of one name. */
    @Nested
    class SameName extends SameNameContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** An engine that has nothing to do. */
    @Nested
    class Idle extends IdleContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** The storage fails now and then. */
    @Nested
    class Faults extends FaultContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Schedules. */
    @Nested
    class Scheduling extends ScheduleContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Runs of a schedule that overlap. */
    @Nested
    class Overlaps extends OverlapContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Queues of scheduled runs. */
    @Nested
    class Queues extends QueueContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Backfills. */
    @Nested
    class Backfilling extends BackfillContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Which times a backfill does again. */
    @Nested
    class BackfillScopes extends BackfillScopeContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Waits for other workflows. */
    @Nested
    class Waiting extends WaitContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Notifications. */
    @Nested
    class Notifying extends NotificationContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Random graphs, failures and commands. */
    @Nested
    class Chance extends RandomContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** History goes. */
    @Nested
    class Retention extends RetentionContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** History that is needed still. */
    @Nested
    class RetentionOfTimedRuns extends RetentionOfTimedRunsContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** What an engine reports of itself. */
    @Nested
    class Reports extends HealthContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }

    /** Projects, owners and grants. */
    @Nested
    class Rights extends AccessContract {
        @Override
        protected StorageFixture newFixture() {
            return EngineContract.this.newFixture();
        }
    }
}
