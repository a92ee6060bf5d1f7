package dev.remora.internal.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.dag.Dag.Adjacency;
import dev.remora.model.NodeDependency;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectionTest {
    @ParameterizedTest
    @EnumSource
    void noNameSelectsAll(NodeDependency dependency) {
        assertThat(Selection.of(Graphs.dag("a", "b:a"), Set.of(), dependency).cardinality())
                .isEqualTo(2);
    }

    @Test
    void goesTheWayAsked() {
        Dag dag = Graphs.dag("a", "b:a", "c:b", "d:b", "e");
        assertThat(select(dag, NodeDependency.NODE_ONLY, "b")).containsExactly("b");
        assertThat(select(dag, NodeDependency.NODE_POST, "b")).containsExactly("b", "c", "d");
        assertThat(select(dag, NodeDependency.NODE_PRE, "b")).containsExactly("a", "b");
        assertThat(select(dag, NodeDependency.NODE_POST, "c", "e")).containsExactly("c", "e");
    }

    @Test
    void reportsAllBadNamesTogether() {
        Set<String> names = new LinkedHashSet<>(List.of("x", "a", " ", "A"));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> Selection.of(Graphs.dag("a"), names, NodeDependency.NODE_ONLY))
                .satisfies(error -> assertThat(error.problems())
                        .extracting(Problem::toString)
                        .containsExactly(
                                "nodes: the workflow has no node named x",
                                "nodes: a name is blank",
                                "nodes: the workflow has no node named A"));
    }

    @Test
    void walksStackedDiamondsOnce() {
        Dag dag = Graphs.diamonds(10_000);
        assertThat(Selection.of(dag, Set.of("n0"), NodeDependency.NODE_POST).cardinality())
                .isEqualTo(30_001);
        assertThat(Selection.of(dag, Set.of("n10000"), NodeDependency.NODE_PRE).cardinality())
                .isEqualTo(30_001);
        assertThat(Selection.of(dag, Set.of("l5000"), NodeDependency.NODE_POST).cardinality())
                .isEqualTo(14_999);
    }

    @Test
    void walksAChainOfAMillion() {
        Dag dag = Graphs.chain(1_000_000);
        assertThat(Selection.of(dag, Set.of("n1"), NodeDependency.NODE_POST).cardinality())
                .isEqualTo(999_999);
        assertThat(Selection.of(dag, Set.of("n999998"), NodeDependency.NODE_PRE).cardinality())
                .isEqualTo(999_999);
    }

    @Test
    void doesNotGoThroughWhatLiesOutside() {
        Dag dag = Graphs.dag("a", "b:a", "c:b", "d:a");
        BitSet start = new BitSet();
        start.set(0);
        BitSet within = new BitSet();
        within.set(2, 4);
        assertThat(Reach.from(dag.successors(), 4, start, within).toString()).isEqualTo("{0, 3}");
        assertThat(start.toString()).isEqualTo("{0}");
    }

    /** Replay with the seed in the failure's description. */
    @Test
    void selectsWhatASimpleReferenceSelects() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 1_000; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(15);
            Dag dag = Graphs.random(random, size);
            Set<String> names = new TreeSet<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                names.add(dag.name(random.nextInt(size)));
            }
            for (NodeDependency dependency : NodeDependency.values()) {
                assertThat(select(dag, dependency, names.toArray(String[]::new)))
                        .as("seed %d, %s of %s", seed, dependency, names)
                        .isEqualTo(reference(dag, dependency, names));
            }
        }
    }

    private static Set<String> reference(Dag dag, NodeDependency dependency, Set<String> names) {
        Set<String> selected = new TreeSet<>(names);
        if (dependency == NodeDependency.NODE_ONLY) {
            return selected;
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int node = 0; node < dag.size(); node++) {
                Adjacency before = dag.predecessors();
                for (int i = before.from(node); i < before.to(node); i++) {
                    String upper = dag.name(before.at(i));
                    String lower = dag.name(node);
                    if (dependency == NodeDependency.NODE_POST && selected.contains(upper)) {
                        grown |= selected.add(lower);
                    } else if (dependency == NodeDependency.NODE_PRE && selected.contains(lower)) {
                        grown |= selected.add(upper);
                    }
                }
            }
        }
        return selected;
    }

    private static Set<String> select(Dag dag, NodeDependency dependency, String... names) {
        Set<String> selected = new TreeSet<>();
        Selection.of(dag, Set.of(names), dependency).stream().forEach(node -> selected.add(dag.name(node)));
        return selected;
    }
}
