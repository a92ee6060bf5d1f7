package dev.remora.internal.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.remora.error.NotFoundException;
import dev.remora.internal.dag.Definition;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;

/** Definitions made ready for running, once for each version that is in use. */
final class Definitions {
    private static final long MOST_NODES = 2_000_000;

    private record Key(String project, String workflow, int version) {}

    private final EngineConfig config;
    private final Cache<Key, Definition> cache = CacheBuilder.newBuilder()
            .maximumWeight(MOST_NODES)
            .<Key, Definition>weigher((key, definition) -> definition.size() + 1)
            .build();

    Definitions(EngineConfig config) {
        this.config = config;
    }

    /** Makes a workflow ready that is not stored. */
    Definition compile(Workflow workflow) {
        return Definition.of(
                workflow, VirtualType.NAME::equals, type -> !(config.jobTypes().get(type) instanceof JavaJob.Type));
    }

    Definition of(SavedWorkflow saved) {
        Key key = new Key(saved.project(), saved.name(), saved.version());
        Definition known = cache.getIfPresent(key);
        // why: a purged name may come back with the same version and other content
        if (known != null && known.workflow().equals(saved.definition())) {
            return known;
        }
        Definition compiled = compile(saved.definition());
        cache.put(key, compiled);
        return compiled;
    }

    /**
     * Finds the definition of an execution.
     *
     * @throws NotFoundException if the version is gone, which a storage does not let happen while it is in use
     */
    Definition of(String project, String workflow, int version) {
        Definition known = cache.getIfPresent(new Key(project, workflow, version));
        if (known != null) {
            return known;
        }
        return of(config.storage()
                .workflows()
                .version(project, workflow, version)
                .orElseThrow(() -> NotFoundException.version(project, workflow, version)));
    }
}
