package dev.remora.storage.jdbc;

/** Waits until what has been committed is on the device. */
@FunctionalInterface
interface DeviceSync {
    /** Where a commit is durable by itself, or need not be. */
    DeviceSync NONE = () -> {};

    /**
     * Returns when everything that was committed before this call is on the device.
     *
     * @throws dev.remora.error.StorageException if that is not known; transient
     */
    void await();
}
