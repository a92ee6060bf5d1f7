package dev.remora.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that storages get wrong. */
final class OddTexts {
    /** Every control character but NUL, which no text of an execution may hold. */
    static final String CONTROLS = IntStream.concat(IntStream.rangeClosed(1, 31), IntStream.rangeClosed(127, 159))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    /** One megabyte in UTF-8, of characters of one, two, three and four bytes. */
    static final String MEGABYTE = "aßた😀xy".repeat((1 << 20) / 12);

    /** Names of nodes of 64 code points, in several scripts. */
    static final List<String> LONG_NAMES = List.of(
            "n".repeat(64),
            "узел".repeat(16),
            "节点".repeat(32),
            "עיבוד-נת".repeat(8),
            "𠀀𠀁".repeat(32),
            "a.b_c-d9".repeat(8));

    /** Texts of at most 64 code points. */
    static final List<String> SHORT = List.of(
            "",
            " ",
            " a",
            "a ",
            "a",
            "A",
            "%",
            "_",
            "\\",
            "\\'",
            "'",
            "''",
            "\"",
            "`; -- /* */",
            "null",
            "${a}$[b]?:c",
            "\t",
            "\r\n",
            "\n\n",
            CONTROLS.substring(0, 31),
            "\u00e9",
            "e\u0301",
            "ß",
            "İı",
            "\u2028\u200b\ufeff",
            "😀👩‍👩‍👧‍👦🇨🇭",
            "\ufffd\ufffe\uffff",
            "😀".repeat(64));

    private OddTexts() {}
}
