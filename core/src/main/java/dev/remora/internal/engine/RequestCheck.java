package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.LimitExceededException;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.definition.Names;
import dev.remora.internal.problem.Quote;
import dev.remora.internal.resource.ReferenceReader;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.ResourceReference;
import dev.remora.model.RunOptions;
import dev.remora.model.Workflow;
import dev.remora.spi.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds everything that is wrong with what is handed to this engine, beyond what a definition shows by itself. */
final class RequestCheck {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    /** Years of four digits, all that time expressions show (P5). */
    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final EngineConfig config;
    private final Dispatcher dispatcher;

    RequestCheck(EngineConfig config, Dispatcher dispatcher) {
        this.config = config;
        this.dispatcher = dispatcher;
    }

    /** Throws if a definition cannot be run here: unknown job types or pools, parameters that a job type refuses. */
    void definition(String project, String name, Workflow workflow, Set<String> files, boolean unsaved) {
        List<Problem> problems = new ArrayList<>(namesOf(project, name));
        most(
                Limit.NODES,
                workflow.nodes().size(),
                "the workflow has " + workflow.nodes().size() + " nodes");
        for (int i = 0; i < workflow.nodes().size(); i++) {
            node(i, workflow.nodes().get(i), files, unsaved, problems);
        }
        throwIfAny("workflow " + name, problems);
    }

    private void node(int number, Node node, Set<String> files, boolean unsaved, List<Problem> problems) {
        Optional<JobType> type = Optional.ofNullable(config.jobTypes().get(node.type()));
        String path = "nodes[" + number + "]";
        if (type.isEmpty() && !node.type().equals(VirtualType.NAME)) {
            problems.add(new Problem(
                    path + ".type",
                    "is " + node.type() + ", which this engine does not know; it knows " + knownTypes()));
        }
        if (!dispatcher.hasPool(node.pool())) {
            problems.add(new Problem(path + ".pool", "is " + node.pool() + ", which this engine does not have"));
        }
        // why: a job type may check its list of resources too, by the same means
        Set<Problem> found = new LinkedHashSet<>();
        type.ifPresent(known -> {
            found.addAll(known.check(node.parameter()));
            if (unsaved && known.longRunning()) {
                problems.add(new Problem(
                        path + ".type",
                        "is " + node.type() + ", which runs for ever; only a saved workflow may have such nodes"));
            }
        });
        found.addAll(ResourceReference.check(node.parameter()));
        for (ReferenceReader.Named file : ReferenceReader.namedOfPackage(node.parameter())) {
            if (!files.contains(file.res())) {
                found.add(new Problem(
                        file.where(), "is " + Quote.of(file.res()) + ", which the zip package does not have"));
            }
        }
        found.forEach(problem -> problems.add(problem.under(path + ".parameter")));
    }

    private String knownTypes() {
        List<String> types = new ArrayList<>(config.jobTypes().keySet());
        types.add(VirtualType.NAME);
        types.sort(null);
        return String.join(", ", types);
    }

    /** Throws if options are out of bounds, whatever the workflow. */
    void options(String project, String workflow, RunOptions options) {
        List<Problem> problems = new ArrayList<>(namesOf(project, workflow));
        if (options.priority() < Dispatcher.LOWEST_PRIORITY || options.priority() > Dispatcher.HIGHEST_PRIORITY) {
            problems.add(new Problem("priority", "is " + options.priority() + "; it must be 1 to 10"));
        }
        options.timeout().ifPresent(timeout -> {
            if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
                problems.add(new Problem(
                        "timeout", "is " + timeout + "; it must be " + SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT));
            }
        });
        options.scheduleTime().ifPresent(time -> {
            if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
                problems.add(
                        new Problem("scheduleTime", "is " + time + "; it must be " + FIRST_TIME + " to " + LAST_TIME));
            }
        });
        options.params().forEach((name, value) -> param(name, value, problems));
        notBlank("proxyUser", options.proxyUser(), problems);
        notBlank("queue", options.queue(), problems);
        notBlank("idempotencyKey", options.idempotencyKey(), problems);
        options.notifyMails().stream()
                .filter(RequestCheck::isBadMail)
                .forEach(mail -> problems.add(
                        new Problem("notifyMails", "has \"" + mail.strip() + "\", which is no mail address")));
        throwIfAny("run request", problems);
        int params = options.params().size();
        most(Limit.PARAMETERS, params, "the request has " + params + " run parameters");
        int key = options.idempotencyKey().map(String::length).orElse(0);
        most(Limit.IDEMPOTENCY_KEY_LENGTH, key, "the idempotency key has " + key + " characters");
        int mails = options.notifyMails().size();
        most(Limit.NOTIFY_MAILS, mails, "the request has " + mails + " mail addresses");
        int extras = sizeOf(options.extras());
        most(Limit.EXTRAS_SIZE, extras, "the extras of the request have " + extras + " characters");
    }

    private static int sizeOf(JsonNode extras) {
        boolean none = extras.isContainerNode() && extras.isEmpty();
        return none ? 0 : extras.toString().length();
    }

    private void param(String name, String value, List<Problem> problems) {
        if (name.isBlank()) {
            problems.add(new Problem("params", "a name is blank"));
        }
        most(
                Limit.PARAMETER_VALUE_SIZE,
                value.length(),
                "run parameter " + name + " has " + value.length() + " characters");
    }

    private static boolean isBadMail(String mail) {
        int at = mail.indexOf('@');
        return at < 1 || at == mail.length() - 1 || mail.chars().anyMatch(c -> c <= ' ' || c == 127);
    }

    private static void notBlank(String path, Optional<String> text, List<Problem> problems) {
        if (text.isPresent() && text.get().isBlank()) {
            problems.add(new Problem(path, "is blank"));
        }
    }

    /** Throws if a name is wrong. */
    void names(String project, String workflow) {
        throwIfAny("workflow " + workflow, namesOf(project, workflow));
    }

    private static List<Problem> namesOf(String project, String workflow) {
        List<Problem> problems = new ArrayList<>();
        Names.project(project).ifPresent(problems::add);
        Names.workflow(workflow).ifPresent(problems::add);
        return problems;
    }

    private void most(Limit limit, long actual, String what) {
        if (actual > config.limit(limit)) {
            throw new LimitExceededException(limit, config.limit(limit), what);
        }
    }

    private static void throwIfAny(String subject, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ValidationException(subject, problems);
        }
    }
}
