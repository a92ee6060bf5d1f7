package dev.remora.internal.param;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads texts, in one scan from left to right.
 *
 * <pre>
 * text        = { escape | placeholder | time | any other character }
 * escape      = "$${" | "$$["
 * placeholder = "${" name "}"           name: no blank and no "}", but placeholders and time expressions
 * time        = "$[" content "]"        up to the first "]" outside quotes, with no "[" outside quotes before it
 * </pre>
 *
 * What begins like a placeholder or a time expression and is none is text, and what stands inside it is read on its own.
 *
 * <p>The time is linear in the length. Placeholders that are open are kept on a stack instead of being tried again;
 * and of two {@code $[} from which the search for the end runs over the same text one stands in the other's quotes, so
 * there is no third.
 */
final class TemplateParser {
    /** Placeholders within placeholders; from there on {@code ${} is text. */
    static final int DEEPEST = 16;

    private final String text;
    private final int end;
    private final boolean withTimes;
    private final List<Open> open = new ArrayList<>();
    private int at;

    private TemplateParser(String text, int from, int end, boolean withTimes) {
        this.text = text;
        this.end = end;
        this.withTimes = withTimes;
        at = from;
        open.add(new Open());
    }

    static List<Part> read(String text) {
        return new TemplateParser(text, 0, text.length(), true).parts();
    }

    private List<Part> parts() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '$') {
                dollar();
            } else if (c == '}' && open.size() > 1) {
                close();
            } else {
                if (open.size() > 1 && Character.isWhitespace(c)) {
                    dissolve(1);
                }
                literal(1);
            }
        }
        dissolve(1);
        return top().finish();
    }

    private void dollar() {
        if (startsWith("$${") || startsWith("$$[")) {
            at++;
            literal(2);
        } else if (startsWith("${") && open.size() <= DEEPEST) {
            at += 2;
            open.add(new Open());
        } else if (!(withTimes && startsWith("$[") && time())) {
            literal(1);
        }
    }

    private void close() {
        List<Part> name = top().finish();
        if (name.isEmpty()) {
            dissolve(open.size() - 1);
            literal(1);
            return;
        }
        open.remove(open.size() - 1);
        top().add(
                        name.size() == 1 && name.get(0) instanceof Part.Text only
                                ? new Part.Reference(only.text())
                                : new Part.ComposedReference(name));
        at++;
    }

    private boolean time() {
        int close = closingBracket();
        if (close < 0) {
            return false;
        }
        List<Part> content = new TemplateParser(text, at + 2, close, false).parts();
        if (content.stream().allMatch(Part.Text.class::isInstance)) {
            String written = content.isEmpty() ? "" : ((Part.Text) content.get(0)).text();
            Optional<TimeExpression> expression = TimeExpressionParser.read(written);
            if (expression.isEmpty()) {
                return false;
            }
            top().add(new Part.Time(expression.get(), "$[" + written + "]"));
        } else {
            TemplateParser rest = new TemplateParser(text, at, close + 1, true);
            rest.literal(2);
            top().add(new Part.PossibleTime(content, rest.parts()));
        }
        at = close + 1;
        return true;
    }

    private int closingBracket() {
        boolean quoted = false;
        for (int i = at + 2; i < end; i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && c == ']') {
                return i;
            }
            if (!quoted && c == '[') {
                return -1;
            }
        }
        return -1;
    }

    /** Turns the placeholders that have no end into text, from the given depth on. */
    private void dissolve(int depth) {
        for (int i = depth; i < open.size(); i++) {
            open.get(depth - 1).take(open.get(i));
        }
        open.subList(depth, open.size()).clear();
    }

    private void literal(int length) {
        top().literal.append(text, at, at + length);
        at += length;
    }

    private boolean startsWith(String start) {
        return at + start.length() <= end && text.startsWith(start, at);
    }

    private Open top() {
        return open.get(open.size() - 1);
    }

    /** The whole text, or a placeholder whose end was not seen yet. */
    private static final class Open {
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        void add(Part part) {
            flush();
            parts.add(part);
        }

        void take(Open inner) {
            literal.append("${");
            for (Part part : inner.parts) {
                if (part instanceof Part.Text text) {
                    literal.append(text.text());
                } else {
                    add(part);
                }
            }
            literal.append(inner.literal);
        }

        List<Part> finish() {
            flush();
            return List.copyOf(parts);
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Part.Text(literal.toString()));
                literal.setLength(0);
            }
        }
    }
}
