package dev.remora.examples.http;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param threads how many requests are worked on at once
 * @param waiting how many more may wait for a thread; the connections of others are closed
 * @param patience how long the head of a request may take, and how long a body or a response may stand still at its
 *     beginning
 * @param minimumRate how many bytes a second a body or a response must move after that
 * @param formSize the most bytes of a form, or of one text part of a multipart body
 * @param definitionSize the most bytes of a definition
 * @param uploadSize the most bytes of an uploaded archive
 */
record HttpLimits(
        int threads,
        int waiting,
        Duration patience,
        long minimumRate,
        int formSize,
        int definitionSize,
        long uploadSize) {
    static final HttpLimits DEFAULT =
            new HttpLimits(64, 256, Duration.ofSeconds(10), 8 << 10, 1 << 20, 16 << 20, 256L << 20);

    HttpLimits {
        if (threads < 1 || waiting < 1 || minimumRate < 1 || formSize < 1 || definitionSize < 1 || uploadSize < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + "; it must be more than nothing");
        }
    }

    /** How long moving so many bytes may take in all. */
    Duration timeFor(long bytes) {
        return patience.plusMillis(bytes * 1000 / minimumRate);
    }
}
