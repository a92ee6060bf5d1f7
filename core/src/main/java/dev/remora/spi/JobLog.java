package dev.remora.spi;

/**
 * Where a job writes its log, in lines. A line longer than {@link dev.remora.model.Limit#LOG_LINE_SIZE} is split,
 * invalid UTF-8 is replaced, and what exceeds {@link dev.remora.model.Limit#LOG_SIZE} is left out. Safe for use by several
 * threads. Writing waits while the storage cannot take more.
 */
public interface JobLog {
    /**
     * Writes text; line feeds in it divide it into several lines.
     *
     * @param text one line or several, without the last line's end
     */
    void line(String text);

    /**
     * Writes a part of a stream of bytes, UTF-8 with lines ended by LF or CR LF. A line that is not ended yet waits for
     * its end, or for the end of the attempt. When this returns, every ended line is stored. When it throws a
     * {@link dev.remora.error.StorageException} that is transient, the job may read on from {@link #streamPosition} later.
     *
     * @param bytes where the part is
     * @param offset its first byte
     * @param length how many bytes
     * @param position how far the stream has been read with this part, in bytes
     * @throws dev.remora.error.LeaseLostException if another engine owns the execution, and so the log: nothing more is
     *     stored from here, and the job is not this engine's any more
     */
    void stream(byte[] bytes, int offset, int length, long position);

    /**
     * Returns how many lines may be written now, so that it is no more than
     * {@link dev.remora.model.Limit#LOG_LINE_RATE} a second. Who reads a stream faster should go on a little later; what is
     * written all the same is taken. For Java nodes the methods that write wait by themselves.
     *
     * @return 0 if none
     */
    default long room() {
        return Long.MAX_VALUE;
    }

    /**
     * Returns how far the stream is stored, in bytes; a job that is found again goes on reading there.
     *
     * @return 0 at first
     */
    long streamPosition();
}
