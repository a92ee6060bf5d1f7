package dev.remora.examples;

/**
 * Counts the lines of Java source by what is on them. A line with code and a comment is code; a blank line inside a
 * comment is blank.
 */
final class LineCounter {
    private enum State {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        STRING,
        CHARACTER,
        TEXT_BLOCK
    }

    private State state = State.CODE;
    private long code;
    private long comment;
    private long blank;

    void add(String line) {
        if (line.isBlank()) {
            blank++;
        } else if (hasCode(line)) {
            code++;
        } else {
            comment++;
        }
        if (state == State.LINE_COMMENT || state == State.STRING || state == State.CHARACTER) {
            state = State.CODE;
        }
    }

    long code() {
        return code;
    }

    long comment() {
        return comment;
    }

    long blank() {
        return blank;
    }

    private boolean hasCode(String line) {
        boolean found = false;
        int at = 0;
        while (at < line.length()) {
            boolean inComment = state == State.BLOCK_COMMENT || startsComment(line, at);
            found |= !inComment && !Character.isWhitespace(line.charAt(at));
            if (startsLineComment(line, at)) {
                state = State.LINE_COMMENT;
                return found;
            }
            at += step(line, at);
        }
        return found;
    }

    /** Moves on by one token of those that change the state, or by one character. */
    private int step(String line, int at) {
        return switch (state) {
            case CODE -> stepInCode(line, at);
            case BLOCK_COMMENT -> endsAt(line, at, "*/");
            case TEXT_BLOCK -> line.charAt(at) == '\\' ? 2 : endsAt(line, at, "\"\"\"");
            case STRING -> line.charAt(at) == '\\' ? 2 : endsAt(line, at, "\"");
            case CHARACTER -> line.charAt(at) == '\\' ? 2 : endsAt(line, at, "'");
            case LINE_COMMENT -> 1;
        };
    }

    private int stepInCode(String line, int at) {
        if (line.startsWith("/*", at)) {
            state = State.BLOCK_COMMENT;
            return 2;
        }
        if (line.startsWith("\"\"\"", at)) {
            state = State.TEXT_BLOCK;
            return 3;
        }
        if (line.charAt(at) == '"') {
            state = State.STRING;
        } else if (line.charAt(at) == '\'') {
            state = State.CHARACTER;
        }
        return 1;
    }

    private int endsAt(String line, int at, String end) {
        if (line.startsWith(end, at)) {
            state = State.CODE;
            return end.length();
        }
        return 1;
    }

    private boolean startsComment(String line, int at) {
        return startsLineComment(line, at) || (state == State.CODE && line.startsWith("/*", at));
    }

    private boolean startsLineComment(String line, int at) {
        return state == State.CODE && line.startsWith("//", at);
    }
}
