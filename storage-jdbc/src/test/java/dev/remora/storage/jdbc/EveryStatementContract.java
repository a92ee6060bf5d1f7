package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.spi.Storage;
import dev.remora.testkit.FaultStoryPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each kind of statement fails before and after its effect, and before and after the commit of its transaction. The story
 * is told once without a fault, to find the kinds; and then some times, each time with a part of them failing.
 */
abstract class EveryStatementContract extends FaultStoryPart {
    private static final int TELLINGS = 8;

    /** What must have failed at least, of what is found; some kinds are run only when several things meet. */
    private static final double MOST = 0.9;

    /** Returns connections to the database of this part. */
    abstract DataSource connections() throws SQLException;

    private Storage storage(Failing failing) {
        try {
            return JdbcStorage.builder()
                    .dataSource(failing.around(connections()))
                    .build();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(String flow, Failing failing, int most) throws Exception {
        tell(
                flow,
                () -> storage(failing),
                new Faults() {
                    @Override
                    public int happened() {
                        return failing.failures();
                    }

                    @Override
                    public int most() {
                        return most;
                    }

                    @Override
                    public boolean enough() {
                        return true;
                    }
                },
                true);
    }

    @TestFactory
    Stream<DynamicTest> theEngineGoesOnWhenStatementsFail() throws Exception {
        Failing none = new Failing(Set.of());
        tell("dry", none, 0);
        List<String> kinds = new ArrayList<>(new TreeSet<>(none.kinds()));
        Set<String> failed = new HashSet<>();
        Stream<DynamicTest> tellings = IntStream.range(0, TELLINGS).mapToObj(telling -> {
            Set<String> part = IntStream.range(0, kinds.size())
                    .filter(kind -> kind % TELLINGS == telling)
                    .mapToObj(kinds::get)
                    .collect(Collectors.toSet());
            return DynamicTest.dynamicTest("telling " + telling, () -> {
                Failing failing = new Failing(part);
                tell("flow" + telling, failing, part.size() * Failing.EACH);
                part.stream().filter(kind -> failing.count(kind) > 0).forEach(failed::add);
            });
        });
        return Stream.concat(tellings, Stream.of(DynamicTest.dynamicTest("nearly all kinds have failed", () -> {
            List<String> missed =
                    kinds.stream().filter(kind -> !failed.contains(kind)).toList();
            assertThat(failed.size()).as("missed: " + missed).isGreaterThan((int) (kinds.size() * MOST));
        })));
    }
}
