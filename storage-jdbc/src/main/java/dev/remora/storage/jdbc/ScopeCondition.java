package dev.remora.storage.jdbc;

import dev.remora.spi.ProjectScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A condition that holds the project of a row to a scope.
 *
 * @param sql the condition
 * @param values its parameters
 */
record ScopeCondition(String sql, List<String> values) {
    private static final ScopeCondition NONE = new ScopeCondition("1 = 0", List.of());

    /** Returns the condition on a column; empty if it would let everything through. */
    static Optional<ScopeCondition> of(String column, ProjectScope scope) {
        if (scope instanceof ProjectScope.Named named) {
            return Optional.of(named(column, named));
        }
        if (scope instanceof ProjectScope.GrantedTo granted) {
            return Optional.of(granted(column, granted));
        }
        return Optional.empty();
    }

    private static ScopeCondition named(String column, ProjectScope.Named scope) {
        List<String> names = new ArrayList<>(
                scope.names().stream().filter(Texts::isStorable).sorted().toList());
        if (names.isEmpty()) {
            return NONE;
        }
        String placeholders = Texts.placeholders(names);
        while (names.size() < Texts.rounded(names.size())) {
            names.add(names.get(0));
        }
        return new ScopeCondition(column + " IN " + placeholders, names);
    }

    private static ScopeCondition granted(String column, ProjectScope.GrantedTo scope) {
        return Texts.isStorable(scope.user())
                ? new ScopeCondition(
                        column + " IN (SELECT project FROM ${prefix}project_grant WHERE grantee = ?)",
                        List.of(scope.user()))
                : NONE;
    }

    void set(Query query) throws SQLException {
        for (String value : values) {
            query.text(value);
        }
    }
}
