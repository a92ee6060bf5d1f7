package dev.remora.internal.param;

import dev.remora.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Notes which node asks for outputs of which. For one thread. */
final class OutputReferences implements Outputs {
    private final Map<String, Map<Integer, Reference>> byNode = new LinkedHashMap<>();
    private int user;
    private Object place = "";
    private List<Asked> asked = new ArrayList<>();

    /** Says who asks from now on, and where. */
    void at(int node, Object where) {
        user = node;
        place = where;
        asked = new ArrayList<>();
    }

    @Override
    public Optional<String> output(String node, String key, boolean composed) {
        add(new Asked(node, key));
        return Optional.empty();
    }

    private void add(Asked one) {
        if (!asked.isEmpty() && asked.get(asked.size() - 1).equals(one)) {
            return;
        }
        asked.add(one);
        byNode.computeIfAbsent(one.node(), name -> new LinkedHashMap<>())
                .putIfAbsent(user, new Reference(place, one.key()));
    }

    /** Returns what was asked for since the last {@link #at}. */
    List<Asked> asked() {
        return asked;
    }

    /** Asks for the same once more. */
    void addAll(List<Asked> before) {
        before.forEach(this::add);
    }

    /** An output. */
    record Asked(String node, String key) {}

    List<Problem> problems(Upstream upstream, Function<String, Integer> number, IntFunction<String> name) {
        Map<Integer, List<Problem>> byUser = new TreeMap<>();
        byNode.forEach((node, users) -> {
            Set<Integer> wrong = upstream.notBehind(number.apply(node), users.keySet());
            wrong.forEach(it -> byUser.computeIfAbsent(it, none -> new ArrayList<>())
                    .add(problem(node, name.apply(it), users.get(it))));
        });
        return byUser.values().stream().flatMap(List::stream).toList();
    }

    private static Problem problem(String node, String user, Reference reference) {
        return new Problem(
                reference.place().toString(),
                "refers to ${" + SystemNames.OUTPUTS + node + "." + reference.key() + "}, but node " + node
                        + " is not upstream of " + user + "; let " + user
                        + " depend on it, directly or by way of others");
    }

    private record Reference(Object place, String key) {}
}
