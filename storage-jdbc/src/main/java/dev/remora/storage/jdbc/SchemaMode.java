package dev.remora.storage.jdbc;

/** What a {@link JdbcStorage} does about its tables when it is opened. */
public enum SchemaMode {
    /** Creates what is missing, and brings older tables up to date. Several storages may do so at the same moment. */
    CREATE,

    /**
     * Changes nothing. Refuses a database in which a table or a version of the schema is missing, or in which a script has
     * run that is not the one that ships with this library.
     */
    VALIDATE,

    /** Neither changes nor looks. A missing table is found by the first call that needs it. */
    NONE
}
