/** Programs that measure Remora, each repeatable with one command; never part of the tests. */
package dev.remora.examples.benchmark;
