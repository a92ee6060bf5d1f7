package dev.remora.storage.memory;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How a memory storage is set up.
 *
 * @param clock the clock of the leases
 * @param maxExecutions how many executions it keeps
 * @param maxActive how many executions that are not final it takes
 * @param logHeap bytes of logs and small files that it keeps on the heap
 * @param spillDirectory where its directory of temporary files is made
 */
record MemorySettings(InstantSource clock, int maxExecutions, int maxActive, long logHeap, Path spillDirectory) {}
