/**
 * A storage on the heap, for tests and short-lived use. It is bounded, lives as long as one of its handles is open, and
 * keeps nothing beyond the end of the process.
 */
package dev.remora.storage.memory;
