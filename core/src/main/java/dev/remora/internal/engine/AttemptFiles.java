package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.ValidationException;
import dev.remora.internal.resource.ReferenceReader;
import dev.remora.internal.resource.UnfitResourceException;
import dev.remora.internal.resource.WorkFiles;
import dev.remora.model.Cause;
import dev.remora.model.ResourceReference;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The files that the node of an attempt lists. */
record AttemptFiles(JsonNode parameter) {
    boolean any() {
        return parameter.has(ReferenceReader.KEY);
    }

    /** Puts them into the work directory, or says how the attempt has failed. */
    Optional<JobResult> fetch(WorkFiles files, WorkFiles.Wish wish) throws IOException, InterruptedException {
        List<ResourceReference> references;
        try {
            references = ResourceReference.of(parameter);
        } catch (ValidationException wrong) {
            return Optional.of(JobResult.failed(Cause.BAD_PARAMETER, wrong.getMessage()));
        }
        for (int i = 0; i < references.size(); i++) {
            try {
                files.place(references.get(i), wish);
            } catch (UnfitResourceException unfit) {
                return Optional.of(JobResult.failed(
                        Cause.BAD_PARAMETER,
                        "parameter." + ReferenceReader.KEY + "[" + i + "].res: " + unfit.getMessage()));
            }
        }
        return Optional.empty();
    }
}
