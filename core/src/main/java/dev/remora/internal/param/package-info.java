/**
 * Substitution and time expressions: what a node's parameter becomes when the node starts.
 *
 * <p>Pure: no clock and no I/O. A definition is read once into {@link dev.remora.internal.param.CompiledParameters}, a
 * run gives its values once as {@link dev.remora.internal.param.RunParameters}, each node start puts both together.
 */
package dev.remora.internal.param;
