package dev.remora.examples.bench;

import java.util.List;

/**
 * What is run: a number of runs of one shape.
 *
 * @param name short, for tables and for the choice on the command line
 * @param description for people
 * @param shape the DAG of each run
 * @param runs how many runs, all under way at once
 */
record Workload(String name, String description, Shape shape, int runs) {
    /** The workloads by which the field is compared. */
    static List<Workload> all() {
        return List.of(
                new Workload("W1", "fan-out and fan-in of 10,000", Shape.fan(10_000), 1),
                new Workload("W2", "chain of 10,000", Shape.chain(10_000), 1),
                new Workload("W3", "100 layers of 100, three dependencies each", Shape.layers(100, 100), 1),
                new Workload("W4", "1,000 runs of a diamond of 10", Shape.fan(10), 1_000),
                new Workload("one", "one run of one node", Shape.chain(1), 1));
    }

    long nodes() {
        return (long) shape.nodes() * runs;
    }
}
