package dev.remora.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract of a storage. Extend it, say how to make a data set, and run it:
 *
 * <pre>{@code
 * class MyStorageContractTest extends StorageContract {
 *     @Override
 *     protected StorageFixture newFixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>Each part is a class of its own, to be extended alone while a storage grows.
 */
public abstract class StorageContract {
    /** Creates the contract. */
    protected StorageContract() {}

    /**
     * Makes an empty data set.
     *
     * @return a fixture of its own for each test
     */
    protected abstract StorageFixture newFixture();

    /** The handles. */
    @Nested
    class Handles extends HandleContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** The catalogue. */
    @Nested
    class Workflows extends WorkflowStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Submissions. */
    @Nested
    class Creation extends CreationContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Submissions of unsaved workflows. */
    @Nested
    class UnsavedCreation extends UnsavedContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** What commits store. */
    @Nested
    class Commits extends CommitContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Values come back as they went in. */
    @Nested
    class OddValues extends OddValuesContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Leases, and what they fence off. */
    @Nested
    class Leases extends LeaseContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Leases after they were lost. */
    @Nested
    class Registrations extends RegistrationContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Claims and releases. */
    @Nested
    class Ownership extends OwnershipContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Commands. */
    @Nested
    class Commands extends CommandContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Order and paging of lists. */
    @Nested
    class Lists extends ListContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Filters of lists. */
    @Nested
    class Filters extends FilterContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** What a purge removes. */
    @Nested
    class Purge extends PurgeContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Logs. */
    @Nested
    class Logs extends LogStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Contents and resources. */
    @Nested
    class Resources extends ResourceStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Executions that are held, and many at once. */
    @Nested
    class Held extends HeldContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Schedules. */
    @Nested
    class Schedules extends ScheduleStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Backfills. */
    @Nested
    class Backfills extends BackfillStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Notices. */
    @Nested
    class Notices extends NoticeStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Projects and their grants. */
    @Nested
    class Projects extends ProjectStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** Many threads on two handles. */
    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }

    /** How history is found and goes. */
    @Nested
    class Retention extends RetentionStoreContract {
        @Override
        protected StorageFixture newFixture() {
            return StorageContract.this.newFixture();
        }
    }
}
