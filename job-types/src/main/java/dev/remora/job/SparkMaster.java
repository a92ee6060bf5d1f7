package dev.remora.job;

import java.util.regex.Pattern;

/** Where a Spark application runs, as {@code --master} takes it. */
record SparkMaster(String text) {
    static final Pattern PATTERN = Pattern.compile("yarn|local(\\[[^\\]\\s]+\\])?|spark://[^\\s/]+");
    static final String DESCRIPTION = "yarn, local, local[N] or spark://HOST:PORT";

    /** The kinds of masters that differ in what can be asked of them. */
    enum Kind {
        YARN,
        LOCAL,
        STANDALONE
    }

    SparkMaster {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("the master is " + text + "; it must be " + DESCRIPTION);
        }
    }

    Kind kind() {
        return text.equals("yarn") ? Kind.YARN : text.startsWith("local") ? Kind.LOCAL : Kind.STANDALONE;
    }
}
