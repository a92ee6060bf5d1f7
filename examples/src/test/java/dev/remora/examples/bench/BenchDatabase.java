package dev.remora.examples.bench;

import java.util.Optional;
import javax.sql.DataSource;

/**
 * A database that programs are measured on.
 *
 * @param dataSource where connections come from
 * @param syncStatement what makes a commit durable, if a commit alone does not
 */
record BenchDatabase(DataSource dataSource, Optional<String> syncStatement) {}
