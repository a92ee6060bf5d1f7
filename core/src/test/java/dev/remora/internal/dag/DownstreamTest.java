package dev.remora.internal.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DownstreamTest {
    @Test
    void agreesWithReachOnRandomShapes() {
        long seed = Long.getLong("remora.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int shape = 0; shape < 200; shape++) {
            Dag dag = random(random, 1 + random.nextInt(12));
            Downstream downstream = new Downstream(dag);
            List<Integer> all = IntStream.range(0, dag.size()).boxed().toList();
            for (int node = 0; node < dag.size(); node++) {
                assertThat(downstream.notBehind(node, all))
                        .as("node %d of shape %d of -Dremora.test.seed=%d", node, shape, seed)
                        .isEqualTo(notReached(dag, node));
            }
        }
    }

    private static Set<Integer> notReached(Dag dag, int node) {
        BitSet start = new BitSet();
        start.set(node);
        BitSet all = new BitSet();
        all.set(0, dag.size());
        BitSet reached = Reach.from(dag.successors(), dag.size(), start, all);
        Set<Integer> missing = new HashSet<>(Set.of(node));
        IntStream.range(0, dag.size()).filter(other -> !reached.get(other)).forEach(missing::add);
        return missing;
    }

    private static Dag random(Random random, int size) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Node.Builder node = Node.builder("n" + i, "VIRTUAL");
            for (int other = 0; other < i; other++) {
                if (random.nextInt(4) == 0) {
                    node.after("n" + other);
                }
            }
            nodes.add(node.build());
        }
        return Dag.of(nodes);
    }
}
