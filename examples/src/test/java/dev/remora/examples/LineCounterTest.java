package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineCounterTest {
    @Test
    void linesAreCodeCommentOrBlank() {
        assertCounts("int a; // note\n\n// note\n  \n", 1, 1, 2);
    }

    @Test
    void aBlockCommentMayGoOverLines() {
        assertCounts("/* one\n two\n\n three */\nint a; /* four\n five */ int b;\n", 2, 3, 1);
    }

    @Test
    void textIsNoComment() {
        assertCounts("String a = \"/*\";\nint b;\nchar c = '\"'; // c\nString d = \"\\\"/*\";\nint e;\n", 5, 0, 0);
    }

    @Test
    void aTextBlockIsCodeButForItsBlankLines() {
        assertCounts("String a = \"\"\"\n  // code\n\n  /* code\n  \"\"\";\n// note\n", 4, 1, 1);
    }

    @Test
    void aLineCommentEndsWithItsLine() {
        assertCounts("// it's\nint a;\n", 1, 1, 0);
    }

    private static void assertCounts(String source, long code, long comment, long blank) {
        LineCounter lines = new LineCounter();
        source.lines().forEach(lines::add);

        assertThat(new long[] {lines.code(), lines.comment(), lines.blank()}).containsExactly(code, comment, blank);
    }
}
