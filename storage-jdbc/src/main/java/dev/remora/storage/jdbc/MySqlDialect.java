package dev.remora.storage.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;

/** MariaDB and MySQL. Short texts are UTF-8 in binary columns. */
final class MySqlDialect implements Dialect {
    private static final int SCHEMA_WAIT_SECONDS = 60;

    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SHUTDOWN = 1053;
    private static final int DISK_FULL = 1021;
    private static final int TABLE_FULL = 1114;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int READ_ONLY = 1290;
    private static final int READ_ONLY_SERVER = 1836;
    private static final int INTERRUPTED = 1317;
    private static final int STATEMENT_TIMEOUT = 1969;
    private static final int EXECUTION_TIMEOUT = 3024;
    private static final Set<Integer> TRANSIENT = Set.of(
            TOO_MANY_CONNECTIONS,
            SHUTDOWN,
            DISK_FULL,
            TABLE_FULL,
            LOCK_WAIT_TIMEOUT,
            READ_ONLY,
            READ_ONLY_SERVER,
            INTERRUPTED,
            STATEMENT_TIMEOUT,
            EXECUTION_TIMEOUT);

    @Override
    public String scripts() {
        return "mysql";
    }

    // why: the time zone of the session and its summer time are left out of it
    @Override
    public String now() {
        return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)) DIV 1000)";
    }

    @Override
    public String fence() {
        return "LOCK IN SHARE MODE";
    }

    // why: at its level of isolation by default, a plain query sees what was there when the transaction began
    @Override
    public String latest() {
        return "LOCK IN SHARE MODE";
    }

    @Override
    public String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    @Override
    public boolean ordersByRangesOnly() {
        return false;
    }

    @Override
    public String unlessPresent() {
        return "";
    }

    @Override
    public BulkWriter bulk() {
        return new MultiRowWriter();
    }

    @Override
    public String schema() {
        return "DATABASE()";
    }

    @Override
    public void setText(PreparedStatement statement, int index, String value) throws SQLException {
        statement.setBytes(index, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String getText(ResultSet row, int index) throws SQLException {
        byte[] bytes = row.getBytes(index);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void setNullText(PreparedStatement statement, int index) throws SQLException {
        statement.setNull(index, Types.VARBINARY);
    }

    @Override
    public void lockSchema(Session session, String prefix) throws SQLException {
        boolean locked = session.query("SELECT GET_LOCK(CONCAT('remora ', SHA1(CONCAT(DATABASE(), ' ', ?))), ?)")
                .text(prefix)
                .number(SCHEMA_WAIT_SECONDS)
                .first(row -> row.number() == 1)
                .orElse(false);
        if (!locked) {
            throw new SQLException("another storage has been changing the schema for " + SCHEMA_WAIT_SECONDS + " s");
        }
    }

    @Override
    public void unlockSchema(Session session, String prefix) throws SQLException {
        session.query("SELECT RELEASE_LOCK(CONCAT('remora ', SHA1(CONCAT(DATABASE(), ' ', ?))))")
                .text(prefix)
                .first(row -> 0);
    }

    @Override
    public boolean isOvertaken(SQLException error) {
        return SqlErrors.isDuplicateKey(error);
    }

    @Override
    public boolean isTransient(SQLException error) {
        return TRANSIENT.contains(error.getErrorCode());
    }

    @Override
    public boolean worksOnCallersThread() {
        return false;
    }

    @Override
    public boolean needsSync() {
        return false;
    }

    @Override
    public void check(Session session) {
        // why: nothing that correctness depends on can be set otherwise
    }
}
