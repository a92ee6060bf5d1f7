/**
 * Proof by killing: an engine in a JVM of its own, with real shell jobs and a database, is killed at random moments, again
 * and again. {@link dev.remora.examples.crash.CrashRounds} says how to run any number of rounds.
 */
package dev.remora.examples.crash;
