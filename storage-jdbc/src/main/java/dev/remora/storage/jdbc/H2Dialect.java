package dev.remora.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;

/** H2, embedded or as a server. */
final class H2Dialect implements Dialect {
    private static final int CONNECTION_BROKEN = 90067;
    private static final int DATABASE_CLOSED = 90098;
    private static final int DATABASE_CLOSING = 90121;
    private static final int OBJECT_CLOSED = 90007;
    private static final int CONCURRENT_UPDATE = 90131;
    private static final int LOCK_TIMEOUT = 50200;
    private static final int STATEMENT_CANCELED = 57014;
    private static final int IO_FAILED = 90028;
    private static final int IO_FAILED_ON = 90031;
    private static final int NO_DISK_SPACE = 90100;
    private static final int EXCLUSIVE_MODE = 90135;
    private static final int GENERAL_ERROR = 50000;
    private static final int DUPLICATE_KEY = 23505;
    private static final int TABLE_EXISTS = 42101;
    private static final int INDEX_EXISTS = 42111;
    private static final Set<Integer> ALREADY_THERE = Set.of(GENERAL_ERROR, DUPLICATE_KEY, TABLE_EXISTS, INDEX_EXISTS);
    private static final Set<Integer> TRANSIENT = Set.of(
            CONNECTION_BROKEN,
            DATABASE_CLOSED,
            DATABASE_CLOSING,
            OBJECT_CLOSED,
            CONCURRENT_UPDATE,
            LOCK_TIMEOUT,
            STATEMENT_CANCELED,
            IO_FAILED,
            IO_FAILED_ON,
            NO_DISK_SPACE,
            EXCLUSIVE_MODE);

    @Override
    public String scripts() {
        return "h2";
    }

    @Override
    public String now() {
        return "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)";
    }

    @Override
    public String latest() {
        return "";
    }

    @Override
    public String fence() {
        return "FOR UPDATE";
    }

    // why: H2 locks every row that matches, not only those that the limit lets through
    @Override
    public String skipLocked() {
        return "";
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
        return new BatchWriter();
    }

    @Override
    public String schema() {
        return "CURRENT_SCHEMA";
    }

    @Override
    public void setText(PreparedStatement statement, int index, String value) throws SQLException {
        statement.setString(index, value);
    }

    @Override
    public String getText(ResultSet row, int index) throws SQLException {
        return row.getString(index);
    }

    @Override
    public void setNullText(PreparedStatement statement, int index) throws SQLException {
        statement.setNull(index, Types.VARCHAR);
    }

    @Override
    public void lockSchema(Session session, String prefix) {
        // why: in H2 each change of the schema ends the transaction, and with it every lock that could be taken here;
        // whoever
        // finds that another was faster begins anew
    }

    @Override
    public void unlockSchema(Session session, String prefix) {
        // why: nothing was locked
    }

    @Override
    public boolean isOvertaken(SQLException error) {
        return ALREADY_THERE.contains(error.getErrorCode());
    }

    @Override
    public boolean isTransient(SQLException error) {
        return TRANSIENT.contains(error.getErrorCode());
    }

    @Override
    public boolean worksOnCallersThread() {
        return true;
    }

    @Override
    public boolean needsSync() {
        return true;
    }

    @Override
    public void check(Session session) {
        // why: nothing that correctness depends on can be set otherwise
    }
}
