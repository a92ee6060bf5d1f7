package dev.remora.internal.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.remora.error.NotFoundException;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import java.util.Map;

/** Definitions made ready for running, once for each version that is in use. */
final class Definitions {
    private static final long MOST_NODES = 2_000_000;

    private record Key(String project, String workflow, int version) {}

    private final EngineConfig config;
    private final Cache<Key, Prepared> cache = CacheBuilder.newBuilder()
            .maximumWeight(MOST_NODES)
            .<Key, Prepared>weigher((key, prepared) -> prepared.definition().size())
            // why: the weight is shared out among as many parts, and none would hold the largest workflow
            .concurrencyLevel(1)
            .build();

    Definitions(EngineConfig config) {
        this.config = config;
    }

    /** Makes a workflow ready that is not stored. */
    Prepared prepare(Workflow workflow) {
        return Prepared.of(workflow, Map.of(), config);
    }

    /** Keeps what was made ready and has been stored now, in place of another that may have had its name before. */
    void keep(SavedWorkflow saved, Prepared prepared) {
        cache.put(key(saved), prepared);
    }

    private static Key key(SavedWorkflow saved) {
        return new Key(saved.project(), saved.name(), saved.version());
    }

    Prepared of(SavedWorkflow saved) {
        Key key = key(saved);
        Prepared known = cache.getIfPresent(key);
        // why: a purged name may come back with the same version and other content
        if (known != null
                && known.files().equals(saved.files())
                && known.definition().workflow().equals(saved.definition())) {
            return known;
        }
        Prepared prepared = Prepared.of(saved.definition(), saved.files(), config);
        cache.put(key, prepared);
        return prepared;
    }

    /**
     * Finds the definition of an execution.
     *
     * @throws NotFoundException if the version is gone, which a storage does not let happen while it is in use
     */
    Prepared of(String project, String workflow, int version) {
        Prepared known = cache.getIfPresent(new Key(project, workflow, version));
        if (known != null) {
            return known;
        }
        return of(config.storage()
                .workflows()
                .version(project, workflow, version)
                .orElseThrow(() -> NotFoundException.version(project, workflow, version)));
    }
}
