package dev.remora.internal.access;

import dev.remora.WorkflowExecutor;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Operation;
import dev.remora.model.Plan;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;

/** Starts and steers what the user may. */
record GuardedExecutor(WorkflowExecutor executor, Gate gate) implements WorkflowExecutor {
    @Override
    public long run(RunRequest request) {
        gate.require(Operation.RUN, request.project());
        return executor.run(request);
    }

    @Override
    public long runDirect(DirectRunRequest request) {
        gate.require(Operation.RUN_DIRECT, request.project());
        return executor.runDirect(request);
    }

    @Override
    public Plan plan(RunRequest request) {
        gate.require(Operation.PLAN, request.project());
        return executor.plan(request);
    }

    @Override
    public Plan plan(DirectRunRequest request) {
        gate.require(Operation.PLAN, request.project());
        return executor.plan(request);
    }

    @Override
    public void kill(long execId) {
        gate.requireExecution(Operation.KILL, execId);
        executor.kill(execId);
    }

    @Override
    public void pause(long execId) {
        gate.requireExecution(Operation.PAUSE, execId);
        executor.pause(execId);
    }

    @Override
    public void resume(long execId) {
        gate.requireExecution(Operation.RESUME, execId);
        executor.resume(execId);
    }

    @Override
    public void rerun(RerunRequest request) {
        gate.requireExecution(Operation.RERUN, request.execId());
        executor.rerun(request);
    }
}
