/**
 * A durable storage in a relational database, through JDBC: {@link dev.remora.storage.jdbc.JdbcStorage}.
 *
 * <p>What the calls cost that are made most often, whatever the number of executions, and beside the end of the
 * transaction: a submission takes one statement for the lease, one for the definition, and inserts one row; a commit takes one statement for the
 * lease, one for the states of all its executions (MariaDB and MySQL: two) and one for all its nodes, and more only where
 * there are more rows than one statement takes (thousands; on MariaDB and MySQL 200 executions or 1000 nodes); H2 runs the
 * last two once for each row, in its own process. An engine that has nothing to do takes one statement to look for
 * executions and one to look for commands, and locks nothing.
 *
 * <p>A page of a list reads about as many entries of an index as it shows and leaves out in front, for any project, user or
 * state, and behind any place; a search by workflow or by time reads at most what matches. The total costs an entry of an
 * index for each execution that matches; for workflows without a project, and for kinds of execution, one for each
 * execution there is.
 *
 * <p>The tables and their indexes are plain SQL, below {@code db} in this library: for those who create them by hand.
 */
package dev.remora.storage.jdbc;
