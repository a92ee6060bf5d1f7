package dev.remora.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Code of the application as a job. It runs on a worker thread, and is interrupted when it has to stop. */
@FunctionalInterface
public interface JavaJob {
    /**
     * Does the work.
     *
     * @param context what the job may know and use
     * @return the outputs, for later nodes; {@code Map.of()} for none, never null
     * @throws Exception if it failed; the attempt has then failed with cause EXCEPTION
     */
    Map<String, String> run(JobContext context) throws Exception;

    /** Code without outputs. */
    @FunctionalInterface
    interface Action {
        /**
         * Does the work.
         *
         * @param context what the job may know and use
         * @throws Exception if it failed
         */
        void run(JobContext context) throws Exception;
    }

    /**
     * Makes a job of code without outputs.
     *
     * @param action the code
     * @return the job
     */
    static JavaJob of(Action action) {
        Objects.requireNonNull(action, "action");
        return context -> {
            action.run(context);
            return Map.of();
        };
    }

    /**
     * A job type whose jobs are run by the engine itself, on its worker threads.
     *
     * @param name by which nodes refer to it
     * @param job the code; one instance serves all its nodes, perhaps at once
     * @param parameterCheck finds what is wrong with a parameter object
     */
    record Type(String name, JavaJob job, Function<JsonNode, List<Problem>> parameterCheck) implements JobType {
        /**
         * Creates a type.
         *
         * @throws NullPointerException if a component is null
         */
        public Type {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(parameterCheck, "parameterCheck");
        }

        /**
         * Creates a type that accepts every parameter.
         *
         * @param name by which nodes refer to it
         * @param job the code
         */
        public Type(String name, JavaJob job) {
            this(name, job, parameter -> List.of());
        }

        @Override
        public List<Problem> check(JsonNode parameter) {
            return parameterCheck.apply(parameter);
        }

        /** Never called: the engine runs {@link #job()} on its own threads. */
        @Override
        public JobHandle start(JobContext context) {
            throw new IllegalStateException("the engine runs " + name + " itself");
        }
    }
}
