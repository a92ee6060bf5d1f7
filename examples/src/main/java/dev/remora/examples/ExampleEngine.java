package dev.remora.examples;

import dev.remora.Remora;
import dev.remora.job.ShellJobType;
import dev.remora.model.DirectRunRequest;
import dev.remora.storage.memory.MemoryStorage;
import java.util.Map;

/** How the command line configures its engine. */
final class ExampleEngine {
    private static final String PROJECT = "examples";

    private ExampleEngine() {}

    static Remora.Builder builder() {
        return Remora.builder()
                .name("examples")
                .user(System.getProperty("user.name", "examples"))
                .storage(MemoryStorage.create())
                .jobType(new ShellJobType())
                .jobType(ClusterPrograms.mapReduce())
                .jobType(ClusterPrograms.spark())
                .jobType(SourceLinesJob.type())
                .jobType(WordFrequencyJob.type());
    }

    static DirectRunRequest request(WorkflowFile file, Map<String, String> params) {
        DirectRunRequest.Builder request = DirectRunRequest.builder(PROJECT, file.name(), file.definition());
        file.zip().ifPresent(request::zip);
        return request.params(params).build();
    }
}
