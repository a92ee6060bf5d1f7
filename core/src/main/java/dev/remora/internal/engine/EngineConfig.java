package dev.remora.internal.engine;

import dev.remora.WorkDirectoryPolicy;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.event.ExecutionListener;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.RetentionRule;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.EngineClock;
import dev.remora.spi.JobType;
import dev.remora.spi.Metrics;
import dev.remora.spi.Notifier;
import dev.remora.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** What an engine was configured with, checked. */
public record EngineConfig(
        String name,
        String user,
        Storage storage,
        Map<String, JobType> jobTypes,
        Optional<Executor> javaExecutor,
        Optional<EngineClock> clock,
        List<ExecutionListener> listeners,
        List<Notifier> notifiers,
        Metrics metrics,
        int maxRunningNodes,
        int maxRunningNodesPerExecution,
        Map<String, Integer> pools,
        ZoneId zone,
        Path workDirectory,
        WorkDirectoryPolicy workDirectoryPolicy,
        Duration killGrace,
        Duration killVerification,
        Duration lease,
        List<RetentionRule> retention,
        Duration retentionInterval,
        Map<Limit, Long> limits,
        AccessPolicy access) {

    public long limit(Limit limit) {
        return limits.getOrDefault(limit, limit.defaultBound());
    }

    /** The same with another storage, or another view of it. */
    EngineConfig with(Storage other) {
        return new EngineConfig(
                name,
                user,
                other,
                jobTypes,
                javaExecutor,
                clock,
                listeners,
                notifiers,
                metrics,
                maxRunningNodes,
                maxRunningNodesPerExecution,
                pools,
                zone,
                workDirectory,
                workDirectoryPolicy,
                killGrace,
                killVerification,
                lease,
                retention,
                retentionInterval,
                limits,
                access);
    }

    /** Collects a configuration; nothing is checked before {@link #check}, which reports all problems together. */
    public static final class Draft {
        private static final int MOST = 1_000_000;
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        private final List<Problem> problems = new ArrayList<>();
        private String name = "remora";
        private String user = "remora";
        private Optional<Storage> storage = Optional.empty();
        private final Map<String, JobType> jobTypes = new LinkedHashMap<>();
        private Optional<Executor> javaExecutor = Optional.empty();
        private Optional<EngineClock> clock = Optional.empty();
        private final List<ExecutionListener> listeners = new ArrayList<>();
        private final List<Notifier> notifiers = new ArrayList<>();
        private Metrics metrics = Metrics.NONE;
        private int maxRunningNodes = 64;
        private int maxRunningNodesPerExecution = MOST;
        private final Map<String, Integer> pools = new LinkedHashMap<>();
        private ZoneId zone = ZoneId.systemDefault();
        private Path workDirectory = Path.of(System.getProperty("java.io.tmpdir"), "remora");
        private WorkDirectoryPolicy workDirectoryPolicy = WorkDirectoryPolicy.KEEP_UNLESS_SUCCESS;
        private Duration killGrace = Duration.ofSeconds(10);
        private Duration killVerification = Duration.ofSeconds(20);
        private Duration lease = Duration.ofSeconds(15);
        private final List<RetentionRule> retention = new ArrayList<>();
        private Duration retentionInterval = Duration.ofHours(1);
        private final Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        private AccessPolicy access = AccessPolicy.everything();

        public void name(String value) {
            name = require("name", value, NAME.matcher(value).matches(), "must match " + NAME);
        }

        public void user(String value) {
            user = require("user", value, !value.isBlank(), "must not be blank");
        }

        public void storage(Storage value) {
            storage = Optional.of(value);
        }

        public void jobType(JobType type) {
            String typeName = type.name();
            require("jobType", typeName, NAME.matcher(typeName).matches(), "the name must match " + NAME);
            require("jobType", typeName, !typeName.equals(VirtualType.NAME), "that name is Remora's own");
            require("jobType", typeName, jobTypes.put(typeName, type) == null, "that name is given twice");
        }

        public void javaExecutor(Executor value) {
            javaExecutor = Optional.of(value);
        }

        public void clock(EngineClock value) {
            clock = Optional.of(value);
        }

        public void listener(ExecutionListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
        }

        public void notifier(Notifier value) {
            notifiers.add(Objects.requireNonNull(value, "notifier"));
        }

        public void metrics(Metrics value) {
            metrics = Objects.requireNonNull(value, "metrics");
        }

        public void maxRunningNodes(int value) {
            maxRunningNodes = slots("maxRunningNodes", value);
        }

        public void maxRunningNodesPerExecution(int value) {
            maxRunningNodesPerExecution = slots("maxRunningNodesPerExecution", value);
        }

        public void pool(String poolName, int size) {
            require("pool", poolName, NAME.matcher(poolName).matches(), "the name must match " + NAME);
            require("pool", poolName, !poolName.equals(Node.DEFAULT_POOL), "its size is maxRunningNodes, always");
            boolean first = pools.put(poolName, slots("pool " + poolName, size)) == null;
            require("pool", poolName, first, "that name is given twice");
        }

        public void zone(ZoneId value) {
            zone = Objects.requireNonNull(value, "zone");
        }

        public void workDirectory(Path value) {
            workDirectory = value.toAbsolutePath().normalize();
        }

        public void workDirectoryPolicy(WorkDirectoryPolicy value) {
            workDirectoryPolicy = Objects.requireNonNull(value, "workDirectoryPolicy");
        }

        public void killGrace(Duration value) {
            killGrace = between("killGrace", value, Duration.ZERO, Duration.ofDays(1));
        }

        public void killVerification(Duration value) {
            killVerification = between("killVerification", value, Duration.ofMillis(1), Duration.ofDays(1));
        }

        public void lease(Duration value) {
            lease = between("lease", value, Duration.ofSeconds(1), Duration.ofHours(1));
        }

        public void retention(RetentionRule rule) {
            retention.add(Objects.requireNonNull(rule, "retention"));
        }

        public void retentionInterval(Duration value) {
            retentionInterval = between("retentionInterval", value, Duration.ofSeconds(1), Duration.ofDays(365));
        }

        public void access(AccessPolicy value) {
            access = Objects.requireNonNull(value, "access");
        }

        public void limit(Limit limit, long bound) {
            limits.put(limit, require("limit " + limit, bound, bound >= 1, "must be at least 1"));
        }

        public EngineConfig check() {
            if (storage.isEmpty()) {
                problems.add(new Problem("storage", "is missing; the memory storage is the simplest"));
            }
            if (!problems.isEmpty()) {
                throw new ValidationException("engine configuration", problems);
            }
            return new EngineConfig(
                    name,
                    user,
                    storage.orElseThrow(),
                    Map.copyOf(jobTypes),
                    javaExecutor,
                    clock,
                    List.copyOf(listeners),
                    List.copyOf(notifiers),
                    metrics,
                    maxRunningNodes,
                    maxRunningNodesPerExecution,
                    Map.copyOf(pools),
                    zone,
                    workDirectory,
                    workDirectoryPolicy,
                    killGrace,
                    killVerification,
                    lease,
                    List.copyOf(retention),
                    retentionInterval,
                    Map.copyOf(limits),
                    access);
        }

        private int slots(String path, int value) {
            return require(path, value, value >= 1 && value <= MOST, "must be 1 to " + MOST);
        }

        private Duration between(String path, Duration value, Duration least, Duration most) {
            boolean fits = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
            return require(path, value, fits, "must be " + least + " to " + most);
        }

        private <T> T require(String path, T value, boolean holds, String rule) {
            if (!holds) {
                problems.add(new Problem(path, "is " + value + "; " + rule));
            }
            return value;
        }
    }
}
