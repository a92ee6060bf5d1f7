package dev.remora.internal.param;

import static dev.remora.internal.param.Substitutions.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimeExpressionTest {
    private static final String STAYS = "\0";

    private static Arguments row(String text, String result) {
        return Arguments.of(Substitutions.BASE, text, result);
    }

    private static Arguments stays(String text) {
        return Arguments.of(Substitutions.BASE, text, STAYS);
    }

    private static Arguments on(String base, String text, String result) {
        return Arguments.of(at(base, "UTC"), text, result);
    }

    private static Arguments berlin(String base, String text, String result) {
        return Arguments.of(at(base, "Europe/Berlin"), text, result);
    }

    private static Arguments berlinLater(String base, String text, String result) {
        return Arguments.of(at(base, "Europe/Berlin").withLaterOffsetAtOverlap(), text, result);
    }

    private static Arguments newYork(String base, String text, String result) {
        return Arguments.of(at(base, "America/New_York"), text, result);
    }

    private static Arguments apia(String base, String text, String result) {
        return Arguments.of(at(base, "Pacific/Apia"), text, result);
    }

    private static String epoch(String local) {
        return Long.toString(LocalDateTime.parse(local).toEpochSecond(ZoneOffset.UTC));
    }

    static Stream<Arguments> specification() {
        return Stream.of(
                row("$[yyyy]", "2017"),
                row("$[yyyy-MM-dd]", "2017-10-11"),
                row("$[HHmmss]", "030405"),
                row("$[yyyyMMdd-1]", "20171010"),
                row("$[yyyyMMdd+7*2]", "20171025"),
                row("$[yyyy-MM-dd-1]", "2017-10-10"),
                row("$[HHmmss+1/24]", "040405"),
                row("$[HHmmss-30/24/60]", "023405"),
                row("$[add_months(yyyyMMdd,-1)]", "20170911"),
                row("$[month_begin(yyyyMMdd,0)]", "20171001"),
                row("$[month_end(yyyyMMdd,0)]", "20171031"),
                row("$[week_begin(yyyyMMdd,0)]", "20171009"),
                row("$[week_end(yyyyMMdd,0)]", "20171015"),
                row("$[timestamp(yyyyMMdd000000)]", epoch("2017-10-11T00:00:00")));
    }

    static Stream<Arguments> p1ExactFractionsOfADay() {
        return Stream.of(
                row("$[HHmmss+1/24/60]", "030505"),
                row("$[HHmmss+1/24/60/60]", "030406"),
                row("$[HHmmss-1/24/60/60]", "030404"),
                row("$[HHmmss+1/24/60/60/2]", "030405"),
                row("$[HHmmss-1/24/60/60/2]", "030405"),
                row("$[HHmmss+3/24/60/60/2]", "030406"),
                row("$[HHmmss-3/24/60/60/2]", "030404"),
                row("$[yyyyMMddHHmmss+7/2]", "20171014150405"),
                row("$[yyyyMMddHHmmss-7/2]", "20171007150405"),
                row("$[yyyyMMddHHmmss+1/7]", "20171011062947"),
                row("$[yyyyMMddHHmmss-1/7]", "20171010233823"),
                row("$[yyyyMMddHHmmss+1/3*3]", "20171012030405"),
                row("$[yyyyMMddHHmmss+1/3+1/3+1/3]", "20171012030405"),
                row("$[HHmm+15*1/24/60]", "0319"),
                row("$[HHmm+(1/24+30/24/60)]", "0434"),
                row("$[yyyyMMddHH+1/(2-1)]", "2017101203"),
                row("$[yyyyMMdd+2*(3-(1-4))]", "20171023"),
                row("$[yyyyMMdd+1+2-3]", "20171011"),
                row("$[yyyyMMdd-1+2]", "20171012"),
                row("$[yyyyMMdd-2*3]", "20171005"),
                row("$[yyyyMMdd-(2*3)]", "20171005"));
    }

    static Stream<Arguments> p2WhatIsATimeExpression() {
        return Stream.of(
                stays("$[n+1]"),
                stays("$[x]"),
                stays("$[a*2]"),
                stays("$[e-s]"),
                stays("$[1+2]"),
                stays("$[y]"),
                stays("$[y-M-d]"),
                stays("$[i++]"),
                stays("$[YYYY]"),
                stays("$[ww]"),
                stays("$['yyyy']"),
                stays("$['it''s yyyy']"),
                stays("$[]"),
                stays("$[ ]"),
                stays("$[count]"),
                stays("$[address]"),
                stays("$[foo(yyyyMMdd,1)]"),
                stays("$[ADD_MONTHS(yyyyMMdd,1)]"),
                stays("$[$mm+1]"),
                stays("$[$1+$2]"),
                stays("$[yyyy{MM}]"),
                stays("$[yyyy#]"),
                stays("$[yyyyMMddTHHmmss]"),
                stays("$[pHHmm]"),
                stays("$[ppppHHmm]"),
                stays("$[yyyyyyyyyyyy]"),
                row("$[SS]", "00"),
                row("$[dd]", "11"),
                row("$[mm*2]", "04*2"),
                row("$[hh]", "03"),
                row("$[ss]", "05"),
                row("$[DD]", "284"),
                row("$[DDD]", "284"),
                row("$[uuuu]", "2017"),
                row("$[yyyy-M-d]", "2017-10-11"),
                row("$[add_months(M,1)]", "11"));
    }

    static Stream<Arguments> p3Blanks() {
        return Stream.of(
                row("$[ yyyyMMdd ]", "20171011"),
                row("$[yyyyMMdd - 1]", "20171010"),
                row("$[yyyyMMdd -1 ]", "20171010"),
                row("$[\tyyyyMMdd\n+ 7 * ( 1 + 1 ) ]", "20171025"),
                row("$[yyyy-MM-dd HH:mm:ss]", "2017-10-11 03:04:05"),
                row("$[yyyy-MM-dd HH:mm - 1 / 24]", "2017-10-11 02:04"),
                row("$[add_months(yyyyMMdd, -1)]", "20170911"),
                row("$[ add_months( yyyyMMdd , - 1 ) ]", "20170911"),
                row("$[timestamp( yyyyMMddHHmmss )]", epoch("2017-10-11T03:04:05")),
                row("$[yyyyMMdd' ' - 1]", "20171010 "),
                stays("$[yyyyMMdd - 1 1]"));
    }

    static Stream<Arguments> p4WhereTheOffsetStarts() {
        return Stream.of(
                row("$[yyyy-01-01]", "2017"),
                on("2017-01-01T00:00:00", "$[yyyy-01-01]", "2016"),
                row("$[yyyy'-01-01']", "2017-01-01"),
                row("$[yyyy'-01-01'-365]", "2016-01-01"),
                row("$[yyyy年MM月dd日-1]", "2017年10月10日"),
                row("$[yyyy年MM月dd日]", "2017年10月11日"),
                row("$[yyyyMMdd000000]", "20171011000000"),
                row("$[yyyyMMdd000000-1]", "20171010000000"),
                row("$[yyyy-MM-dd 00:00:00]", "2017-10-11 00:00:00"),
                row("$[yyyy-MM-dd 00:00:00+1]", "2017-10-12 00:00:00"),
                row("$[yyyyMMdd+7-2]", "20171016"),
                row("$[yyyy'a-1'MM-1]", "2017a-110"),
                row("$[dd-MM-yyyy]", "11-10-2017"),
                row("$[yyyyMMdd-日-1]", "20171010-日"),
                row("$[yyyyMMdd-_]", "20171011-_"),
                row("$[yyyy/MM/dd]", "2017/10/11"),
                row("$[yyyy/MM/dd/]", "2017/10/11/"),
                row("$[(yyyy)]", "(2017)"));
    }

    static Stream<Arguments> p5Tails() {
        return Stream.of(
                stays("$[yyyyMMdd+]"),
                stays("$[yyyyMMdd-]"),
                stays("$[yyyyMMdd+1.5]"),
                stays("$[yyyyMMdd-1)]"),
                stays("$[yyyyMMdd-(1]"),
                stays("$[yyyyMMdd+()]"),
                stays("$[yyyyMMdd+1*]"),
                stays("$[yyyyMMdd+*1]"),
                stays("$[yyyyMMdd+1/0]"),
                stays("$[yyyyMMdd+1/(1-1)]"),
                stays("$[yyyyMMdd+999999999999999999*999999999999999999]"),
                stays("$[yyyyMMdd+999999999999999999]"),
                stays("$[yyyyMMdd+9999999999999999999]"),
                stays("$[yyyyMMdd+100000*365]"),
                stays("$[yyyyMMdd-3000*365]"),
                stays("$[yyyyMMdd+08:00]"),
                stays("$[add_months(yyyyMMdd,99999999999)]"),
                stays("$[add_months(yyyyMMdd,95795)]"),
                stays("$[yyyyMMdd-T]"),
                row("$[yyyyMMdd*2]", "20171011*2"),
                row("$[yyyyMMdd/2]", "20171011/2"),
                row("$[yyyyMMdd*2-1]", "20171010*2"),
                row("$[yyyyMMdd+-1]", "20171010"),
                row("$[yyyyMMdd--1]", "20171012"),
                row("$[yyyyMMdd+7*-2]", "20170927"),
                row("$[yyyyMMdd-d]", "20171011-11"),
                row("$[yyyyMMdd-n]", "20171011-0"),
                on("9999-12-31T00:00:00", "$[yyyyMMdd]", "99991231"),
                on("9999-12-31T00:00:00", "$[yyyyMMdd+1]", STAYS));
    }

    static Stream<Arguments> p6BracketsAndQuotes() {
        return Stream.of(
                row("$[yyyy']'MM]", "2017]10"),
                row("$[yyyy']']]", "2017]]"),
                row("$[yyyy]]", "2017]"),
                row("$[yyyy''MM]", "2017'10"),
                row("$[yyyy'o''clock']", "2017o'clock"),
                row("$[yyyy'['MM']']", "2017[10]"),
                row("$[yyyy'$[']", "2017$["),
                row("$[yyyy'T'HH]", "2017T03"),
                stays("$[yyyy[MM]"),
                stays("$[yyyy[MM]]"),
                stays("$[yyyy"),
                stays("$[yyyy'MM]"),
                stays("$["),
                stays("$"),
                stays("$[yyyy']"),
                row("$[ $[yyyy] ]", "$[ 2017 ]"),
                row("$[it's $[yyyy]", "$[it's 2017"),
                row("$[$[$[yyyy]", "$[$[2017"),
                row("$[1+2]$[yyyy]", "$[1+2]2017"));
    }

    static Stream<Arguments> p7Locale() {
        return Stream.of(
                row("$[EEE dd]", "Wed 11"),
                row("$[MMM dd]", "Oct 11"),
                row("$[hh a]", "03 AM"),
                row("$[YYYY-'W'ww-e-dd]", "2017-W41-3-11"),
                on("2021-01-01T00:00:00", "$[YYYY'W'ww dd]", "2020W53 01"),
                on("2018-12-31T00:00:00", "$[YYYY'W'ww dd]", "2019W01 31"),
                on("2021-01-03T00:00:00", "$[e dd]", "7 03"),
                berlin("2017-10-11T03:04:05", "$[HHXXX]", "03+02:00"),
                berlin("2017-12-11T03:04:05", "$[HH VV]", "03 Europe/Berlin"),
                berlin("2017-12-11T03:04:05", "$[HH z]", "03 CET"));
    }

    static Stream<Arguments> p8SummerTime() {
        return Stream.of(
                // the gap of 2017-03-26, from 02:00 to 03:00
                berlin("2017-03-27T02:30:00", "$[yyyyMMddHHmm-1]", "201703260330"),
                berlin("2017-03-25T02:30:00", "$[yyyyMMddHHmm+1]", "201703260330"),
                berlin("2017-03-25T12:00:00", "$[yyyyMMddHHmm+1]", "201703261200"),
                berlin("2017-03-25T12:00:00", "$[yyyyMMddHHmm+24/24]", "201703261200"),
                berlin("2017-03-25T12:00:00", "$[yyyyMMddHHmm+23/24]", "201703261200"),
                berlin("2017-03-26T01:30:00", "$[yyyyMMddHHmm+1/24]", "201703260330"),
                berlin("2017-03-26T03:30:00", "$[yyyyMMddHHmm-1/24]", "201703260130"),
                berlin("2017-03-25T01:30:00", "$[yyyyMMddHHmm+25/24]", "201703260330"),
                berlin("2017-04-26T02:30:00", "$[add_months(yyyyMMddHHmm,-1)]", "201703260330"),
                berlin("2017-03-20T02:30:00", "$[week_end(yyyyMMddHHmm,0)]", "201703260330"),
                berlin("2017-03-20T00:00:00", "$[timestamp(yyyyMM26023000)]", "1490491800"),
                // the overlap of 2017-10-29, from 03:00 back to 02:00
                berlin("2017-10-28T02:30:00", "$[HHmm XXX+1]", "0230 +02:00"),
                berlin("2017-10-30T02:30:00", "$[HHmm XXX-1]", "0230 +01:00"),
                berlin("2017-10-29T01:30:00", "$[HHmm XXX+1/24]", "0230 +02:00"),
                berlin("2017-10-29T01:30:00", "$[HHmm XXX+2/24]", "0230 +01:00"),
                berlin("2017-10-29T02:30:00", "$[HHmm XXX]", "0230 +02:00"),
                berlinLater("2017-10-29T02:30:00", "$[HHmm XXX]", "0230 +01:00"),
                berlinLater("2017-10-29T02:30:00", "$[add_months(HHmm XXX,0)]", "0230 +01:00"),
                berlin("2017-10-29T02:30:00", "$[timestamp(yyyyMMddHHmmss)]", "1509237000"),
                berlinLater("2017-10-29T02:30:00", "$[timestamp(yyyyMMddHHmmss)]", "1509240600"),
                berlin("2017-10-28T12:00:00", "$[timestamp(yyyyMMdd023000+1)]", "1509237000"),
                berlin("2017-10-28T12:00:00", "$[yyyyMMddHHmm+1]", "201710291200"),
                newYork("2017-03-11T02:30:00", "$[yyyyMMddHHmm+1]", "201703120330"),
                newYork("2017-03-12T01:59:59", "$[HHmmss+1/24/60/60]", "030000"),
                newYork("2017-11-04T01:30:00", "$[HHmm XXX+1]", "0130 -04:00"),
                newYork("2017-11-06T01:30:00", "$[HHmm XXX-1]", "0130 -05:00"),
                newYork("2017-11-05T00:30:00", "$[HHmm XXX+2/24]", "0130 -05:00"),
                newYork("2017-03-12T12:00:00", "$[timestamp(yyyyMMdd023000)]", "1489303800"),
                // Apia had no 30 December 2011
                apia("2011-12-31T10:00:00", "$[yyyyMMddHH-1]", "2011123110"),
                apia("2011-12-29T10:00:00", "$[yyyyMMddHH+1]", "2011123110"),
                apia("2011-12-29T10:00:00", "$[yyyyMMddHH+2]", "2011123110"),
                apia("2011-12-29T23:00:00", "$[yyyyMMddHH+1/24]", "2011123100"),
                apia("2011-12-31T00:00:00", "$[yyyyMMddHH-1/24]", "2011122923"),
                apia("2011-11-30T10:00:00", "$[add_months(yyyyMMddHH,1)]", "2011123110"));
    }

    static Stream<Arguments> p9TimeOfDayAndMonthEnds() {
        return Stream.of(
                row("$[month_begin(yyyyMMddHHmmss,0)]", "20171001030405"),
                row("$[month_end(yyyyMMddHHmmss,0)]", "20171031030405"),
                row("$[week_begin(yyyyMMddHHmmss,0)]", "20171009030405"),
                row("$[week_end(yyyyMMddHHmmss,0)]", "20171015030405"),
                row("$[add_months(yyyyMMddHHmmss,1)]", "20171111030405"),
                on("2017-03-31T00:00:00", "$[add_months(yyyyMMdd,-1)]", "20170228"),
                on("2016-03-31T00:00:00", "$[add_months(yyyyMMdd,-1)]", "20160229"),
                on("2016-02-29T00:00:00", "$[add_months(yyyyMMdd,12)]", "20170228"),
                on("2016-02-29T00:00:00", "$[add_months(yyyyMMdd,48)]", "20200229"),
                on("2016-01-31T00:00:00", "$[add_months(yyyyMMdd,1)]", "20160229"),
                on("2000-02-10T00:00:00", "$[month_end(yyyyMMdd,0)]", "20000229"),
                on("1900-02-10T00:00:00", "$[month_end(yyyyMMdd,0)]", "19000228"),
                on("2016-02-28T00:00:00", "$[yyyyMMdd+1]", "20160229"),
                on("2017-02-28T00:00:00", "$[yyyyMMdd+1]", "20170301"),
                on("2017-12-31T00:00:00", "$[yyyyMMdd+1]", "20180101"),
                on("2017-12-31T00:00:00", "$[add_months(yyyyMM,-13)]", "201611"),
                on("2017-10-09T00:00:00", "$[week_begin(yyyyMMdd,0)]", "20171009"),
                on("2017-10-15T23:59:59", "$[week_begin(yyyyMMdd,0)]", "20171009"),
                on("2017-10-15T23:59:59", "$[week_end(yyyyMMdd,0)]", "20171015"),
                on("2018-01-01T00:00:00", "$[week_end(yyyyMMdd,0)]", "20180107"),
                row("$[month_begin(yyyyMMdd,-1)]", "20170930"),
                row("$[month_end(yyyyMMdd,1)]", "20171101"),
                row("$[week_begin(yyyyMMdd,-7)]", "20171002"),
                row("$[week_end(yyyyMMdd,+7)]", "20171022"));
    }

    static Stream<Arguments> p10Arguments() {
        return Stream.of(
                row("$[add_months(yyyyMMdd,12*1)]", "20181011"),
                row("$[add_months(yyyyMMdd,-(2+1))]", "20170711"),
                row("$[add_months(yyyyMMdd,7/2)]", "20180111"),
                row("$[add_months(yyyyMMdd,1/24)]", "20171011"),
                row("$[add_months(yyyyMMdd,7/2*2)]", "20180411"),
                row("$[add_months(yyyy,MM,1)]", "2017,11"),
                row("$[add_months(yyyyMMdd','HH,1)]", "20171111,03"),
                stays("$[add_months(yyyyMMdd)]"),
                stays("$[add_months(yyyyMMdd,)]"),
                stays("$[add_months(,1)]"),
                stays("$[add_months()]"),
                stays("$[add_months]"),
                stays("$[add_months(yyyyMMdd,x)]"),
                stays("$[add_months(yyyyMMdd,1.0)]"),
                stays("$[add_months(yyyyMMdd,1/0)]"),
                stays("$[add_months(yyyyMMdd-1,1)]"),
                stays("$[add_months(month_begin(yyyyMMdd,0),1)]"),
                stays("$[add_months(yyyyMMdd,1)-1]"),
                stays("$[add_months(yyyyMMdd,1)x]"),
                stays("$[add_months(yyyyMMdd,1]"),
                stays("$[month_begin(qqqqqqq,0)]"));
    }

    static Stream<Arguments> p11Timestamp() {
        return Stream.of(
                row("$[timestamp(yyyyMMddHHmmss)]", epoch("2017-10-11T03:04:05")),
                row("$[timestamp(yyyyMMdd000000-1)]", epoch("2017-10-10T00:00:00")),
                row("$[timestamp(yyyyMMddHHmmss+1/24)]", epoch("2017-10-11T04:04:05")),
                row("$[timestamp(month_begin(yyyyMMdd000000,0))]", epoch("2017-10-01T00:00:00")),
                row("$[timestamp(add_months(yyyyMMddHHmmss,-1))]", epoch("2017-09-11T03:04:05")),
                row("$[timestamp(20171011000000)]", epoch("2017-10-11T00:00:00")),
                on("1960-01-01T00:00:00", "$[timestamp(yyyyMMddHHmmss)]", "-315619200"),
                berlin("2017-10-11T00:00:00", "$[timestamp(yyyyMMdd000000)]", "1507672800"),
                stays("$[timestamp(yyyyMMdd)]"),
                stays("$[timestamp(yyyy-MM-dd HH:mm:ss)]"),
                stays("$[timestamp(yyyyMMdd250000)]"),
                stays("$[timestamp(yyyy1301000000)]"),
                stays("$[timestamp()]"),
                stays("$[timestamp(timestamp(yyyyMMddHHmmss))]"),
                stays("$[timestamp(yyyyMMddHHmmss,0)]"),
                stays("$[timestamp(yyyyMMddHHmmss)+1]"));
    }

    static Stream<Arguments> scriptsSurvive() {
        return Stream.of(
                stays("$((x+1))"),
                stays("${unset}"),
                stays("${unset:-default value}"),
                stays("${#list[@]} ${list[0]} $[${list[0]}+1]"),
                stays("awk '{print $1}' | sed 's/$/x/'"),
                stays("echo $? $$ $! $[i*2] $(date +%Y)"),
                stays("if [ $a = 1 ]; then b=$[b+1]; fi"),
                row("x=$[n+1]; d=$[yyyyMMdd]; y=$[n-1]", "x=$[n+1]; d=20171011; y=$[n-1]"));
    }

    @ParameterizedTest
    @MethodSource({
        "specification",
        "p1ExactFractionsOfADay",
        "p2WhatIsATimeExpression",
        "p3Blanks",
        "p4WhereTheOffsetStarts",
        "p5Tails",
        "p6BracketsAndQuotes",
        "p7Locale",
        "p8SummerTime",
        "p9TimeOfDayAndMonthEnds",
        "p10Arguments",
        "p11Timestamp",
        "scriptsSurvive"
    })
    void givesWhatTheTableSays(ZonedDateTime base, String text, String result) {
        String expected = result.equals(STAYS) ? text : result;
        assertThat(Substitutions.given().at(base).text(text)).isEqualTo(expected);
        assertThat(Substitutions.given().at(base).text("<" + text + ">")).isEqualTo("<" + expected + ">");
    }
}
