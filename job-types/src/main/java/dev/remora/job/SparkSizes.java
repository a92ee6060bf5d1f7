package dev.remora.job;

import java.util.Objects;
import java.util.Optional;

/** How large a Spark application is; what is empty is left to Spark. */
record SparkSizes(
        Optional<String> driverCores,
        Optional<String> driverMemory,
        Optional<String> numExecutors,
        Optional<String> executorCores,
        Optional<String> executorMemory) {
    SparkSizes {
        Objects.requireNonNull(driverCores, "driverCores");
        Objects.requireNonNull(driverMemory, "driverMemory");
        Objects.requireNonNull(numExecutors, "numExecutors");
        Objects.requireNonNull(executorCores, "executorCores");
        Objects.requireNonNull(executorMemory, "executorMemory");
    }
}
