package dev.remora.job.internal.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that runs for one job: its session and group, what carries its marker, and all descendants of these. So a
 * process is found whether it left the session, lost its parents, or cleared its environment, as long as it did not do
 * all of it before the first look. Used by one thread at a time.
 */
final class ProcessTree {
    private final ProcessTable table;
    private final Identity identity;
    /** Who was a member once stays one, also when its parent dies first. */
    private final Set<Seen> seen = new HashSet<>();

    private record Seen(long pid, String start) {
        static Seen of(ProcessEntry entry) {
            return new Seen(entry.pid(), entry.start());
        }
    }

    ProcessTree(ProcessTable table, Identity identity) {
        this.table = table;
        this.identity = identity;
    }

    /** Returns whom the job consists of now, parents before their children where both are known. */
    List<ProcessEntry> members() throws IOException {
        List<ProcessEntry> all = table.list(identity);
        boolean groupIsOurs = groupIsOurs(all);
        Map<Long, List<ProcessEntry>> children = new HashMap<>();
        List<ProcessEntry> members = new ArrayList<>();
        Set<Long> known = new HashSet<>();
        for (ProcessEntry entry : all) {
            children.computeIfAbsent(entry.parent(), parent -> new ArrayList<>())
                    .add(entry);
            if (entry.marked() || (groupIsOurs && inGroup(entry)) || seen.contains(Seen.of(entry))) {
                known.add(entry.pid());
                members.add(entry);
            }
        }
        for (int i = 0; i < members.size(); i++) {
            for (ProcessEntry child : children.getOrDefault(members.get(i).pid(), List.of())) {
                if (known.add(child.pid())) {
                    members.add(child);
                }
            }
        }
        members.forEach(member -> seen.add(Seen.of(member)));
        return members;
    }

    boolean isLauncher(ProcessEntry entry) {
        return entry.pid() == identity.pid();
    }

    private boolean inGroup(ProcessEntry entry) {
        return entry.pid() == identity.pid() || entry.session() == identity.pid() || entry.group() == identity.pid();
    }

    /**
     * The number of a session is not given to others while anyone is in it; but once all are gone it may be, and then its
     * members are strangers.
     */
    private boolean groupIsOurs(List<ProcessEntry> all) throws IOException {
        return table.exists(identity, true) || all.stream().anyMatch(entry -> entry.marked() && inGroup(entry));
    }
}
