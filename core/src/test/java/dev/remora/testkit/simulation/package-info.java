/**
 * A simulation of engines, storage, jobs and users on a virtual clock, decided by a seed. See
 * {@link dev.remora.testkit.simulation.Simulation}.
 */
package dev.remora.testkit.simulation;
