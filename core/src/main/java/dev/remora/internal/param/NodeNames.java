package dev.remora.internal.param;

import dev.remora.error.ValidationException;
import dev.remora.model.JobId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What names stand for when one node starts. For one thread. */
final class NodeNames implements Names {
    private final RunParameters run;
    private final String node;
    private final OutputNames outputNames;
    private final Outputs outputs;
    private Map<String, String> ofNode = Map.of();
    private String lastOutput = "";
    private Meaning lastValue = Meaning.UNKNOWN;

    NodeNames(RunParameters run, String node, OutputNames outputNames, Outputs outputs) {
        this.run = run;
        this.node = node;
        this.outputNames = outputNames;
        this.outputs = outputs;
    }

    @Override
    public Meaning find(String name, boolean composed) {
        if (name.startsWith(SystemNames.OUTPUTS)) {
            return output(name, composed);
        }
        if (name.equals(SystemNames.JOB_ID)) {
            return run.execId().isEmpty()
                    ? Meaning.UNKNOWN
                    : new Meaning.Known(new JobId(run.execId().getAsLong(), node).toString());
        }
        String value = ofNode.get(name);
        return value != null ? new Meaning.Known(value) : run.find(name);
    }

    @Override
    public ZonedDateTime cycleTime() {
        return run.cycleTime();
    }

    @Override
    public Optional<String> time(Part.Time time) {
        return run.time(time);
    }

    @Override
    public void resolved(String parameter, String value, boolean later) {
        if (ofNode.isEmpty()) {
            ofNode = new HashMap<>();
        }
        ofNode.put(parameter, value);
    }

    @Override
    public void cycle(String path, String cycle) {
        throw ValidationException.of("parameters of node " + node, path, "refers to itself: " + cycle);
    }

    private Meaning output(String name, boolean composed) {
        if (composed || !name.equals(lastOutput)) {
            lastOutput = composed ? "" : name;
            lastValue = outputNames
                    .parse(name)
                    .flatMap(it -> outputs.output(it.node(), it.key(), composed))
                    .<Meaning>map(Meaning.Known::new)
                    .orElse(Meaning.UNKNOWN);
        }
        return lastValue;
    }
}
