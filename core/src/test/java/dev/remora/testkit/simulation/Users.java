package dev.remora.testkit.simulation;

import dev.remora.error.EngineClosedException;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.error.WaitTimeoutException;
import dev.remora.internal.engine.Engine;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Workflow;
import dev.remora.spi.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** People who submit and steer runs, at whichever engine is up, and try again when they got no answer. */
final class Users {
    static final String PROJECT = "shop";
    private static final int RERUN = 9;
    private static final int MOST_ROUNDS = 4;
    private static final int LONGEST_PATIENCE = 5_000;

    private final World world;
    private final Random random;
    private final Workflows workflows;
    private final Map<String, Workflow> definitions;
    private final Map<String, Long> keys = new HashMap<>();
    private int submissions;

    /** @param definitions the saved workflows by name */
    Users(World world, Workflows workflows, Map<String, Workflow> definitions) {
        this.world = world;
        random = world.random();
        this.workflows = workflows;
        this.definitions = definitions;
    }

    /** Somebody wants a new run. */
    void submit() {
        String name = List.copyOf(definitions.keySet()).get(random.nextInt(definitions.size()));
        RunRequest.Builder request = workflows.options(RunRequest.builder(PROJECT, name), definitions.get(name));
        boolean keyed = random.nextBoolean();
        if (keyed) {
            request.idempotencyKey("k" + ++submissions);
        }
        submit(request.build(), keyed);
    }

    private void submit(RunRequest request, boolean keyed) {
        Optional<Host> host = someHost();
        if (host.isEmpty()) {
            later(() -> submit(request, keyed));
            return;
        }
        at(host.get(), "run", engine -> accepted(request, engine.executor().run(request)), () -> {
            if (keyed) {
                submit(request, true);
            }
        });
    }

    private void accepted(RunRequest request, long execId) {
        world.ledger().of(execId);
        request.options().idempotencyKey().ifPresent(key -> {
            long first = keys.merge(key, execId, (one, other) -> one);
            require(first == execId, "key %s stands for %d and for %d", key, first, execId);
        });
    }

    /** Somebody steers a run, or several people do so at once. */
    void steer() {
        List<Books> all = world.ledger().all();
        if (all.isEmpty()) {
            return;
        }
        Books books = all.get(random.nextInt(all.size()));
        int people = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        for (int person = 0; person < people; person++) {
            someHost().ifPresent(host -> steer(host, books, random.nextInt(12)));
        }
    }

    /** Somebody who waited for the end of a run does something at once, now and then. */
    void ended(Books books) {
        if (random.nextInt(8) == 0 && books.state().round() < MOST_ROUNDS) {
            int kind = random.nextInt(4) == 0 ? random.nextInt(12) : RERUN;
            world.scheduler().spawn(world.process(), () -> someHost().ifPresent(host -> steer(host, books, kind)));
        }
    }

    private void steer(Host host, Books books, int kind) {
        if (kind < 3) {
            kill(host, books);
        } else if (kind < 5) {
            command(host, books, new Command.Pause());
        } else if (kind < 7) {
            command(host, books, new Command.Resume());
        } else if (kind < RERUN) {
            query(host, books);
        } else {
            rerun(host, books);
        }
    }

    private void query(Host host, Books books) {
        int mark = books.mark();
        at(
                host,
                "query of " + books.execId(),
                engine -> {
                    ExecutionDetail detail = engine.query().find(books.execId()).orElseThrow();
                    books.queried(detail.execution().status(), mark);
                },
                () -> {});
    }

    private void kill(Host host, Books books) {
        command(host, books, new Command.Kill(Cause.USER_KILL));
    }

    /** Lets a paused run go on, wherever it is. */
    void resume(Books books) {
        someHost().ifPresent(host -> command(host, books, new Command.Resume()));
    }

    private void command(Host host, Books books, Command command) {
        PendingCommand pending = books.tried(command);
        at(
                host,
                command + " of " + books.execId(),
                engine -> {
                    if (command instanceof Command.Kill) {
                        engine.executor().kill(books.execId());
                    } else if (command instanceof Command.Pause) {
                        engine.executor().pause(books.execId());
                    } else {
                        engine.executor().resume(books.execId());
                    }
                    books.acknowledged(pending);
                },
                () -> {});
    }

    private void rerun(Host host, Books books) {
        RerunRequest request = random.nextBoolean()
                ? RerunRequest.failedPart(books.execId())
                : random.nextBoolean()
                        ? RerunRequest.all(books.execId())
                        : RerunRequest.fromNode(
                                books.execId(),
                                books.shape()
                                        .node(random.nextInt(books.shape().size()))
                                        .name());
        int round = books.state().round();
        at(
                host,
                request.toString(),
                engine -> {
                    engine.executor().rerun(request);
                    require(
                            books.state().round() > round,
                            "a rerun of execution %d was acknowledged, but no round opened",
                            books.execId());
                },
                () -> {});
    }

    /** A call of an engine. */
    @FunctionalInterface
    private interface Call {
        void make(Engine engine);
    }

    private void at(Host host, String what, Call call, Runnable noAnswer) {
        Engine engine = host.engine().orElseThrow();
        SimulatedProcess process = host.process();
        Scheduler scheduler = world.scheduler();
        scheduler.spawn(process, () -> {
            boolean answered = false;
            try {
                scheduler.trace(process, () -> "user: " + what);
                call.make(engine);
                scheduler.trace(process, () -> "user: " + what + " is done");
                answered = true;
            } catch (ExecutionStateException | ValidationException refused) {
                scheduler.trace(process, () -> "user: " + refused);
                answered = true;
            } catch (StorageException | WaitTimeoutException | EngineClosedException unclear) {
                scheduler.trace(process, () -> "user: " + unclear);
            } catch (RemoraException wrong) {
                scheduler.fail(new AssertionError("a user got a wrong answer", wrong));
            } finally {
                if (!answered) {
                    later(noAnswer);
                }
            }
        });
    }

    private void later(Runnable action) {
        Scheduler scheduler = world.scheduler();
        scheduler.spawnAt(scheduler.now() + random.nextInt(LONGEST_PATIENCE), world.process(), action);
    }

    private Optional<Host> someHost() {
        List<Host> up =
                world.hosts().stream().filter(host -> host.engine().isPresent()).toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    private void require(boolean holds, String rule, Object... about) {
        if (!holds) {
            world.scheduler().fail(new AssertionError(String.format(rule, about)));
        }
    }
}
