package dev.remora.examples;

import dev.remora.Remora;
import dev.remora.error.RemoraException;
import dev.remora.model.Plan;
import java.io.PrintStream;
import java.util.Map;

/** Shows what a run would do. */
final class PlanCommand {
    private final PrintStream out;

    PlanCommand(PrintStream out) {
        this.out = out;
    }

    int execute(WorkflowFile file, Map<String, String> params) throws UsageException {
        try (Remora remora = ExampleEngine.builder().start()) {
            print(remora.executor().plan(ExampleEngine.request(file, params)));
            return ExitCode.SUCCESS;
        } catch (RemoraException invalid) {
            throw WorkflowFile.invalid(file.path(), invalid);
        }
    }

    private void print(Plan plan) {
        out.println("plan of " + plan.workflow() + ": " + plan.steps().size() + " nodes");
        TextTable order = new TextTable("LEVEL", "NODE", "TYPE", "WAITS FOR");
        TextTable parameters = new TextTable("NODE", "PARAMETER");
        for (Plan.Step step : plan.steps()) {
            String waitsFor = step.waitsFor().isEmpty() ? "-" : String.join(", ", step.waitsFor());
            order.row(String.valueOf(step.level()), step.node(), step.type(), waitsFor);
            parameters.row(step.node(), step.parameter().toString());
        }
        order.print(out);
        out.println();
        parameters.print(out);
    }
}
