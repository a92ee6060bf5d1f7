package dev.remora.testkit.simulation;

import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Engines, a storage that they share, jobs and users, on a virtual clock, in one thread at a time: what happens, and what
 * goes wrong, follows from a seed alone. Processes die or freeze, the storage is away, slow, or does what it was asked
 * to and the answer gets lost. All the while books are kept of what must be true; in the end all is well again, and every
 * run must come to a right end, and every engine to rest.
 *
 * <p>Not safe for use by several threads.
 */
public final class Simulation {
    /** Makes an empty storage whose leases are on a clock; what it returns opens handles on it. */
    @FunctionalInterface
    public interface StorageMaker {
        /**
         * Makes a storage.
         *
         * @param clock the clock of the simulation
         * @return opens a handle on the storage
         */
        Supplier<Storage> on(InstantSource clock);
    }

    private final StorageMaker storages;
    private final Deque<Carrier> idle = new ArrayDeque<>();

    /**
     * Creates a place for simulations.
     *
     * @param storages where each simulation gets its storage from
     */
    public Simulation(StorageMaker storages) {
        this.storages = storages;
    }

    /**
     * Lets one simulation take place.
     *
     * @param seed decides all of it
     * @return a fingerprint of all its steps, the same each time
     * @throws AssertionError if something was not as it must be; the message has the seed and every step
     */
    public long run(long seed) {
        try {
            return new Story(seed, false).play();
        } catch (Throwable wrong) {
            throw new AssertionError("-Dremora.test.seed=" + seed + ": " + wrong.getMessage() + again(seed), wrong);
        }
    }

    private String again(long seed) {
        Story story = new Story(seed, true);
        String end;
        try {
            story.play();
            end = "the second time, nothing was wrong";
        } catch (Throwable wrong) {
            end = wrong.toString();
        }
        return "\n" + String.join("\n", story.trace.lines()) + "\n" + end;
    }

    /** One simulation. */
    private final class Story implements World {
        private static final Instant START = Instant.ofEpochSecond(1_767_225_600);
        private static final int STORM_TIME = 60_000;
        private static final int REST_TIME = 180_000;

        private final Random random;
        private final Trace trace;
        private final SimulatedProcess process = new SimulatedProcess("world");
        private final Scheduler scheduler;
        private final boolean inline;
        private final Weather weather;
        private final Rules rules;
        private final SimulatedJobs jobs;
        private final Map<String, Workflow> definitions = new TreeMap<>();
        private final Ledger ledger;
        private final Supplier<Storage> storage;
        private final Storage observer;
        private final List<Host> hosts;
        private final Users users;
        private final Storms storms;

        Story(long seed, boolean traced) {
            random = new Random(seed);
            trace = new Trace(traced, START.toEpochMilli());
            scheduler = new Scheduler(random, preemption(), START.toEpochMilli(), trace, idle);
            inline = random.nextInt(6) == 0;
            weather = new Weather(random, inline ? 0 : faults(), random.nextInt(3) * random.nextInt(20));
            rules = new Rules(scheduler);
            jobs = new SimulatedJobs(scheduler, process, random, rules);
            storage = storages.on(() -> Instant.ofEpochMilli(scheduler.now()));
            observer = storage.get();
            ledger = new Ledger(scheduler, rules, jobs, new StoredLogs(observer.logs()), definitions);
            jobs.books(ledger::of);
            Workflows workflows = new Workflows(random);
            save(workflows);
            Host[] made = new Host[1 + random.nextInt(3)];
            hosts = List.of(hosts(made));
            users = new Users(this, workflows, definitions);
            ledger.endHeard(users::ended);
            storms = new Storms(this);
        }

        private Host[] hosts(Host[] made) {
            for (int number = 0; number < made.length; number++) {
                made[number] = new Host("e" + (number + 1), this);
            }
            return made;
        }

