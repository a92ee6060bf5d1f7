package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables: creates them, or finds out whether they are as they should be. */
final class Schema {
    /** All scripts, in order; each database has each of them. */
    private static final List<String> SCRIPTS = List.of("V001__first.sql");

    private static final Object IN_THIS_PROCESS = new Object();
    private static final int TRIES = 10;
    private static final String VERSIONS = "schema_version";

    private final Database database;
    private final String directory;
    private final List<Script> scripts;

    Schema(Database database) {
        this.database = database;
        directory = "db/" + database.dialect().scripts();
        scripts = SCRIPTS.stream()
                .map(name -> Script.load(directory + "/" + name))
                .toList();
    }

    /** Does what the mode says. */
    void open(SchemaMode mode) {
        switch (mode) {
            case CREATE -> create();
            case VALIDATE -> database.read("validate the tables", this::validate);
            case NONE -> {}
        }
    }

    private void create() {
        // why: H2 fails in odd ways when two create the same object; elsewhere the database itself has a lock for this
        synchronized (IN_THIS_PROCESS) {
            for (int attempt = 1; ; attempt++) {
                try {
                    database.write("create the tables", this::create);
                    return;
                } catch (StorageException e) {
                    boolean overtaken = e.getCause() instanceof SQLException cause
                            && database.dialect().isOvertaken(cause);
                    if (!overtaken || attempt == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    private boolean create(Session session) throws SQLException {
        Dialect dialect = database.dialect();
        dialect.check(session);
        dialect.lockSchema(session, database.prefix());
        try {
            Map<Integer, Optional<String>> applied =
                    columns(session).contains(VERSIONS + ".version") ? applied(session) : Map.of();
            checkNotNewer(applied);
            for (Script script : scripts) {
                if (applied.containsKey(script.version())) {
                    checkSame(script, applied);
                } else {
                    apply(session, script);
                }
            }
            return true;
        } finally {
            dialect.unlockSchema(session, database.prefix());
        }
    }

    private static void apply(Session session, Script script) throws SQLException {
        for (String statement : script.statements()) {
            session.query(statement).update();
        }
        session.query("UPDATE ${prefix}schema_version SET checksum = ? WHERE version = ?")
                .word(script.checksum())
                .integer(script.version())
                .update();
    }

    private boolean validate(Session session) throws SQLException {
        database.dialect().check(session);
        Set<String> present = columns(session);
        Set<String> tables = new HashSet<>();
        present.forEach(column -> tables.add(column.substring(0, column.indexOf('.'))));
        Set<String> missing = new LinkedHashSet<>();
        for (Script script : scripts) {
            script.tables().forEach((table, columns) -> {
                if (!tables.contains(table)) {
                    missing.add(database.prefix() + table);
                    return;
                }
                columns.stream()
                        .map(column -> table + "." + column)
                        .filter(column -> !present.contains(column))
                        .forEach(column -> missing.add(database.prefix() + column));
            });
        }
        if (!missing.isEmpty()) {
            throw new StorageException(
                    "the database lacks " + String.join(", ", missing)
                            + "; create these tables and columns with SchemaMode.CREATE or with the scripts in "
                            + directory,
                    false);
        }
        Map<Integer, Optional<String>> applied = applied(session);
        checkNotNewer(applied);
        for (Script script : scripts) {
            if (!applied.containsKey(script.version())) {
                throw new StorageException(
                        "script " + script.name()
                                + " has not been run on this database; run it, or use SchemaMode.CREATE",
                        false);
            }
            checkSame(script, applied);
        }
        return true;
    }

    /** Returns the columns that exist, as {@code table.column}, without the prefix. */
    private Set<String> columns(Session session) throws SQLException {
        String prefix = database.prefix();
        List<String> found =
                session.query("""
                SELECT LOWER(table_name), LOWER(column_name) FROM information_schema.columns
                WHERE table_schema = ${schema} AND LOWER(table_name) LIKE ?
                """).word(prefix.replace("_", "\\_") + "%").list(row -> row.word() + "." + row.word());
        Set<String> columns = new HashSet<>();
        found.forEach(column -> columns.add(column.substring(prefix.length())));
        return columns;
    }

    /** Returns the versions that have been applied, with the checksum of the script if it was run by this library. */
    private static Map<Integer, Optional<String>> applied(Session session) throws SQLException {
        Map<Integer, Optional<String>> applied = new HashMap<>();
        session.query("SELECT version, checksum FROM ${prefix}schema_version")
                .list(row -> applied.put(row.integer(), row.optionalWord()));
        return applied;
    }

    private static void checkSame(Script script, Map<Integer, Optional<String>> applied) {
        Optional<String> checksum = applied.get(script.version());
        if (checksum.isPresent() && !checksum.get().equals(script.checksum())) {
            throw new StorageException(
                    "the script that brought this database to version " + script.version() + " has the checksum "
                            + checksum.get() + ", but " + script.name() + " has " + script.checksum()
                            + "; the tables were made by another build of Remora",
                    false);
        }
    }

    private void checkNotNewer(Map<Integer, Optional<String>> applied) {
        int newest = applied.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        int known = scripts.get(scripts.size() - 1).version();
        if (newest > known) {
            throw new StorageException(
                    "the tables have version " + newest + ", which this Remora does not know; it knows up to " + known
                            + ": use a newer Remora",
                    false);
        }
    }
}
