package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void runTakesAFileAndParameters() throws UsageException {
        Arguments arguments = Arguments.parse("run", "a.json", "--param", "day=1=2", "--param", "empty=");

        assertThat(arguments)
                .isEqualTo(new Arguments(Arguments.Command.RUN, Path.of("a.json"), Map.of("day", "1=2", "empty", "")));
    }

    @Test
    void planTakesAFile() throws UsageException {
        assertThat(Arguments.parse("plan", "a.json").command()).isEqualTo(Arguments.Command.PLAN);
    }

    @Test
    void helpNeedsNothing() throws UsageException {
        assertThat(Arguments.parse("--help").command()).isEqualTo(Arguments.Command.HELP);
    }

    @Test
    void whatIsWrongIsSaidTogetherWithTheUsage() {
        assertWrong("no command is given");
        assertWrong("there is no command walk", "walk");
        assertWrong("run needs a workflow file", "run");
        assertWrong("plan needs a workflow file", "plan", "--param", "a=b");
        assertWrong("there is no option --parm", "run", "a.json", "--parm", "a=b");
        assertWrong("--param needs NAME=VALUE after it", "run", "a.json", "--param");
        assertWrong("--param a is not of the form NAME=VALUE", "run", "a.json", "--param", "a");
        assertWrong("--param =b is not of the form NAME=VALUE", "run", "a.json", "--param", "=b");
        assertWrong("--param a is given twice", "run", "a.json", "--param", "a=1", "--param", "a=2");
    }

    private static void assertWrong(String problem, String... args) {
        assertThatThrownBy(() -> Arguments.parse(args))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(problem + "\n\nusage: run FILE ");
    }
}
