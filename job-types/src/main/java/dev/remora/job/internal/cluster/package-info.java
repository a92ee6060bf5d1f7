/** Applications of clusters as jobs: their clients, what the cluster knows of them, and how they end. */
package dev.remora.job.internal.cluster;
