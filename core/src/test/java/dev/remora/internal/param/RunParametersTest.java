package dev.remora.internal.param;

import static dev.remora.internal.param.Substitutions.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remora.error.LimitExceededException;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunParametersTest {
    private static final int MEGABYTE = 1 << 20;

    private static ValidationException refusal(Substitutions run) {
        return catchThrowableOfType(ValidationException.class, () -> run.text("plain"));
    }

    @Test
    void p17RefusesACycleThatNoNodeUses() {
        Substitutions run = given().user("c", "${a}").user("a", "x${b}").user("b", "$[yyyy${a}]");

        assertThat(refusal(run).problems())
                .containsExactly(new Problem("userDefParams[1].value", "refers to itself: a -> b -> a"));
    }

    @Test
    void p17RefusesARunParameterThatRefersToItself() {
        Substitutions run = given().user("day", "$[yyyy]").run("day", "${day}");

        assertThat(refusal(run).problems()).containsExactly(new Problem("params.day", "refers to itself: day -> day"));
    }

    @Test
    void p17ARunParameterMayBreakACycle() {
        assertThat(given().user("a", "${b}").user("b", "${a}").run("b", "1").text("${a}"))
                .isEqualTo("1");
    }

    @Test
    void reportsAllCyclesTogether() {
        Substitutions run = given().user("a", "${a}")
                .user("b", "${c}")
                .user("c", "${b} ${a}")
                .user("k", "d")
                .user("d", "${${k}}");

        assertThat(refusal(run).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "refers to itself: a -> a", "refers to itself: b -> c -> b", "refers to itself: d -> d");
    }

    @Test
    void manyCyclesAreCutShort() {
        int length = 200;
        Substitutions run = given();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < length; i++) {
            all.append("${a").append(i).append("}");
        }
        for (int i = 0; i < length; i++) {
            run.user("a" + i, all.toString());
        }

        assertThat(refusal(run).problems()).hasSize(100);
    }

    @Test
    void aNameThatIsEscapedOrUnknownMakesNoCycle() {
        assertThat(given().user("a", "$${a} ${b").user("b", "${c}${a}").text("${b}"))
                .isEqualTo("${c}${a} ${b");
    }

    @Test
    void aCycleByWayOfAnOutputIsFoundWhenTheNodeStarts() {
        Substitutions run = given().upstream("a").user("p", "${${nodes.a.x}}").output("a", "x", "p");

        assertThatThrownBy(() -> run.text("${p}"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("parameters of node it")
                .hasMessageContaining("userDefParams[0].value: refers to itself: p -> p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sf.system.execId", "sf.system.jobId", "nodes.x.y", "nodes."})
    void p18RefusesReservedNames(String name) {
        assertThat(refusal(given().run(name, "1")).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("params." + name);
            assertThat(problem.message()).contains(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sf.system.bizdate", "sf.system.bizcurdate", "sf.system.cyctime", "sf.system.other", "nodes"})
    void p18LetsOtherNamesBeGiven(String name) {
        assertThat(given().run(name, "mine").text("${" + name + "}")).isEqualTo("mine");
    }

    @Test
    void reservedNamesAndCyclesAreReportedTogether() {
        assertThat(refusal(given().run("nodes.x.y", "1").run("a", "${a}")).problems())
                .hasSize(2);
    }

    @Test
    void p22TenLevelsOfTenfoldUseAreTooLarge() {
        Substitutions run = given();
        for (int level = 0; level < 10; level++) {
            run.user("a" + level, ("${a" + (level + 1) + "}").repeat(10));
        }
        run.user("a10", "x");

        LimitExceededException refusal = catchThrowableOfType(LimitExceededException.class, () -> run.text("plain"));

        assertThat(refusal.limit()).isEqualTo(Limit.PARAMETER_VALUE_SIZE);
        assertThat(refusal.bound()).isEqualTo(MEGABYTE);
        assertThat(refusal).hasMessageContaining("parameter a3 (userDefParams[3].value)");
    }

    @Test
    void p22OneMegabyteIsAllowedAndNoMore() {
        String most = "x".repeat(MEGABYTE);

        assertThat(given().run("a", most).text("${a}")).isEqualTo(most);
        assertThat(given().run("a", most).user("b", "${a}").text("${b}")).isEqualTo(most);
        assertThatThrownBy(() -> given().run("a", most + "x").text("plain"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("parameter a (params.a) has at least 1048577 characters");
        assertThatThrownBy(() -> given().run("a", most).parameter(node -> node.parameter("deep", "x${a}")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("nodes[0].parameter.deep");
    }

    @Test
    void whatOneNodeIsGivenTogetherHasALimitToo() {
        String half = "x".repeat(MEGABYTE / 2);

        LimitExceededException refusal = catchThrowableOfType(
                LimitExceededException.class,
                () -> given().run("half", half).parameter(node -> {
                    for (int i = 0; i < 33; i++) {
                        node.parameter("k" + i, "${half}");
                    }
                    return node;
                }));

        assertThat(refusal.limit()).isEqualTo(Limit.SUBSTITUTION_SIZE);
        assertThat(refusal).hasMessageContaining("nodes[0].parameter.k32");
    }

    @Test
    void aLongChainIsNoProblem() {
        int length = 9_999;
        Substitutions run = given();
        for (int i = 0; i < length; i++) {
            run.user("a" + i, "${a" + (i + 1) + "}");
        }

        assertThat(run.user("a" + length, "end").text("${a0}")).isEqualTo("end");
    }

    @Test
    void aValueThatDependsOnTheNodeIsResolvedForEachNode() {
        Substitutions run = given().upstream("a")
                .user("job", "<${sf.system.jobId}>")
                .user("rows", "${nodes.a.rows}${job}")
                .output("a", "rows", "7");

        assertThat(run.text("${rows} ${job}")).isEqualTo("7<42-it> <42-it>");
    }
}
