package dev.remora.job.internal.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What can be asked of a cluster. Calls block, for a limited time. Safe for use by several threads. */
public interface Cluster {
    /**
     * Finds the applications of a job.
     *
     * @param tag the tag of the job
     * @param ids ids that are known already
     * @return all that carry the tag, and of the others those that the cluster knows
     * @throws IOException if the cluster cannot be asked now
     */
    List<Application> find(String tag, Set<String> ids) throws IOException;

    /**
     * Ends an application. It may take a while until the cluster says that it has ended.
     *
     * @param id its id
     * @throws IOException if the cluster cannot be asked now, or refuses
     */
    void kill(String id) throws IOException;

    /**
     * Tells whether an application can be found that has told nobody its id.
     *
     * @return whether tags are of any use
     */
    boolean knowsTags();
}
