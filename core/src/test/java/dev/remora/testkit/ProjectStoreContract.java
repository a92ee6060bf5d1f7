package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.AccessRight;
import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.ProjectScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The projects, their owners and grants, and lists of what belongs to some projects. */
public abstract class ProjectStoreContract extends StoragePart {
    private static final Project SHOP = new Project("shop", "alice", Samples.NOW);

    /** Creates this part. */
    protected ProjectStoreContract() {}

    private void grant(String project, String user, AccessRight right) {
        assertThat(first.projects().grant(new Grant(project, user, right))).isTrue();
    }

    private List<AccessRight> rights(String project, String... users) {
        List<AccessRight> rights = new ArrayList<>();
        for (String user : users) {
            second.projects().right(project, user).ifPresent(rights::add);
        }
        return rights;
    }

    @Test
    void nothingIsThereAtFirst() {
        assertThat(second.projects().find("shop")).isEmpty();
        assertThat(second.projects().list(ProjectScope.everything(), 0, 10)).isEmpty();
        assertThat(second.projects().grants("shop", 0, 10)).isEmpty();
        assertThat(second.projects().right("shop", "alice")).isEmpty();
        assertThat(second.projects().transfer("shop", "alice", "bob")).isFalse();
        assertThat(second.projects().grant(new Grant("shop", "bob", AccessRight.READ)))
                .isFalse();
        second.projects().revoke("shop", "bob");
        assertThat(first.projects().right("shop", "bob")).isEmpty();
    }

    @Test
    void whoCreatesAProjectOwnsIt() {
        assertThat(first.projects().create(SHOP)).isEqualTo(SHOP);

        assertThat(second.projects().find("shop")).contains(SHOP);
        assertThat(rights("shop", "alice")).containsExactly(AccessRight.OWN);
        assertThat(rights("shop", "bob", "Alice", "alice ", "alic", "")).isEmpty();
        assertThat(rights("shop_", "alice")).isEmpty();
        assertThat(rights("Shop", "alice")).isEmpty();
    }

    @Test
    void theFirstToCreateANameKeepsIt() {
        first.projects().create(SHOP);

        assertThat(second.projects().create(new Project("shop", "bob", Samples.NOW.plusSeconds(1))))
                .isEqualTo(SHOP);
        assertThat(first.projects().find("shop")).contains(SHOP);
        assertThat(rights("shop", "bob")).isEmpty();
    }

    @Test
    void aGrantReplacesTheOneBefore() {
        first.projects().create(SHOP);
        for (AccessRight right : List.of(AccessRight.READ, AccessRight.WRITE, AccessRight.EXECUTE)) {
            grant("shop", "bob", right);
            assertThat(rights("shop", "bob")).containsExactly(right);
        }
        assertThat(second.projects().grants("shop", 0, 10))
                .containsExactly(new Grant("shop", "bob", AccessRight.EXECUTE));

        second.projects().revoke("shop", "bob");
        second.projects().revoke("shop", "bob");
        assertThat(first.projects().right("shop", "bob")).isEmpty();
        assertThat(first.projects().grants("shop", 0, 10)).isEmpty();
    }

    @Test
    void theOwnerNeedsNoGrantAndCannotLoseTheRight() {
        first.projects().create(SHOP);

        assertThat(first.projects().grant(new Grant("shop", "alice", AccessRight.READ)))
                .isFalse();
        first.projects().revoke("shop", "alice");

        assertThat(rights("shop", "alice")).containsExactly(AccessRight.OWN);
        assertThat(second.projects().grants("shop", 0, 10)).isEmpty();
    }

    @Test
    void anOwnershipChangesHandsOnce() {
        first.projects().create(SHOP);
        grant("shop", "bob", AccessRight.READ);
        grant("shop", "carol", AccessRight.READ);

        assertThat(first.projects().transfer("shop", "bob", "carol")).isFalse();
        assertThat(first.projects().transfer("shop", "alice", "bob")).isTrue();
        assertThat(second.projects().transfer("shop", "alice", "carol")).isFalse();

        assertThat(second.projects().find("shop")).contains(new Project("shop", "bob", Samples.NOW));
        assertThat(rights("shop", "alice", "bob", "carol")).containsExactly(AccessRight.OWN, AccessRight.READ);
        assertThat(second.projects().right("shop", "alice")).isEmpty();
        assertThat(second.projects().grants("shop", 0, 10))
                .containsExactly(new Grant("shop", "carol", AccessRight.READ));
        assertThat(second.projects().list(ProjectScope.grantedTo("alice"), 0, 10))
                .isEmpty();
        assertThat(second.projects().list(ProjectScope.grantedTo("bob"), 0, 10)).hasSize(1);
    }

    @Test
    void anOwnershipMayStayWhereItIs() {
        first.projects().create(SHOP);

        assertThat(first.projects().transfer("shop", "alice", "alice")).isTrue();
        assertThat(rights("shop", "alice")).containsExactly(AccessRight.OWN);
        assertThat(second.projects().list(ProjectScope.grantedTo("alice"), 0, 10))
                .containsExactly(SHOP);
    }

