package dev.remora.examples.bench;

import java.util.List;

/**
 * Those who are measured against each other, and what they run on.
 *
 * @param contenders the least first
 * @param database what is to be closed after them
 */
record Field(List<Contender> contenders, Runnable database) implements AutoCloseable {
    @Override
    public void close() {
        contenders.forEach(Contender::close);
        database.run();
    }
}
