package dev.remora.error;

import java.util.List;

/** An input breaks rules; every problem found is reported, each with its path. Nothing was changed. */
public final class ValidationException extends RemoraException {
    private static final int SHOWN = 20;

    private final String subject;
    private final transient List<Problem> problems;

    /**
     * Creates an exception.
     *
     * @param subject what was checked, for the message: {@code workflow definition}
     * @param problems at least one
     */
    public ValidationException(String subject, List<Problem> problems) {
        super(message(subject, problems));
        this.subject = subject;
        this.problems = List.copyOf(problems);
    }

    /**
     * Creates an exception for one problem.
     *
     * @param subject what was checked, for the message
     * @param path where the problem is
     * @param message what is wrong, and the bound
     * @return the exception
     */
    public static ValidationException of(String subject, String path, String message) {
        return new ValidationException(subject, List.of(new Problem(path, message)));
    }

    /**
     * Returns what was checked.
     *
     * @return the subject of the message
     */
    public String subject() {
        return subject;
    }

    /**
     * Returns all problems, in the order of the input.
     *
     * @return at least one problem
     */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String subject, List<Problem> problems) {
        StringBuilder text = new StringBuilder(subject)
                .append(" has ")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem:" : " problems:");
        problems.stream().limit(SHOWN).forEach(problem -> text.append("\n  ").append(problem));
        if (problems.size() > SHOWN) {
            text.append("\n  … and ").append(problems.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