        private double preemption() {
            return List.of(0.02, 0.2, 0.6).get(random.nextInt(3));
        }

        private double faults() {
            return List.of(0.0, 0.02, 0.1, 0.3).get(random.nextInt(4));
        }

        private void save(Workflows workflows) {
            int count = 1 + random.nextInt(3);
            try (Storage handle = storage.get()) {
                for (int number = 0; number < count; number++) {
                    String name = "flow" + number;
                    definitions.put(name, workflows.workflow());
                    handle.workflows().save(Users.PROJECT, name, definitions.get(name), "somebody", START);
                }
            }
        }

        long play() throws Throwable {
            hosts.forEach(host -> scheduler.spawnAt(someTime(2_000), process, host::start));
            int submissions = 1 + random.nextInt(10);
            for (int number = 0; number < submissions; number++) {
                scheduler.spawnAt(someTime(STORM_TIME / 2), process, users::submit);
            }
            int commands = random.nextInt(12);
            for (int number = 0; number < commands; number++) {
                scheduler.spawnAt(someTime(STORM_TIME), process, users::steer);
            }
            int strikes = random.nextInt(8);
            for (int number = 0; number < strikes; number++) {
                scheduler.spawnAt(someTime(STORM_TIME), process, storms::strike);
            }
            scheduler.spawnAt(someTime(0) + STORM_TIME, process, this::calmDown);
            scheduler.run();
            compare();
            return trace.fingerprint();
        }

        private long someTime(int millis) {
            return START.toEpochMilli() + (millis == 0 ? 0 : random.nextInt(millis));
        }

        private void calmDown() {
            scheduler.trace(process, () -> "all is well from now on");
            storms.end();
            jobs.calmDown();
            look(scheduler.now() + REST_TIME);
        }

        /** Looks, again and again, whether all has come to rest. */
        private void look(long deadline) {
            storms.startAll();
            ledger.all().stream()
                    .filter(books -> books.state().status() == Status.PAUSED)
                    .forEach(users::resume);
            Optional<String> unrest = unrest();
            if (unrest.isEmpty()) {
                scheduler.finish();
            } else if (scheduler.now() > deadline) {
                scheduler.fail(new AssertionError("no rest in the end: " + unrest.get()));
            } else {
                scheduler.spawnAt(scheduler.now() + 2_000, process, () -> look(deadline));
            }
        }

        private Optional<String> unrest() {
            for (Books books : ledger.all()) {
                if (!books.state().status().isFinal()) {
                    return Optional.of("execution " + books.execId() + " shows " + Texts.of(books.state()) + " "
                            + Texts.of(books.rows()));
                }
            }
            if (!jobs.alive().isEmpty()) {
                return Optional.of("jobs are running: " + jobs.alive());
            }
            return hosts.stream().map(Host::unrest).flatMap(Optional::stream).findFirst();
        }

        /** The storage holds what the books say. */
        private void compare() {
            try (Storage handle = observer) {
                for (Books books : ledger.all()) {
                    ExecutionRecord record =
                            handle.executions().find(books.execId()).orElseThrow();
                    if (!record.state().equals(books.state())
                            || !handle.executions().nodes(books.execId()).equals(List.copyOf(books.rows()))) {
                        throw new AssertionError("execution " + books.execId() + " is not what was stored of it");
                    }
                }
            }
        }

        @Override
        public Random random() {
            return random;
        }

        @Override
        public Scheduler scheduler() {
            return scheduler;
        }

        @Override
        public SimulatedProcess process() {
            return process;
        }

        @Override
        public Weather weather() {
            return weather;
        }

        @Override
        public Ledger ledger() {
            return ledger;
        }

        @Override
        public SimulatedJobs jobs() {
            return jobs;
        }

        @Override
        public List<Host> hosts() {
            return hosts;
        }

        @Override
        public boolean commitsInline() {
            return inline;
        }

        @Override
        public Storage open() {
            return storage.get();
        }
    }
}
