package dev.remora.internal.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.internal.dag.Dag.Adjacency;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DagTest {
    @Test
    void numbersNodesInTheOrderOfDefinition() {
        Dag dag = Graphs.dag("b", "a:b", "c:b,a");
        assertThat(dag.size()).isEqualTo(3);
        assertThat(dag.name(1)).isEqualTo("a");
        assertThat(dag.number("c")).hasValue(2);
        assertThat(dag.number("x")).isEmpty();
    }

    @Test
    void knowsTheEdgesBothWays() {
        Dag dag = Graphs.dag("b", "a:b", "c:b,a");
        assertThat(neighbours(dag.predecessors(), 2)).containsExactly(0, 1);
        assertThat(neighbours(dag.successors(), 0)).containsExactly(1, 2);
        assertThat(neighbours(dag.successors(), 2)).isEmpty();
        assertThat(dag.predecessors().count(2)).isEqualTo(2);
    }

    @Test
    void leavesUnknownDependenciesOut() {
        assertThat(neighbours(Graphs.dag("a:x,b,y", "b").predecessors(), 0)).containsExactly(1);
    }

    @Test
    void takesTheFirstOfNodesOfOneName() {
        assertThat(Graphs.dag("a", "b", "a").number("a")).hasValue(0);
    }

    @Test
    void sortsLevelByLevel() {
        assertThat(names(Graphs.dag("d:b,c", "c:a", "b:a", "a", "e"))).containsExactly("a", "e", "c", "b", "d");
    }

    @Test
    void leavesOutWhatIsOnACycleOrBehindOne() {
        assertThat(names(Graphs.dag("a", "b:a,c", "c:b", "d:c", "e:a"))).containsExactly("a", "e");
    }

    /** Replay with the seed in the failure's description. */
    @Test
    void sortsEachNodeBehindItsDependencies() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 500; seed++) {
            Dag dag = Graphs.random(new Random(seed), 20);
            int[] order = dag.topologicalOrder();
            assertThat(order).as("seed %d", seed).hasSize(20).doesNotHaveDuplicates();
            int[] place = new int[20];
            IntStream.range(0, 20).forEach(i -> place[order[i]] = i);
            for (int node = 0; node < 20; node++) {
                for (int before : neighbours(dag.predecessors(), node)) {
                    assertThat(place[before]).as("seed %d", seed).isLessThan(place[node]);
                }
            }
        }
    }

    @Test
    void sortsAMillionNodesInAChain() {
        assertThat(Graphs.chain(1_000_000).topologicalOrder())
                .hasSize(1_000_000)
                .isSorted();
    }

    private static List<String> names(Dag dag) {
        return IntStream.of(dag.topologicalOrder()).mapToObj(dag::name).toList();
    }

    private static List<Integer> neighbours(Adjacency edges, int node) {
        return IntStream.range(edges.from(node), edges.to(node))
                .mapToObj(edges::at)
                .toList();
    }
}
