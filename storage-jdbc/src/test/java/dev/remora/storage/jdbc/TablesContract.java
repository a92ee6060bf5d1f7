package dev.remora.storage.jdbc;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;

/** What lies in the tables of one database. */
abstract class TablesContract {
    /** Returns connections to an empty database. */
    abstract DataSource connections() throws SQLException;

    /** Definitions, contents and logs. */
    @Nested
    class StoredPieces extends StoredPiecesContract {
        @Override
        DataSource connections() throws SQLException {
            return TablesContract.this.connections();
        }
    }

    /** Rows that cannot be read. */
    @Nested
    class UnreadableRows extends UnreadableRowsContract {
        @Override
        DataSource connections() throws SQLException {
            return TablesContract.this.connections();
        }
    }
}
