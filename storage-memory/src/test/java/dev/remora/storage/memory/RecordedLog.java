package dev.remora.storage.memory;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** What is logged at INFO and above while a test of this module records it. Found by slf4j as its provider. */
public final class RecordedLog implements SLF4JServiceProvider {
    /** One message. */
    record Message(Level level, String text) {}

    private static final Queue<Message> MESSAGES = new ConcurrentLinkedQueue<>();
    private static volatile String about = "";

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter contexts = new NOPMDCAdapter();

    /** For slf4j. */
    public RecordedLog() {}

    /** Records from now on what contains a text, such as the name of an engine, and forgets what was recorded before. */
    static void record(String text) {
        MESSAGES.clear();
        about = text;
    }

    /** Ends recording, and returns what was recorded. */
    static List<Message> messages() {
        about = "";
        return List.copyOf(MESSAGES);
    }

    /** Returns how much has been recorded so far. */
    static long count(Level level) {
        return MESSAGES.stream().filter(message -> message.level() == level).count();
    }

    @Override
    public void initialize() {}

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, RecordingLogger::new);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return contexts;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    private static final class RecordingLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        RecordingLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return !about.isEmpty();
        }

        @Override
        public boolean isWarnEnabled() {
            return isInfoEnabled();
        }

        @Override
        public boolean isErrorEnabled() {
            return isInfoEnabled();
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
            String text = MessageFormatter.basicArrayFormat(pattern, arguments);
            if (text.contains(about)) {
                MESSAGES.add(new Message(level, text));
            }
        }
    }
}
