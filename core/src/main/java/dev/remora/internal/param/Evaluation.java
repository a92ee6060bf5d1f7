package dev.remora.internal.param;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts values into texts. It keeps a stack of its own, so that neither long chains of parameters nor deep texts matter.
 * For one thread, and one run's parameters or one node.
 */
final class Evaluation {
    private static final int USUAL_LENGTH = 64;

    private final Names names;
    private final Bounds bounds;
    private final Map<String, String> openParameters = new LinkedHashMap<>();
    private final Set<Edge> reportedCycles = new HashSet<>();
    private long inserted;

    Evaluation(Names names, Bounds bounds) {
        this.names = names;
        this.bounds = bounds;
    }

    /**
     * Resolves a text.
     *
     * @param place where it stands, printed only in errors
     * @throws dev.remora.error.LimitExceededException if it grows too large, or a value in it does
     */
    String resolve(List<Part> parts, Object place) {
        Frame frame = new Frame(Kind.WHOLE, parts, new StringBuilder(USUAL_LENGTH), null, place, "");
        while (true) {
            if (frame.next < frame.parts.size()) {
                frame = enter(frame, frame.parts.get(frame.next++));
            } else if (frame.kind != Kind.WHOLE) {
                frame = leave(frame);
            } else {
                return frame.out.toString();
            }
        }
    }

    /** How much has been put in so far, in characters. */
    long inserted() {
        return inserted;
    }

    /** Counts what was put in before, into a text that is used again. */
    void count(long characters, Object place) {
        inserted += characters;
        bounds.checkTotal(inserted, place);
    }

    private Frame enter(Frame frame, Part part) {
        if (part instanceof Part.Text text) {
            return append(frame, text.text());
        } else if (part instanceof Part.Reference reference) {
            return refer(frame, reference.name(), false);
        } else if (part instanceof Part.ComposedReference reference) {
            return frame.within(Kind.NAME, reference.name());
        } else if (part instanceof Part.Time time) {
            return append(frame, names.time(time).orElse(time.source()));
        } else if (part instanceof Part.PossibleTime time) {
            return frame.within(Kind.TIME, time.content());
        }
        throw new IllegalStateException("unknown part " + part);
    }

    private Frame leave(Frame frame) {
        Frame outer = frame.outer;
        outer.later |= frame.later;
        return switch (frame.kind) {
            case NAME -> frame.later ? outer : refer(outer, frame.out.toString(), true);
            case TIME -> frame.later ? outer : time(outer, frame.out.toString());
            case VALUE -> value(outer, frame);
            case TEXT, WHOLE -> outer;
        };
    }

    private Frame time(Frame outer, String content) {
        return TimeExpressionParser.read(content)
                .flatMap(expression -> expression.at(names.cycleTime()))
                .map(text -> append(outer, text))
                .orElseGet(() -> outer.asText());
    }

    private Frame value(Frame outer, Frame frame) {
        String value = frame.out.toString();
        openParameters.remove(frame.parameter);
        names.resolved(frame.parameter, value, frame.later);
        return insert(outer, value);
    }

    private Frame refer(Frame frame, String name, boolean composed) {
        Meaning meaning = names.find(name, composed);
        if (meaning instanceof Meaning.Known known) {
            return insert(frame, known.text());
        } else if (meaning instanceof Meaning.Given given) {
            if (openParameters.containsKey(name)) {
                // why: a text may refer to the same parameter many times
                if (reportedCycles.add(new Edge(frame.parameter, name))) {
                    reportCycle(name);
                }
                return append(frame, "${" + name + "}");
            }
            openParameters.put(name, given.path());
            return frame.value(name, given);
        } else if (meaning instanceof Meaning.Later) {
            frame.later = true;
            return frame;
        }
        return append(frame, "${" + name + "}");
    }

    private void reportCycle(String name) {
        List<String> open = new ArrayList<>(openParameters.keySet());
        List<String> cycle = new ArrayList<>(open.subList(open.indexOf(name), open.size()));
        cycle.add(name);
        names.cycle(openParameters.get(name), String.join(" -> ", cycle));
    }

    private Frame insert(Frame frame, String value) {
        count(value.length(), frame.place);
        return append(frame, value);
    }

    private Frame append(Frame frame, String text) {
        bounds.checkValue((long) frame.out.length() + text.length(), frame.place);
        frame.out.append(text);
        return frame;
    }

    private record Edge(String from, String to) {}

    private enum Kind {
        WHOLE,
        VALUE,
        NAME,
        TIME,
        TEXT
    }

    /** A list of parts that is being worked through, and what it has given so far. */
    private static final class Frame {
        private final Kind kind;
        private final List<Part> parts;
        private final StringBuilder out;
        private final Frame outer;
        private final Object place;
        /** The one whose value this is part of; empty outside of any. */
        private final String parameter;

        private int next;
        private boolean later;

        Frame(Kind kind, List<Part> parts, StringBuilder out, Frame outer, Object place, String parameter) {
            this.kind = kind;
            this.parts = parts;
            this.out = out;
            this.outer = outer;
            this.place = place;
            this.parameter = parameter;
        }

        Frame within(Kind inner, List<Part> innerParts) {
            return new Frame(inner, innerParts, new StringBuilder(), this, place, parameter);
        }

        Frame value(String name, Meaning.Given given) {
            String label = "parameter " + name + " (" + given.path() + ")";
            return new Frame(Kind.VALUE, given.template().parts(), new StringBuilder(), this, label, name);
        }

        /** Reads the possible time expression that was entered last as the text that it is. */
        Frame asText() {
            Part.PossibleTime time = (Part.PossibleTime) parts.get(next - 1);
            return new Frame(Kind.TEXT, time.otherwise(), out, this, place, parameter);
        }
    }
}
