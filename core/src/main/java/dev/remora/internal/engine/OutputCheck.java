package dev.remora.internal.engine;

import dev.remora.model.Cause;
import dev.remora.model.Limit;
import dev.remora.spi.JobResult;

/** Holds the outputs of a job to the limits. */
final class OutputCheck {
    private OutputCheck() {}

    /** Returns the result, or a failure that names the limit its outputs exceed. */
    static JobResult of(JobResult result, EngineConfig config) {
        // why: those of a failure are dropped, and must not hide why it failed
        if (!result.succeeded() || result.outputs().isEmpty()) {
            return result;
        }
        long count = result.outputs().size();
        long size = result.outputs().entrySet().stream()
                .mapToLong(
                        output -> output.getKey().length() + output.getValue().length())
                .sum();
        if (result.outputs().keySet().stream().anyMatch(String::isBlank)) {
            return JobResult.failed(Cause.BAD_OUTPUT, "an output has a blank key");
        }
        if (count > config.limit(Limit.OUTPUTS)) {
            return exceeded(Limit.OUTPUTS, count, config);
        }
        return size > config.limit(Limit.OUTPUT_SIZE) ? exceeded(Limit.OUTPUT_SIZE, size, config) : result;
    }

    private static JobResult exceeded(Limit limit, long actual, EngineConfig config) {
        return JobResult.failed(
                Cause.BAD_OUTPUT,
                "outputs have " + actual + " " + limit.unit() + "; limit " + limit + " is " + config.limit(limit));
    }
}
