/** A durable storage in a relational database, through JDBC. */
package dev.remora.storage.jdbc;
