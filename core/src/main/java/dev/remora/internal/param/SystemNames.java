package dev.remora.internal.param;

import java.util.Map;
import java.util.Optional;

/** The names that Remora gives a meaning itself. */
public final class SystemNames {
    static final String EXEC_ID = "sf.system.execId";
    static final String JOB_ID = "sf.system.jobId";
    static final String OUTPUTS = "nodes.";

    private static final Map<String, Part.Time> TIMES = Map.of(
            "sf.system.bizdate", time("yyyyMMdd-1"),
            "sf.system.bizcurdate", time("yyyyMMdd"),
            "sf.system.cyctime", time("yyyyMMddHHmmss"));

    private SystemNames() {}

    /**
     * Tells whether people may give a parameter a name.
     *
     * @return what is wrong with the name; empty if nothing
     */
    public static Optional<String> problem(String name) {
        if (name.equals(EXEC_ID) || name.equals(JOB_ID)) {
            return Optional.of("is " + name + ", which Remora sets itself; choose another name");
        }
        if (name.startsWith(OUTPUTS)) {
            return Optional.of("is " + name + ", but names that begin with " + OUTPUTS
                    + " are those of outputs; choose another name");
        }
        return Optional.empty();
    }

    /** Finds a parameter that depends on the cycle time alone; people may give it another value. */
    static Optional<Part.Time> timeNamed(String name) {
        return Optional.ofNullable(TIMES.get(name));
    }

    private static Part.Time time(String expression) {
        return new Part.Time(TimeExpressionParser.read(expression).orElseThrow(), "$[" + expression + "]");
    }
}
