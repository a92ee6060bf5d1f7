/**
 * A durable storage in a relational database, through JDBC: {@link dev.remora.storage.jdbc.JdbcStorage}.
 *
 * <p>What the calls cost that are made most often, whatever the number of executions, and beside the end of the
 * transaction: to find out what the name of a workflow stands for takes one statement, on PostgreSQL without the end
 * of a transaction; a submission takes one statement for the lease, one for the definition, and inserts one row; those of callers
 * that come while a transaction is under way share the next one. A commit takes one statement for the lease, one for the
 * states that changed (MariaDB and MySQL: two), one that locks the other executions whose nodes changed, and one for all its
 * nodes, and more only where there are more rows than one statement takes (thousands; on MariaDB and MySQL 200 executions or
 * 1000 nodes). PostgreSQL and H2 run the one for states once for each row, in one round trip; so does H2 with nodes. A node
 * that runs once is written twice, its execution three times in all. An engine that has nothing to do takes one statement
 * to look for executions, one to look for commands and one to look for notices, and locks nothing.
 *
 * <p>A fire time of a schedule is one transaction: one statement for the lease, one that moves the schedule on, one for the
 * definition, and one that inserts the run. A backfill is one, too: the lease, the definition, the backfill, and two for
 * each thousands of its runs (MariaDB and MySQL: three for each thousand); ten years of days are five statements on
 * PostgreSQL. A step that changes executions that are held takes one more statement to lock them, and one to change them. It
 * reads about as many entries of an index as it finds, however long the history of the workflow is. The two indexes for
 * that have entries of scheduled and backfilled executions only on PostgreSQL, and on the others nulls for those by hand,
 * which no commit changes.
 *
 * <p>A page of a list reads about as many entries of an index as it shows and leaves out in front, for any project, user or
 * state, and behind any place; a search by workflow or by time reads at most what matches. The total costs an entry of an
 * index for each execution that matches; for workflows without a project, and for kinds of execution, one for each
 * execution there is.
 *
 * <p>The tables and their indexes are plain SQL, below {@code db} in this library: for those who create them by hand.
 */
package dev.remora.storage.jdbc;
