package dev.remora.internal.definition;

import dev.remora.error.LimitExceededException;
import dev.remora.internal.param.SystemNames;
import dev.remora.internal.problem.ProblemSink;
import dev.remora.internal.problem.Quote;
import dev.remora.model.Limit;
import dev.remora.model.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the user-defined parameters of a workflow. */
public final class ParameterCheck {
    private ParameterCheck() {}

    static void check(List<Parameter> parameters, ProblemSink problems) {
        long most = Limit.PARAMETERS.defaultBound();
        if (parameters.size() > most) {
            throw new LimitExceededException(
                    Limit.PARAMETERS, most, "userDefParams has " + parameters.size() + " parameters");
        }
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            String path = "userDefParams[" + i + "]";
            String name = parameters.get(i).prop();
            Integer other = first.putIfAbsent(name, i);
            if (name.isBlank()) {
                problems.add(path + ".prop", "is blank");
            } else if (other != null) {
                problems.add(path + ".prop", "is " + Quote.of(name) + ", as that of userDefParams[" + other + "]");
            } else {
                SystemNames.problem(name).ifPresent(problem -> problems.add(path + ".prop", problem));
            }
            size(path + ".value", parameters.get(i).value());
        }
    }

    private static void size(String path, String value) {
        long most = Limit.PARAMETER_VALUE_SIZE.defaultBound();
        if (value.length() > most) {
            throw new LimitExceededException(
                    Limit.PARAMETER_VALUE_SIZE, most, path + " has " + value.length() + " characters");
        }
    }
}
