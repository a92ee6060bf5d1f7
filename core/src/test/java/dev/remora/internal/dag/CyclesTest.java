package dev.remora.internal.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CyclesTest {
    @Test
    void printsOneWitnessOfEachKnot() {
        assertThat(cycles("a:b", "b:a", "c:b,d", "d", "e:g", "f:e", "g:f,e")).containsExactly("a b", "e g");
    }

    @Test
    void aNodeThatDependsOnItselfIsNotPrinted() {
        assertThat(cycles("a:a", "b:a")).isEmpty();
        assertThat(cycles("a:a,b", "b:a,b")).containsExactly("a b");
    }

    @Test
    void theWitnessGoesAlongTheEdges() {
        assertThat(cycles("a:c", "b:a", "c:b")).containsExactly("a b c");
    }

    /** Replay with the seed in the failure's description. */
    @Test
    void findsWhatATransitiveClosureFinds() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 2_000; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(9);
            Dag dag = random(random, size);
            boolean[][] reach = closure(dag);
            Map<Integer, Integer> expected = new TreeMap<>();
            for (int node = 0; node < size; node++) {
                int at = node;
                int least = IntStream.range(0, size)
                        .filter(other -> other != at && reach[at][other] && reach[other][at])
                        .min()
                        .orElse(size);
                if (least < size) {
                    expected.merge(Math.min(node, least), 1, Integer::sum);
                }
            }
            List<int[]> found = Cycles.in(dag);
            assertThat(found.stream().map(cycle -> cycle[0]))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(expected.keySet());
            for (int[] cycle : found) {
                assertThat(cycle).as("seed %d", seed).doesNotHaveDuplicates().hasSizeGreaterThan(1);
                for (int i = 0; i < cycle.length; i++) {
                    assertThat(hasEdge(dag, cycle[i], cycle[(i + 1) % cycle.length]))
                            .as("seed %d", seed)
                            .isTrue();
                }
            }
        }
    }

    private static boolean hasEdge(Dag dag, int from, int to) {
        Dag.Adjacency edges = dag.successors();
        return IntStream.range(edges.from(from), edges.to(from)).anyMatch(i -> edges.at(i) == to);
    }

    private static boolean[][] closure(Dag dag) {
        boolean[][] reach = new boolean[dag.size()][dag.size()];
        for (int from = 0; from < dag.size(); from++) {
            for (int to = 0; to < dag.size(); to++) {
                reach[from][to] = hasEdge(dag, from, to);
            }
        }
        for (int via = 0; via < dag.size(); via++) {
            for (int from = 0; from < dag.size(); from++) {
                for (int to = 0; to < dag.size(); to++) {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        return reach;
    }

    private static Dag random(Random random, int size) {
        List<Node> nodes = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            Node.Builder builder = Node.builder("n" + node, "T");
            BitSet dependencies = new BitSet();
            for (int i = random.nextInt(3); i > 0; i--) {
                dependencies.set(random.nextInt(size));
            }
            dependencies.stream().forEach(other -> builder.after("n" + other));
            nodes.add(builder.build());
        }
        return Dag.of(nodes);
    }

    private static List<String> cycles(String... nodes) {
        Dag dag = Graphs.dag(nodes);
        return Cycles.in(dag).stream()
                .map(cycle ->
                        String.join(" ", IntStream.of(cycle).mapToObj(dag::name).toList()))
                .toList();
    }
}
