package dev.remora.examples;

/** The command line, or the file it names, is wrong; the message tells a person what to do. */
final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
