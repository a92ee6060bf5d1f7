/**
 * What storages, job types and applications implement. Values in these contracts are plain: times are epoch
 * milliseconds where there are many of them, 0 for none.
 */
package dev.remora.spi;
