/** Local processes that outlive the engine: start, watch, stop, find again. Every job type that runs a program uses it. */
package dev.remora.job.internal.process;
