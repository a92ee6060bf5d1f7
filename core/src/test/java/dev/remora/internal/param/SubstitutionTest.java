package dev.remora.internal.param;

import static dev.remora.internal.param.Substitutions.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.internal.tree.JsonCopy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("${a}", "1"),
                Arguments.of("${a}${a}", "11"),
                Arguments.of("x${a}y${day}z", "x1y20171011z"),
                Arguments.of("${A}", "${A}"),
                Arguments.of("${missing}", "${missing}"),
                Arguments.of("${}", "${}"),
                Arguments.of("${a", "${a"),
                Arguments.of("$a {a} $ {a}", "$a {a} $ {a}"),
                // P13: names inside names
                Arguments.of("${${k}}", "1"),
                Arguments.of("${v${a}}", "one"),
                Arguments.of("${v${${k}}}", "one"),
                Arguments.of("${x${a}}", "${x1}"),
                Arguments.of("${a b}", "${a b}"),
                Arguments.of("${ a}", "${ a}"),
                Arguments.of("${a }", "${a }"),
                Arguments.of("${a\n}", "${a\n}"),
                Arguments.of("${missing:-${a}}", "${missing:-1}"),
                Arguments.of("${missing:-${a} b}", "${missing:-1 b}"),
                Arguments.of("${a${a}", "${a1"),
                Arguments.of("${${a}", "${1"),
                Arguments.of("${d_$[yyyy]}", "that year"),
                Arguments.of("${e_$[yyyy]}", "${e_2017}"),
                Arguments.of("a}b", "a}b"),
                Arguments.of("${a}}", "1}"),
                Arguments.of("${brace}", "}{"),
                Arguments.of("${x${brace}}", "${x}{}"),
                // P12: placeholders inside a time expression come first
                Arguments.of("$[yyyyMMdd-${a}]", "20171010"),
                Arguments.of("$[${format}]", "2017/10/11"),
                Arguments.of("$[${format}-${a}]", "2017/10/10"),
                Arguments.of("$[yyyyMMdd-${missing}]", "$[yyyyMMdd-${missing}]"),
                Arguments.of("$[add_months(yyyyMM,-${a})]", "201709"),
                Arguments.of("$[timestamp(${day}000000)]", "1507680000"),
                Arguments.of("$[yyyyMMdd-${v${a}}]", "$[yyyyMMdd-one]"),
                Arguments.of("$[yyyy'${a}']", "20171"),
                Arguments.of("$[yyyy'${missing}']", "2017${missing}"),
                Arguments.of("$[yyyy${bracket}]", "$[yyyy]]"),
                Arguments.of("$[${a}+1]", "$[1+1]"),
                Arguments.of("$[ ${a} it's ] $[yyyy] 'x']", "$[ 1 it's ] 2017 'x']"),
                Arguments.of("$[yyyy ${a b} ]", "$[yyyy ${a b} ]"),
                Arguments.of("$[${a", "$[${a"),
                Arguments.of("$[${a}", "$[1"),
                // P14: nothing is looked at twice
                Arguments.of("${dollar}{a}", "${a}"),
                Arguments.of("${dollar}[yyyy]", "$[yyyy]"),
                Arguments.of("${dollar}${brace}", "$}{"),
                Arguments.of("$[${literal}]", "$[$[yyyy]]"),
                Arguments.of("$${a}", "${a}"),
                Arguments.of("$$[yyyy]", "$[yyyy]"),
                Arguments.of("$$${a}", "$${a}"),
                Arguments.of("$$$${a}", "$$${a}"),
                Arguments.of("$$$[yyyy]", "$$[yyyy]"),
                Arguments.of("$$a", "$$a"),
                Arguments.of("$$", "$$"),
                Arguments.of("$${${a}}", "${1}"),
                Arguments.of("${escaped}", "${a}"),
                Arguments.of("${twice}", "$${a}"),
                Arguments.of("x$${escaped}${escaped}", "x${escaped}${a}"),
                Arguments.of("$[yyyy'$${a}']", "2017${a}"),
                Arguments.of("$[1+$${a}]", "$[1+${a}]"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void givesWhatTheTableSays(String text, String result) {
        Substitutions run = given().user("a", "1")
                .user("k", "a")
                .user("v1", "one")
                .user("day", "$[yyyyMMdd]")
                .user("d_2017", "that year")
                .user("format", "yyyy/MM/dd")
                .user("brace", "}{")
                .user("bracket", "]")
                .user("dollar", "$")
                .user("literal", "$$[yyyy]")
                .user("escaped", "$${a}")
                .user("twice", "$$${a}");

        assertThat(run.text(text)).isEqualTo(result);
    }

    @Test
    void runParametersWinOverTheWorkflowsWhichWinOverTheSystems() {
        assertThat(given().user("a", "workflow").run("a", "run").text("${a}")).isEqualTo("run");
        assertThat(given().user("sf.system.bizdate", "workflow").text("${sf.system.bizdate}"))
                .isEqualTo("workflow");
        assertThat(given().text("${sf.system.bizdate}")).isEqualTo("20171010");
        assertThat(given().user("a", "${b}")
                        .user("b", "workflow")
                        .run("b", "run")
                        .text("${a}"))
                .isEqualTo("run");
    }

    @Test
    void knowsTheParametersOfTheSystem() {
        String text = "${sf.system.bizdate} ${sf.system.bizcurdate} ${sf.system.cyctime} ${sf.system.execId}"
                + " ${sf.system.jobId}";

        assertThat(given().text(text)).isEqualTo("20171010 20171011 20171011030405 42 42-it");
    }

    @Test
    void f60WhatIsNotKnownBeforeTheRunStaysAsItIsWritten() {
        Substitutions plan = given().beforeTheRun()
                .upstream("a")
                .user("log", "${sf.system.jobId}-${sf.system.bizdate}")
                .user("rows", "${nodes.a.rows}");

        assertThat(plan.text("${sf.system.execId} ${log} ${rows} $[yyyyMMdd-${rows}] $[yyyy]"))
                .isEqualTo("${sf.system.execId} ${sf.system.jobId}-20171010 ${nodes.a.rows}"
                        + " $[yyyyMMdd-${nodes.a.rows}] 2017");
    }

    @Test
    void p15OutputsAreLiteral() {
        Substitutions run =
                given().upstream("a").user("secret", "s").output("a", "x", "${secret} $[yyyy] $${secret} $");

        assertThat(run.text("${nodes.a.x}{secret}")).isEqualTo("${secret} $[yyyy] $${secret} ${secret}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${a}", "x $[yyyy]", "$[${a}+1]", "${unset:-1}", "$$${a}$[dd]", "${${k}}"})
    void p21SeesPlaceholders(String text) {
        assertThat(Placeholders.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "$", "$[1+2]", "$$${a}", "$${n}", "${}", "${a b}", "$((x))", "$[yyyy", "${a"})
    void p21SeesThatThereAreNone(String text) {
        assertThat(Placeholders.in(text)).isFalse();
    }

    @Test
    void p23SubstitutesIntoTextsOnlyWhereverTheyStand() throws Exception {
        JsonNode parameter = json("""
                {"${a}": "${a}", "n": 1.50, "b": true, "z": null, "list": ["x", "${a}", {"deep": ["$[yyyy]", 7]}],
                 "kept": {"plain": "text", "${k}": [1, 2]}, "last": "$${a}"}""");

        JsonNode resolved = given().user("a", "1").parameter(node -> node.parameter(parameter));

        assertThat(resolved).isEqualTo(JsonCopy.of(json("""
                                {"${a}": "1", "n": 1.50, "b": true, "z": null, "list": ["x", "1", {"deep": ["2017", 7]}],
                                 "kept": {"plain": "text", "${k}": [1, 2]}, "last": "${a}"}""")));
        assertThat(resolved.fieldNames()).toIterable().containsExactly("${a}", "n", "b", "z", "list", "kept", "last");
    }

    @Test
    void deepTextsStayWhereTheyAreTooDeep() {
        int deep = TemplateParser.DEEPEST;
        String allowed = "${x".repeat(deep - 1) + "${a}" + "}".repeat(deep - 1);
        String tooDeep = "${x".repeat(deep) + "${a}" + "}".repeat(deep);

        assertThat(given().run("a", "1").text(allowed)).isEqualTo(allowed.replace("${a}", "1"));
        assertThat(given().run("a", "1").text(tooDeep)).isEqualTo(tooDeep);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
