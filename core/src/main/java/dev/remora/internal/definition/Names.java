package dev.remora.internal.definition;

import dev.remora.error.Problem;
import dev.remora.internal.problem.Quote;
import dev.remora.model.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/** What names look like. */
public final class Names {
    public static final String PROJECT_RULE = "2 to 64 letters a-z or A-Z, digits and _, and begin with a letter";
    public static final String POOL_RULE = "[A-Za-z0-9_.-]{1,64}";
    public static final String NODE_RULE = "1 to 64 letters, digits, _, - or ., and not . or ..";

    private static final int LONGEST = 64;
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z]\\w{1,63}");
    private static final Pattern POOL = Pattern.compile(POOL_RULE);

    private Names() {}

    /** Checks the name of a project. */
    public static Optional<Problem> project(String name) {
        return word("project", name);
    }

    /** Checks the name of a workflow. */
    public static Optional<Problem> workflow(String name) {
        return word("workflow", name);
    }

    private static Optional<Problem> word(String path, String name) {
        return PROJECT.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Problem(path, "is " + Quote.of(name) + "; it must have " + PROJECT_RULE));
    }

    public static boolean isPool(String name) {
        return name.equals(Node.DEFAULT_POOL) || POOL.matcher(name).matches();
    }

    /**
     * Tells whether a node may have this name. Marks may follow a first character: scripts such as Devanagari and Thai
     * write vowels with them, and some systems take letters with accents apart.
     */
    public static boolean isNode(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return false;
        }
        int points = 0;
        for (int i = 0; i < name.length(); points++) {
            int point = name.codePointAt(i);
            if (points == LONGEST || !(isPlain(point) || i > 0 && isMark(point))) {
                return false;
            }
            i += Character.charCount(point);
        }
        return true;
    }

    private static boolean isPlain(int point) {
        return Character.isLetterOrDigit(point) || point == '_' || point == '-' || point == '.';
    }

    private static boolean isMark(int point) {
        int kind = Character.getType(point);
        return kind == Character.NON_SPACING_MARK || kind == Character.COMBINING_SPACING_MARK;
    }
}
