package dev.remora.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Selection;
import dev.remora.model.Cause;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.JobResult;
import dev.remora.spi.NodeState;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Runs of a million nodes come to their end, without deep stacks and without more memory than is promised. */
class RunScaleTest {
    private static final int MILLION = 1_000_000;
    private static final int BYTES_PER_WAITING_NODE = 200;

    @Test
    void aChainRunsToItsEnd() {
        Played played = new Played(chain(Nodes::job), FailurePolicy.END);
        played.open().runAll();
        played.assertEnded(Status.SUCCESS, MILLION);
    }

    @Test
    void aChainThatFailsAtItsFirstNodeIsMarkedToItsLast() {
        for (FailurePolicy policy : FailurePolicy.values()) {
            Played played = new Played(chain(Nodes::job), policy);
            played.open().start(0).fail(0);
            played.assertEnded(Status.FAILED, 0);
            assertThat(played.run.status(MILLION - 1)).isEqualTo(Status.DEP_FAILED);
        }
    }

    @Test
    void aChainOfInstantNodesSucceedsWhenItIsOpened() {
        Played played = new Played(chain(Nodes::instant), FailurePolicy.END);
        played.open();
        played.assertEnded(Status.SUCCESS, MILLION);
    }

    @Test
    void aChainOfDisabledNodesLetsThroughASuccessAndAFailure() {
        IntFunction<Node.Builder> nodes = number -> {
            boolean inner = number > 0 && number < MILLION - 1;
            return after(number, inner ? Nodes.off("n" + number) : Nodes.job("n" + number));
        };
        Definition definition = define(nodes);
        Played well = new Played(definition, FailurePolicy.CONTINUE);
        well.open().runAll();
        well.assertEnded(Status.SUCCESS, 2);
        Played badly = new Played(definition, FailurePolicy.CONTINUE);
        badly.open().start(0).fail(0);
        badly.assertEnded(Status.FAILED, 0);
        assertThat(badly.run.status(MILLION - 1)).isEqualTo(Status.DEP_FAILED);
    }

    @Test
    void aFanOutAndInRunsToItsEnd() {
        Definition definition = fanOutAndIn();
        Played played = new Played(definition, FailurePolicy.END);
        played.open().runAll();
        played.assertEnded(Status.SUCCESS, MILLION);
    }

    @Test
    void aFanOutThatIsKilledIsStoppedAtOnce() {
        Played played = new Played(fanOutAndIn(), FailurePolicy.END);
        played.open().start(0).succeed(0).start(1).start(2);
        played.run.kill(Cause.USER_KILL, 9, played);
        played.take().succeed(1).succeed(2);
        played.assertEnded(Status.KILL, 1);
        assertThat(played.stopped).isEqualTo(2);
    }

    @Test
    void stackedDiamondsRunToTheirEnd() {
        Definition definition = define(number -> {
            Node.Builder node = Nodes.job("n" + number);
            return switch (number % 3) {
                case 0 -> number == 0 ? node : node.after("n" + (number - 2), "n" + (number - 1));
                case 1 -> node.after("n" + (number - 1));
                default -> node.after("n" + (number - 2));
            };
        });
        Played played = new Played(definition, FailurePolicy.END);
        played.open().runAll();
        played.assertEnded(Status.SUCCESS, MILLION);
        Played failed = new Played(definition, FailurePolicy.CONTINUE);
        failed.open().start(0).fail(0);
        failed.assertEnded(Status.FAILED, 0);
    }

    @Test
    void aWaitingNodeCostsFewBytes() {
        Definition chain = chain(Nodes::job);
        BitSet selected = Selection.all(chain.dag());
        new Played(chain, selected).open();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(thread);
        Played played = new Played(chain, selected).open();
        long bytes = memory.getThreadAllocatedBytes(thread) - before;
        assertThat(played.run.status()).isEqualTo(Status.INIT);
        // Even what was allocated on the way and is garbage by now is counted.
        assertThat(bytes).isPositive().isLessThan((long) BYTES_PER_WAITING_NODE * MILLION);
    }

    private static Definition chain(Function<String, Node.Builder> kind) {
        return define(number -> after(number, kind.apply("n" + number)));
    }

    private static Definition fanOutAndIn() {
        return define(number -> {
            Node.Builder node = Nodes.job("n" + number);
            if (number == MILLION - 1) {
                for (int from = 1; from < number; from++) {
                    node.after("n" + from);
                }
                return node;
            }
            return number == 0 ? node : node.after("n0");
        });
    }

    private static Node.Builder after(int number, Node.Builder node) {
        return number == 0 ? node : node.after("n" + (number - 1));
    }

    private static Definition define(IntFunction<Node.Builder> nodes) {
        Workflow.Builder workflow = Workflow.builder();
        for (int number = 0; number < MILLION; number++) {
            workflow.node(nodes.apply(number).build());
        }
        return Nodes.define(workflow.build());
    }

    /** A run and no more than it takes to play it. */
    private static final class Played implements RunOutput {
        private final Run run;
        private final int[] queue = new int[MILLION];
        private int announced;
        private int started;
        private int succeeded;
        private int stopped;
        private int finals;

        Played(Definition definition, FailurePolicy policy) {
            this(definition, Selection.all(definition.dag()), policy);
        }

        Played(Definition definition, BitSet selected) {
            this(definition, selected, FailurePolicy.END);
        }

        private Played(Definition definition, BitSet selected, FailurePolicy policy) {
            RunSettings settings = new RunSettings(1, selected, policy, 0, 1000);
            run = Run.of(definition, settings, ExecutionState.accepted(1), List.of());
        }

        Played open() {
            run.open(1, this);
            return take();
        }

        Played start(int node) {
            if (!run.start(node, 1, this)) {
                throw new AssertionError("does not let " + node + " start");
            }
            return take();
        }

        Played succeed(int node) {
            run.ended(node, 1, JobResult.success(), 2, this);
            return take();
        }

        Played fail(int node) {
            run.ended(node, 1, RunDriver.failure(), 2, this);
            return take();
        }

        void runAll() {
            while (started < announced) {
                int node = queue[started++];
                start(node);
                succeed(node);
            }
        }

        Played take() {
            if (run.changed()) {
                for (NodeState row : run.takeChange().nodes()) {
                    succeeded += row.status() == Status.SUCCESS ? 1 : 0;
                }
            }
            return this;
        }

        void assertEnded(Status status, int successes) {
            assertThat(run.status()).isEqualTo(status);
            assertThat(finals).isEqualTo(1);
            assertThat(succeeded).isEqualTo(successes);
        }

        @Override
        public void ready(int node) {
            queue[announced++] = node;
        }

        @Override
        public void stop(int node, int attempt) {
            stopped++;
        }

        @Override
        public void unverified(int node, int attempt) {}

        @Override
        public void nodeChanged(int node, Status from, Status to, Cause cause) {}

        @Override
        public void executionChanged(Status from, Status to, Cause cause) {
            finals += to.isFinal() ? 1 : 0;
        }
    }
}
