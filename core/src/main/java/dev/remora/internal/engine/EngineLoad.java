package dev.remora.internal.engine;

/**
 * What an engine holds at a moment. All of it is 0 when the engine has come to rest and nothing is paused.
 *
 * @param activeRuns executions that it acts for
 * @param runningJobs jobs that have been started and have not ended
 * @param takenSlots slots that are taken
 * @param awaitedEnds executions whose end somebody waits for
 */
public record EngineLoad(int activeRuns, int runningJobs, int takenSlots, int awaitedEnds) {}
