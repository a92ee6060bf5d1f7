/**
 * Remora, an embeddable workflow engine. {@link dev.remora.Remora} is the way in: it starts and steers runs through
 * {@link dev.remora.WorkflowExecutor}, answers through {@link dev.remora.ExecutionQuery} and
 * {@link dev.remora.LogReader}, and keeps definitions in a {@link dev.remora.WorkflowCatalog}.
 */
package dev.remora;
