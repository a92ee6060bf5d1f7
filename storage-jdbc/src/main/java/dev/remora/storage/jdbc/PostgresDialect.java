package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** PostgreSQL. */
final class PostgresDialect implements Dialect {
    private static final long SCHEMA_LOCK = 0x52656d6f7261L << 16;
    private static final int LOCK_MASK = 0xffff;

    @Override
    public String scripts() {
        return "postgresql";
    }

    @Override
    public String now() {
        return "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)";
    }

    // why: the weakest lock that FOR UPDATE waits for; renewals, which change no key, pass it
    @Override
    public String fence() {
        return "FOR KEY SHARE";
    }

    @Override
    public String latest() {
        return "";
    }

    @Override
    public String skipLocked() {
        return "FOR UPDATE SKIP LOCKED";
    }

    @Override
    public boolean ordersByRangesOnly() {
        return true;
    }

    @Override
    public String unlessPresent() {
        return "ON CONFLICT DO NOTHING";
    }

    @Override
    public BulkWriter bulk() {
        return new ArrayWriter();
    }

    @Override
    public String schema() {
        return "current_schema()";
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
    public void lockSchema(Session session, String prefix) throws SQLException {
        session.query("SELECT pg_advisory_xact_lock(?)")
                .number(SCHEMA_LOCK | (prefix.hashCode() & LOCK_MASK))
                .first(row -> 0);
    }

    @Override
    public void unlockSchema(Session session, String prefix) {
        // why: the lock ends with the transaction
    }

    @Override
    public boolean isOvertaken(SQLException error) {
        return SqlErrors.isDuplicateKey(error);
    }

    @Override
    public boolean isTransient(SQLException error) {
        return false;
    }

    @Override
    public boolean worksOnCallersThread() {
        return false;
    }

    @Override
    public boolean turnsAutoCommitFreely() {
        return true;
    }

    @Override
    public boolean needsSync() {
        return false;
    }

    @Override
    public void check(Session session) throws SQLException {
        String encoding = session.query("SELECT current_setting('server_encoding')")
                .first(Row::text)
                .orElseThrow();
        if (!encoding.equals("UTF8")) {
            throw new StorageException(
                    "the database has the encoding " + encoding + "; it must be UTF8, so that it takes every text",
                    false);
        }
    }
}
