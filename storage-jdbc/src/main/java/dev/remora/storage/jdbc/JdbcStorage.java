package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.EngineStore;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.LogStore;
import dev.remora.spi.NoticeStore;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.RetentionStore;
import dev.remora.spi.ScheduleStore;
import dev.remora.spi.Storage;
import dev.remora.spi.WorkflowStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A storage in a relational database: H2 (a file, by {@link #h2(Path)}, needs nothing else), PostgreSQL, MariaDB or MySQL.
 * Whatever was acknowledged is durable, as far as the database is set up to be; several engines share one database.
 *
 * <pre>{@code
 * Storage storage = JdbcStorage.h2(Path.of("data/remora"));
 *
 * Storage shared = JdbcStorage.builder()
 *         .url("jdbc:postgresql://db.example.com/remora")
 *         .user("remora")
 *         .password(password)
 *         .build();
 * }</pre>
 *
 * <p>Every call is one short transaction, at the isolation level READ COMMITTED, and has a limit on the time it may take.
 * A call that fails because the database is away, busy or shutting down throws a {@link StorageException} that is
 * transient. A closed handle refuses every call with one that is not. Leases follow the clock of the database; the clocks
 * of the engines do not matter.
 *
 * <p>Safe for use by several threads. Each storage is one handle; further ones on the same data, in this process or
 * another, are built in the same way. A file of H2 belongs to one process at a time; several handles in that process share
 * it.
 */
public final class JdbcStorage implements Storage {
    private final RetentionStore retention;
    private final Database database;
    private final String id;
    private final EngineStore engines;
    private final WorkflowStore workflows;
    private final ExecutionStore executions;
    private final LogStore logs;
    private final ResourceStore resources;
    private final ProjectStore projects;
    private final ScheduleStore schedules;
    private final BackfillStore backfills;
    private final NoticeStore notices;

    private JdbcStorage(Database database) {
        this.database = database;
        id = readId().orElseThrow(() -> new StorageException(
                "the table " + database.prefix() + "storage is empty; run the script that creates the tables", false));
        engines = new JdbcEngineStore(database);
        WorkflowTable definitions = new WorkflowTable();
        workflows = new JdbcWorkflowStore(database, definitions);
        executions = new JdbcExecutionStore(database, definitions);
        retention = new JdbcRetentionStore(database, definitions);
        logs = new JdbcLogStore(database);
        resources = new JdbcResourceStore(database);
        projects = new JdbcProjectStore(database);
        schedules = new JdbcScheduleStore(database, definitions);
        backfills = new JdbcBackfillStore(database, definitions);
        notices = new JdbcNoticeStore(database);
    }

    /**
     * Opens, or creates, a storage in a file of H2, with every default. Several handles may be open on one file, in one
     * process.
     *
     * @param file the file, without the extension {@code .mv.db} that H2 adds; its directory is created if need be
     * @return a handle
     * @throws StorageException if the file cannot be opened; another process may have it open
     */
    public static JdbcStorage h2(Path file) {
        return builder().h2(file).build();
    }

    /**
     * Starts to set a storage up.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes submissions a part of a transaction of the caller's: the run exists if and only if the caller commits.
     *
     * <pre>{@code
     * connection.setAutoCommit(false);
     * orders.insert(connection, order);
     * long execId = storage.within(connection, () -> remora.executor().run(request));
     * connection.commit();
     * }</pre>
     *
     * <p>While the task runs, on this thread, whatever is submitted to an engine on this storage, and whatever is read, goes
     * through the connection; nothing is committed or rolled back. Files of an unsaved workflow are stored apart, at once.
     * Everything else that would change something is refused. After the commit, one of the engines finds the run when it
     * next looks for work, within its poll interval. If the task throws a {@link StorageException}, the caller should roll
     * back: some databases refuse all else in that transaction.
     *
     * @param <T> the type of the result
     * @param connection on the same database, auto-commit off; used by the task's thread only
     * @param task submits
     * @return what the task returned
     * @throws ValidationException if auto-commit is on, or the connection leads to other data
     * @throws StorageException if the connection fails, this thread is within such a task already, or this handle is closed
     */
    public <T> T within(Connection connection, Supplier<T> task) {
        Objects.requireNonNull(task, "task");
        checkAutoCommit(connection);
        return database.within(connection, () -> {
            if (!readId().equals(Optional.of(id))) {
                throw ValidationException.of(
                        "transaction", "connection", "does not lead to the data with the id " + id);
            }
            return task.get();
        });
    }

    private static void checkAutoCommit(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw ValidationException.of("transaction", "connection", "has auto-commit on; turn it off");
            }
        } catch (SQLException e) {
            throw new StorageException("the connection fails: " + e.getMessage(), false, e);
        }
    }

    private Optional<String> readId() {
        return database.read(
                "read the id of the storage",
                session -> session.query("SELECT id FROM ${prefix}storage WHERE one = 1")
                        .first(Row::word));
    }

    @Override
    public WorkflowStore workflows() {
        return workflows;
    }

    @Override
    public ExecutionStore executions() {
        return executions;
    }

    @Override
    public LogStore logs() {
        return logs;
    }

    @Override
    public ResourceStore resources() {
        return resources;
    }

    @Override
    public ProjectStore projects() {
        return projects;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public BackfillStore backfills() {
        return backfills;
    }

    @Override
    public NoticeStore notices() {
        return notices;
    }

    @Override
    public RetentionStore retention() {
        return retention;
    }

    @Override
    public EngineStore engines() {
        return engines;
    }

    /** Returns the id that the script which created the tables has given to these data. */
    @Override
    public String id() {
        return id;
    }

    /** Returns false: a commit waits for a device, and maybe for a network. */
    @Override
    public boolean commitsInline() {
        return false;
    }

    /**
     * Releases this handle, and the connections that it has opened itself. Calls under way end, or fail. Connections of
     * the application stay open.
     */
    @Override
    public void close() {
        database.close();
    }

    /** Sets a {@link JdbcStorage} up. Not safe for use by several threads. */
    public static final class Builder {
        private static final String SUBJECT = "JDBC storage";
        private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");
        private static final int MOST_CONNECTIONS = 1000;
        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofHours(1);

        private Optional<Path> file = Optional.empty();
        private Optional<String> url = Optional.empty();
        private Optional<DataSource> dataSource = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> password = Optional.empty();
        private int poolSize = 10;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration callTimeout = Duration.ofSeconds(30);
        private SchemaMode schema = SchemaMode.CREATE;
        private String tablePrefix = "remora_";
        private Durability durability = Durability.SYNCED;

        private Builder() {}

        /**
         * Takes a file of H2. Exactly one of this, {@link #url} and {@link #dataSource} must be given.
         *
         * @param path the file, without the extension {@code .mv.db} that H2 adds; its directory is created if need
         *     be; without {@code ;}
         * @return this
         */
        public Builder h2(Path path) {
            file = Optional.of(path);
            return this;
        }

        /**
         * Takes the address of a database. The storage keeps connections to it in a pool of its own. The driver of H2
         * comes with the storage; that of another database must be on the class path.
         *
         * @param address beginning with {@code jdbc:}
         * @return this
         */
        public Builder url(String address) {
            url = Optional.of(address);
            return this;
        }

        /**
         * Takes the application's connections. They may come with auto-commit on or off, and at any isolation level, and go
         * back as they came. They are not closed with the storage. Their server should end
         * transactions that do nothing for some seconds, as it is told to for connections of the storage's own: an engine that
         * is stopped in the middle of one would keep others from taking over. {@link #user}, {@link #password}, {@link #poolSize} and
         * {@link #connectTimeout} do not apply.
         *
         * @param connections a pool; a call takes one connection, and waits for it as long as the pool lets it
         * @return this
         */
        public Builder dataSource(DataSource connections) {
            dataSource = Optional.of(connections);
            return this;
        }

        /**
         * Sets who connects.
         *
         * @param name the user of the database
         * @return this
         */
        public Builder user(String name) {
            user = Optional.of(name);
            return this;
        }

        /**
         * Sets the password.
         *
         * @param secret the password
         * @return this
         */
        public Builder password(String secret) {
            password = Optional.of(secret);
            return this;
        }

        /**
         * Sets how many connections there are at the most; 10 by default. Each call needs one while it lasts.
         *
         * @param connections 2 to 1000
         * @return this
         */
        public Builder poolSize(int connections) {
            poolSize = connections;
            return this;
        }

        /**
         * Sets how long a call waits for a connection; 10 s by default.
         *
         * @param limit 1 s to 1 h
         * @return this
         */
        public Builder connectTimeout(Duration limit) {
            connectTimeout = Objects.requireNonNull(limit, "connectTimeout");
            return this;
        }

        /**
         * Sets how long a statement may take; 30 s by default. One that takes longer is given up, with all its call has
         * done.
         *
         * @param limit 1 s to 1 h, in whole seconds
         * @return this
         */
        public Builder callTimeout(Duration limit) {
            callTimeout = Objects.requireNonNull(limit, "callTimeout");
            return this;
        }

        /**
         * Sets what is done about the tables; {@link SchemaMode#CREATE} by default.
         *
         * @param mode the mode
         * @return this
         */
        public Builder schema(SchemaMode mode) {
            schema = Objects.requireNonNull(mode, "schema");
            return this;
        }

        /**
         * Sets how the name of each table begins; {@code remora_} by default. Storages with different prefixes share
         * nothing.
         *
         * @param prefix 1 to 31 of lower-case letters, digits and {@code _}, the first one a letter
         * @return this
         */
        public Builder tablePrefix(String prefix) {
            tablePrefix = Objects.requireNonNull(prefix, "tablePrefix");
            return this;
        }

        /**
         * Sets what is promised of what was acknowledged, on H2; {@link Durability#SYNCED} by default.
         *
         * @param promise the promise
         * @return this
         */
        public Builder durability(Durability promise) {
            durability = Objects.requireNonNull(promise, "durability");
            return this;
        }

        /**
         * Opens the storage.
         *
         * @return a handle
         * @throws ValidationException if a bound is broken, or not exactly one database is given
         * @throws StorageException if the database cannot be reached, or its tables are not as they should be
         */
        public JdbcStorage build() {
            check();
            Source source = source();
            boolean opened = false;
            try {
                Database database = new Database(
                        source,
                        source.dialect(),
                        tablePrefix,
                        (int) callTimeout.toSeconds(),
                        durability == Durability.SYNCED,
                        poolSize);
                new Schema(database).open(schema);
                JdbcStorage storage = new JdbcStorage(database);
                opened = true;
                return storage;
            } finally {
                if (!opened) {
                    source.close();
                }
            }
        }

        private Source source() {
            if (dataSource.isPresent()) {
                return Source.ofApplication(dataSource.get());
            }
            String address = url.orElseGet(() -> Pool.addressOf(file.orElseThrow()));
            return Source.ofPool(Pool.open(address, user, password, poolSize, connectTimeout, callTimeout));
        }

        private void check() {
            long given = file.stream().count()
                    + url.stream().count()
                    + dataSource.stream().count();
            if (given != 1) {
                throw ValidationException.of(
                        SUBJECT, "", "has " + given + " of h2, url and dataSource; it must have exactly one");
            }
            if (file.isPresent() && file.get().toAbsolutePath().toString().contains(";")) {
                throw ValidationException.of(SUBJECT, "h2", "is " + file.get() + "; it must not contain ;");
            }
            if (url.isPresent() && !url.get().startsWith("jdbc:")) {
                // why: the address may hold a password, so it is not shown
                throw ValidationException.of(SUBJECT, "url", "must begin with jdbc:");
            }
            if (poolSize < 2 || poolSize > MOST_CONNECTIONS) {
                throw ValidationException.of(
                        SUBJECT, "poolSize", "is " + poolSize + "; it must be 2 to " + MOST_CONNECTIONS);
            }
            check("connectTimeout", connectTimeout);
            check("callTimeout", callTimeout);
            if (!PREFIX.matcher(tablePrefix).matches()) {
                throw ValidationException.of(
                        SUBJECT, "tablePrefix", "is '" + tablePrefix + "'; it must match " + PREFIX);
            }
        }

        private static void check(String path, Duration limit) {
            if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
                throw ValidationException.of(
                        SUBJECT, path, "is " + limit + "; it must be " + SHORTEST + " to " + LONGEST);
            }
        }
    }
}
