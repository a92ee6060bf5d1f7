package dev.remora.storage.jdbc;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.ProjectStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The projects and their grants. */
final class JdbcProjectStore implements ProjectStore {
    private final Database database;

    JdbcProjectStore(Database database) {
        this.database = database;
    }

    @Override
    public Project create(Project project) {
        Objects.requireNonNull(project, "project");
        return database.write("create project " + project.name(), session -> ProjectTable.create(session, project));
    }

    @Override
    public Optional<Project> find(String name) {
        boolean possible = Texts.isStorable(name);
        return database.read(
                "find a project", session -> possible ? ProjectTable.find(session, name) : Optional.empty());
    }

    @Override
    public List<Project> list(ProjectScope scope, long from, int size) {
        Objects.requireNonNull(scope, "scope");
        return database.read("list projects", session -> ProjectTable.list(session, scope, from, size));
    }

    @Override
    public boolean transfer(String name, String before, String next) {
        Objects.requireNonNull(next, "next");
        boolean possible = Texts.isStorable(name) && Texts.isStorable(before);
        return database.write(
                "transfer project " + name, session -> possible && ProjectTable.transfer(session, name, before, next));
    }

    @Override
    public boolean grant(Grant grant) {
        Objects.requireNonNull(grant, "grant");
        boolean possible = Texts.isStorable(grant.project());
        return database.write("store a grant", session -> possible && ProjectTable.grant(session, grant));
    }

    @Override
    public void revoke(String project, String user) {
        boolean possible = Texts.isStorable(project) && Texts.isStorable(user);
        database.write("revoke a grant", session -> possible && ProjectTable.revoke(session, project, user));
    }

    @Override
    public List<Grant> grants(String project, long from, int size) {
        boolean possible = Texts.isStorable(project);
        return database.read(
                "list grants", session -> possible ? ProjectTable.grants(session, project, from, size) : List.of());
    }

    @Override
    public Optional<AccessRight> right(String project, String user) {
        boolean possible = Texts.isStorable(project) && Texts.isStorable(user);
        return database.read(
                "find a right", session -> possible ? ProjectTable.right(session, project, user) : Optional.empty());
    }
}
