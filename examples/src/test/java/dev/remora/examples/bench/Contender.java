package dev.remora.examples.bench;

/** A program that can run a workload. */
interface Contender extends AutoCloseable {
    String name();

    /** Gets ready for a workload; not measured. */
    default void prepare(Workload workload) throws Exception {}

    /** Runs a workload to its end; every node has run once when it returns. */
    void run(Workload workload) throws Exception;

    @Override
    void close();
}