    @Test
    void usersHaveNamesOfAnyKind() {
        first.projects().create(SHOP);
        for (String user : OddTexts.SHORT) {
            grant("shop", user, AccessRight.READ);
        }
        for (String user : OddTexts.SHORT) {
            assertThat(rights("shop", user)).as("'%s'", user).containsExactly(AccessRight.READ);
            assertThat(second.projects().list(ProjectScope.grantedTo(user), 0, 10))
                    .as("'%s'", user)
                    .containsExactly(SHOP);
        }
        Set<String> read = new HashSet<>();
        for (int from = 0; from < OddTexts.SHORT.size(); from += 5) {
            second.projects().grants("shop", from, 5).forEach(grant -> read.add(grant.user()));
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(OddTexts.SHORT);
        for (String user : OddTexts.SHORT) {
            second.projects().revoke("shop", user);
        }
        assertThat(first.projects().grants("shop", 0, 10)).isEmpty();
    }

    @Test
    void listsTheProjectsOfAScopeByName() {
        for (String name : List.of("pets", "shop", "Shop", "books", "b_x", "b1")) {
            first.projects().create(new Project(name, name.equals("books") ? "bob" : "alice", Samples.NOW));
        }
        grant("pets", "bob", AccessRight.READ);

        assertThat(names(ProjectScope.everything(), 0, 10))
                .containsExactly("Shop", "b1", "b_x", "books", "pets", "shop");
        assertThat(names(ProjectScope.everything(), 2, 3)).containsExactly("b_x", "books", "pets");
        assertThat(names(ProjectScope.everything(), 6, 3)).isEmpty();
        assertThat(names(ProjectScope.grantedTo("bob"), 0, 10)).containsExactly("books", "pets");
        assertThat(names(ProjectScope.grantedTo("bob"), 1, 10)).containsExactly("pets");
        assertThat(names(ProjectScope.grantedTo("nobody"), 0, 10)).isEmpty();
        assertThat(names(ProjectScope.of(Set.of("shop", "b1", "unknown")), 0, 10))
                .containsExactly("b1", "shop");
        assertThat(names(ProjectScope.of(Set.of()), 0, 10)).isEmpty();
    }

    private List<String> names(ProjectScope scope, long from, int size) {
        return second.projects().list(scope, from, size).stream()
                .map(Project::name)
                .toList();
    }

    private StoredPage list(ProjectScope scope, UnaryOperator<ExecutionFilter.Builder> filter) {
        return second.executions().list(filter.apply(ExecutionFilter.builder()).build(), scope);
    }

    @Test
    void listsAndCountsTheExecutionsOfAScope() {
        first.projects().create(new Project("pa", "alice", Samples.NOW));
        first.projects().create(new Project("pb", "bob", Samples.NOW));
        first.projects().grant(new Grant("pb", "alice", AccessRight.READ));
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long execId = create(Samples.submission(List.of("pa", "pb", "pc").get(i % 3), "flow"));
            if (i % 3 < 2) {
                seen.add(0, execId);
            }
        }

        for (ProjectScope scope :
                List.of(ProjectScope.grantedTo("alice"), ProjectScope.of(Set.of("pa", "pb", "unknown")))) {
            assertThat(list(scope, filter -> filter)).satisfies(page -> {
                assertThat(page.total()).isEqualTo(8);
                assertThat(ids(page)).isEqualTo(seen);
            });
            StoredPage part = list(scope, filter -> filter.from(3).size(2));
            assertThat(part.total()).isEqualTo(8);
            assertThat(ids(part)).isEqualTo(seen.subList(3, 5));
            ExecutionCursor place = part.executions().get(1).place();
            assertThat(ids(list(scope, filter -> filter.after(place).size(2)))).isEqualTo(seen.subList(5, 7));
            assertThat(list(scope, filter -> filter.project("pa")).total()).isEqualTo(4);
            assertThat(list(scope, filter -> filter.project("pc"))).isEqualTo(new StoredPage(0, List.of()));
            assertThat(list(scope, filter -> filter.submitUser("nobody"))).isEqualTo(new StoredPage(0, List.of()));
        }
        assertThat(list(ProjectScope.grantedTo("bob"), filter -> filter).total())
                .isEqualTo(4);
        assertThat(list(ProjectScope.of(Set.of("pc")), filter -> filter).total())
                .isEqualTo(4);
        for (ProjectScope nothing : List.of(ProjectScope.grantedTo("nobody"), ProjectScope.of(Set.of()))) {
            assertThat(list(nothing, filter -> filter)).isEqualTo(new StoredPage(0, List.of()));
        }
        assertThat(list(ProjectScope.everything(), filter -> filter).total()).isEqualTo(12);
    }

    @Test
    void listsAndCountsTheExecutionsOfManyProjects() {
        for (int i = 0; i < 100; i++) {
            first.projects().create(new Project("p" + i, i % 10 == 0 ? "bob" : "alice", Samples.NOW));
        }
        create(Samples.submission("p10", "flow"));
        create(Samples.submission("p11", "flow"));
        create(Samples.submission("p99", "flow"));

        assertThat(list(ProjectScope.grantedTo("alice"), filter -> filter).total())
                .isEqualTo(2);
        assertThat(list(ProjectScope.grantedTo("bob"), filter -> filter).total())
                .isEqualTo(1);
    }

    @Test
    void aScopeNamesAsManyProjectsAsItMay() {
        create(Samples.submission("pa", "flow"));
        Set<String> names = new HashSet<>(Set.of("pa"));
        for (int i = 1; i < ProjectScope.Named.MOST; i++) {
            names.add("p" + i);
        }

        assertThat(list(ProjectScope.of(names), filter -> filter).total()).isEqualTo(1);
    }

    @Test
    void ofManyWhoCreateANameAtOnceOneOwnsIt() throws Exception {
        List<Project> stored = Race.run(List.of(
                () -> Race.persistently(() -> first.projects().create(SHOP)),
                () -> Race.persistently(() -> second.projects().create(new Project("shop", "bob", Samples.NOW)))));

        assertThat(new HashSet<>(stored)).hasSize(1);
        assertThat(second.projects().find("shop")).contains(stored.get(0));
        assertThat(rights("shop", "alice", "bob")).containsExactly(AccessRight.OWN);
    }
}
