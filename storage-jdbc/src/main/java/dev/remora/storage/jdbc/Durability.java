package dev.remora.storage.jdbc;

/** What a {@link JdbcStorage} on H2 promises of what it has acknowledged. Other databases are set up by their owner. */
public enum Durability {
    /**
     * It is on the device before the call returns: it survives a crash of the process, of the system, and a loss of
     * power. Callers at the same time share one synchronisation of the file.
     */
    SYNCED,

    /**
     * It is written within half a second or so. Faster; <strong>a crash of the process or of the system may lose the last
     * transactions</strong> although they were acknowledged. What is left is consistent.
     */
    MAY_LOSE_LAST_HALF_SECOND
}
