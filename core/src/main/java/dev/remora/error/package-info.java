/** The one tree of exceptions, rooted in {@link dev.remora.error.RemoraException}; all unchecked. */
package dev.remora.error;
