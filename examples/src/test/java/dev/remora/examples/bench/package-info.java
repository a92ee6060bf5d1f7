/**
 * Head-to-head measurements of whole runs: Remora on its storages, beside programs that do less, in one JVM, interleaved.
 * {@link dev.remora.examples.bench.Benchmark} says how to run them.
 */
package dev.remora.examples.bench;
