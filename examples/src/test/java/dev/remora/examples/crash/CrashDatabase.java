package dev.remora.examples.crash;

import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.JdbcStorage;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.nio.file.Path;

/**
 * The database that outlives the engines.
 *
 * @param address the path of an H2 file, or a JDBC URL with user and password in it
 */
record CrashDatabase(String address) {
    static CrashDatabase of(TestDatabase database) {
        String separator = database.url().contains("?") ? "&" : "?";
        return new CrashDatabase(
                database.url() + separator + "user=" + database.user() + "&password=" + database.password());
    }

    Storage open() {
        return address.startsWith("jdbc:")
                ? JdbcStorage.builder().url(address).build()
                : JdbcStorage.h2(Path.of(address));
    }
}
