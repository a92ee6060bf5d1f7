package dev.remora.internal.param;

import static dev.remora.internal.param.Substitutions.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.error.Problem;
import org.junit.jupiter.api.Test;

class OutputsTest {
    @Test
    void p16TheLongestNodeNameThatFitsCounts() {
        Substitutions run = given().upstream("a")
                .upstream("a.b")
                .output("a", "b.c", "of a")
                .output("a", "x.c", "of a, too")
                .output("a.b", "c", "of a.b")
                .output("a.b", "c.d", "dotted key");

        assertThat(run.text("${nodes.a.b.c} ${nodes.a.x.c} ${nodes.a.b.c.d}")).isEqualTo("of a.b of a, too dotted key");
    }

    @Test
    void p16WhatIsUnknownStays() {
        Substitutions run = given().upstream("a").output("a", "x", "1");
        String text = "${nodes.a.y} ${nodes.b.x} ${nodes.a} ${nodes.a.} ${nodes..x} ${nodes.} ${nodes.A.x}";

        assertThat(run.text(text)).isEqualTo(text);
        assertThat(run.problems(text)).isEmpty();
    }

    @Test
    void p16ValuesOfPeopleMayReferToOutputs() {
        Substitutions run = given().upstream("a")
                .output("a", "x", "1")
                .output("a", "key", "x")
                .user("p", "<${nodes.a.x}>")
                .run("q", "${p}${nodes.a.${nodes.a.key}}");

        assertThat(run.text("${q} $[yyyyMMdd-${nodes.a.x}]")).isEqualTo("<1>1 20171010");
    }

    @Test
    void anyAncestorMayBeReferredTo() {
        Substitutions run = given().node("far").node("near", "far").upstream("nearest", "near");

        assertThat(run.problems("${nodes.far.x} ${nodes.near.x} ${nodes.nearest.y}"))
                .isEmpty();
    }

    @Test
    void aNodeThatIsNotUpstreamIsRefused() {
        Substitutions run = given().upstream("a").node("b");

        assertThat(run.problems("${nodes.a.x} ${nodes.b.rows} ${nodes.it.x}"))
                .extracting(Problem::toString)
                .containsExactly(
                        "nodes[2].parameter.text: refers to ${nodes.b.rows}, but node b is not upstream of it;"
                                + " let it depend on it, directly or by way of others",
                        "nodes[2].parameter.text: refers to ${nodes.it.x}, but node it is not upstream of it;"
                                + " let it depend on it, directly or by way of others");
    }

    @Test
    void aNodeThatIsNotUpstreamIsRefusedByWayOfParametersToo() {
        assertThat(given().node("b").user("p", "${nodes.b.rows}").problems("${p}"))
                .hasSize(1);
        assertThat(given().node("b").run("which", "b").problems("${nodes.${which}.rows}"))
                .hasSize(1);
        assertThat(given().node("b").run("which", "b").problems("$[yyyy'${nodes.${which}.rows}']"))
                .hasSize(1);
        assertThat(given().node("b").user("p", "${nodes.b.rows}").problems("$${p}"))
                .isEmpty();
    }
}
