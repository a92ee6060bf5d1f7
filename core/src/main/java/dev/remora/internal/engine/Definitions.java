package dev.remora.internal.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ValidationException;
import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Submission;
import java.util.Map;
import java.util.OptionalLong;

/** Definitions made ready for running, once for each version that is in use. */
final class Definitions {
    private static final long MOST_NODES = 2_000_000;

    private record Key(String project, String workflow, int version) {}

    /**
     * A version of a saved workflow is what it is for ever. That of an unsaved one belongs to one execution; when that is
     * purged, the name may come back with the same version and other content, on whatever engine.
     *
     * @param onlyFor the execution that it belongs to; empty for a saved workflow
     * @param checked whether it is known to be one that can be run here
     */
    private record Kept(Prepared prepared, OptionalLong onlyFor, boolean checked) {
        boolean fits(long execId) {
            return onlyFor.isEmpty() || onlyFor.getAsLong() == execId;
        }
    }

    private final EngineConfig config;
    private final Cache<Key, Kept> cache = CacheBuilder.newBuilder()
            .maximumWeight(MOST_NODES)
            .<Key, Kept>weigher((key, kept) -> kept.prepared().definition().size())
            // why: the weight is shared out among as many parts, and none would hold the largest workflow
            .concurrencyLevel(1)
            .build();

    Definitions(EngineConfig config) {
        this.config = config;
    }

    /** Makes a workflow ready that is not stored. */
    Prepared prepare(Workflow workflow, Map<String, Content> files) {
        return Prepared.of(workflow, files, config);
    }

    /** Keeps what was made ready of an unsaved workflow, which has been stored now with its execution. */
    void keep(SavedWorkflow unsaved, Prepared prepared, long execId) {
        cache.put(key(unsaved), new Kept(prepared, OptionalLong.of(execId), true));
    }

    private static Key key(SavedWorkflow saved) {
        return new Key(saved.project(), saved.name(), saved.version());
    }

    /**
     * Makes a version of a saved workflow ready that is to be run here.
     *
     * @throws NotFoundException if there is none
     * @throws ValidationException if it cannot be: unknown job types or pools, parameters that a job type refuses
     * @throws LimitExceededException if it is too large
     */
    Prepared runnable(String project, String workflow, int version, RequestCheck check) {
        Key key = new Key(project, workflow, version);
        Kept known = cache.getIfPresent(key);
        if (known == null || known.onlyFor().isPresent()) {
            return checked(of(stored(project, workflow, version)), key, check);
        }
        return known.checked() ? known.prepared() : checked(known.prepared(), key, check);
    }

    /** The same for one that has been read already. */
    Prepared runnable(SavedWorkflow saved, RequestCheck check) {
        of(saved);
        return runnable(saved.project(), saved.name(), saved.version(), check);
    }

    private Prepared checked(Prepared prepared, Key key, RequestCheck check) {
        check.definition(
                key.project(),
                key.workflow(),
                prepared.definition().workflow(),
                prepared.files().keySet(),
                false);
        // why: neither the version nor what this engine knows ever changes, so it need not be checked for each run
        cache.put(key, new Kept(prepared, OptionalLong.empty(), true));
        return prepared;
    }

    /** Makes a version of a saved workflow ready. */
    Prepared of(SavedWorkflow saved) {
        Kept known = cache.getIfPresent(key(saved));
        return known != null && known.onlyFor().isEmpty() ? known.prepared() : read(saved, OptionalLong.empty());
    }

    private SavedWorkflow stored(String project, String workflow, int version) {
        return config.storage()
                .workflows()
                .version(project, workflow, version)
                .orElseThrow(() -> NotFoundException.version(project, workflow, version));
    }

    private Prepared read(SavedWorkflow stored, OptionalLong onlyFor) {
        Prepared prepared = prepare(stored.definition(), stored.files());
        cache.put(key(stored), new Kept(prepared, onlyFor, false));
        return prepared;
    }

    /** Finds the definition of an execution. */
    Prepared of(ExecutionRecord execution) {
        return of(execution.execId(), execution.submission(), execution.state().version());
    }

    /**
     * Finds the definition of an execution.
     *
     * @throws NotFoundException if the version is gone, which a storage does not let happen while it is in use
     */
    Prepared of(long execId, Submission submission, int version) {
        String project = submission.project();
        String workflow = submission.workflow();
        Kept known = cache.getIfPresent(new Key(project, workflow, version));
        if (known != null && known.fits(execId)) {
            return known.prepared();
        }
        SavedWorkflow stored = stored(project, workflow, version);
        return stored.unsaved() ? read(stored, OptionalLong.of(execId)) : of(stored);
    }
}
