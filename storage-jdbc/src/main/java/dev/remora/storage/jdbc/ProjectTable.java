package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The projects, and who may do what in them: a row for each grant, and one for the right of the owner, so that a right is
 * found with one look. Changes of the rights in a project wait for each other at the row of the project.
 */
final class ProjectTable {
    /** Of so many projects a query is told the names. */
    private static final int NAMED = 64;

    private ProjectTable() {}

    /**
     * Puts the names of few projects in the place of the user who may read them: then the database knows whether their
     * executions are many or few, old or new, and finds them accordingly. Who may read many finds some soon in any way.
     */
    static ProjectScope named(Session session, ProjectScope scope) throws SQLException {
        if (!(scope instanceof ProjectScope.GrantedTo granted) || !Texts.isStorable(granted.user())) {
            return scope;
        }
        List<String> names = session.query("SELECT project FROM ${prefix}project_grant WHERE grantee = ? LIMIT ?")
                .text(granted.user())
                .integer(NAMED + 1)
                .list(Row::text);
        return names.size() > NAMED ? scope : ProjectScope.of(Set.copyOf(names));
    }

    static Project create(Session session, Project project) throws SQLException {
        boolean inserted = session.query("INSERT INTO ${prefix}project (name, owner, created_at) VALUES (?, ?, ?) "
                        + session.dialect().unlessPresent())
                .text(project.name())
                .text(project.owner())
                .number(project.createdAt().toEpochMilli())
                .insertUnlessPresent();
        if (!inserted) {
            return find(session, project.name())
                    .orElseThrow(() -> new StorageException(
                            "project " + project.name() + " is just being created by somebody else", true));
        }
        insert(session, project.name(), project.owner(), AccessRight.OWN);
        return project;
    }

    static Optional<Project> find(Session session, String name) throws SQLException {
        return session.query("SELECT name, owner, created_at FROM ${prefix}project WHERE name = ?")
                .text(name)
                .first(ProjectTable::read);
    }

    static List<Project> list(Session session, ProjectScope scope, long from, int size) throws SQLException {
        Optional<ScopeCondition> condition = ScopeCondition.of("name", scope);
        Query query = session.query("SELECT name, owner, created_at FROM ${prefix}project"
                + condition.map(one -> " WHERE " + one.sql()).orElse("") + " ORDER BY name LIMIT ? OFFSET ?");
        if (condition.isPresent()) {
            condition.get().set(query);
        }
        return query.integer(Math.max(0, size)).number(Math.max(0, from)).list(ProjectTable::read);
    }

    static boolean transfer(Session session, String name, String before, String next) throws SQLException {
        if (!lock(session, name).equals(Optional.of(before))) {
            return false;
        }
        session.query("UPDATE ${prefix}project SET owner = ? WHERE name = ?")
                .text(next)
                .text(name)
                .update();
        remove(session, name, before);
        remove(session, name, next);
        insert(session, name, next, AccessRight.OWN);
        return true;
    }

    static boolean grant(Session session, Grant grant) throws SQLException {
        Optional<String> owner = lock(session, grant.project());
        if (owner.isEmpty() || owner.get().equals(grant.user())) {
            return false;
        }
        remove(session, grant.project(), grant.user());
        insert(session, grant.project(), grant.user(), grant.right());
        return true;
    }

    static boolean revoke(Session session, String project, String user) throws SQLException {
        Optional<String> owner = lock(session, project);
        return owner.isPresent() && !owner.get().equals(user) && remove(session, project, user);
    }

    static List<Grant> grants(Session session, String project, long from, int size) throws SQLException {
        Query query =
                session.query("""
                SELECT grantee, access_right FROM ${prefix}project_grant
                WHERE project = ? AND access_right <> 'OWN' ORDER BY grantee LIMIT ? OFFSET ?
                """).text(project).integer(Math.max(0, size)).number(Math.max(0, from));
        return Stored.readable(query, row -> {
            String grantee = row.text();
            return new Grant(project, grantee, right(row, project, grantee));
        });
    }

    static Optional<AccessRight> right(Session session, String project, String user) throws SQLException {
        return session.query("SELECT access_right FROM ${prefix}project_grant WHERE project = ? AND grantee = ?")
                .text(project)
                .text(user)
                .first(row -> Stored.ifReadable(row, one -> right(one, project, user)))
                .flatMap(right -> right);
    }

    private static AccessRight right(Row row, String project, String user) throws SQLException {
        String right = row.word();
        return Stored.read("the right of user " + user + " in project " + project, () -> AccessRight.valueOf(right));
    }

    /** Locks a project, and returns its owner; empty if there is no such project. */
    private static Optional<String> lock(Session session, String name) throws SQLException {
        return session.query("SELECT owner FROM ${prefix}project WHERE name = ? FOR UPDATE")
                .text(name)
                .first(Row::text);
    }

    private static void insert(Session session, String project, String user, AccessRight right) throws SQLException {
        session.query("INSERT INTO ${prefix}project_grant (project, grantee, access_right) VALUES (?, ?, ?)")
                .text(project)
                .text(user)
                .word(right.name())
                .update();
    }

    private static boolean remove(Session session, String project, String user) throws SQLException {
        return session.query("DELETE FROM ${prefix}project_grant WHERE project = ? AND grantee = ?")
                        .text(project)
                        .text(user)
                        .update()
                > 0;
    }

    private static Project read(Row row) throws SQLException {
        return new Project(row.text(), row.text(), Instant.ofEpochMilli(row.number()));
    }
}
