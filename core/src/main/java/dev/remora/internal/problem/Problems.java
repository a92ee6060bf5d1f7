package dev.remora.internal.problem;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what is wrong with a definition, in the order of the input. It keeps the first ten thousand problems and
 * counts the rest: a million broken nodes must not fill the heap with messages that nobody reads.
 */
public final class Problems implements ProblemSink {
    public static final int MOST = 10_000;

    private static final List<String> SECTIONS = List.of("", "nodes", "userDefParams", "extras");
    private static final Comparator<Problem> INPUT_ORDER =
            Comparator.comparingInt(Problems::section).thenComparingInt(Problems::index);

    private final List<Problem> problems = new ArrayList<>();
    private int more;

    @Override
    public void add(String path, String message) {
        if (isFull()) {
            more++;
        } else {
            problems.add(new Problem(path, message));
        }
    }

    /** Tells whether further problems are only counted, so that their paths do not matter. */
    public boolean isFull() {
        return problems.size() >= MOST;
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Throws what was collected, if anything was. */
    public void throwIfAny(String subject) {
        if (isEmpty()) {
            return;
        }
        problems.sort(INPUT_ORDER);
        if (more > 0) {
            problems.add(new Problem("", more + " more problems are not listed"));
        }
        throw new ValidationException(subject, problems);
    }

    private static int section(Problem problem) {
        int end = 0;
        while (end < problem.path().length() && ".[".indexOf(problem.path().charAt(end)) < 0) {
            end++;
        }
        int section = SECTIONS.indexOf(problem.path().substring(0, end));
        return section < 0 ? SECTIONS.size() : section;
    }

    private static int index(Problem problem) {
        String path = problem.path();
        int open = path.indexOf('[');
        int close = path.indexOf(']');
        if (open < 0 || close < open || close - open > 10 || path.charAt(open + 1) == '"') {
            return -1;
        }
        return Integer.parseInt(path, open + 1, close, 10);
    }
}
