/**
 * What every storage must do, as tests. A storage passes when a subclass of {@link dev.remora.testkit.StorageContract}
 * does. Published as the test-jar of the core; who uses it adds JUnit Jupiter and AssertJ.
 */
package dev.remora.testkit;
