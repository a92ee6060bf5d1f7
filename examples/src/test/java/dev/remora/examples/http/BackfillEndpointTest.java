package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.examples.http.HttpFixture.Answer;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionType;
import dev.remora.model.FailurePolicy;
import dev.remora.model.PlannedRun;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /executors} with {@code execType=COMPLEMENT_DATA}. */
class BackfillEndpointTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");

    @TempDir
    private Path directory;

    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(directory);
        http.remora()
                .workflows()
                .save(
                        "shop",
                        "nightly",
                        Workflow.builder()
                                .node("a", "ECHO", node -> node.parameter("say", "$[yyyyMMdd]"))
                                .node("b", "ECHO", node -> node.after("a").parameter("say", "b"))
                                .build());
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Answer post(String schedule, String... more) {
        List<String> form = new ArrayList<>(List.of(
                "projectName", "shop", "workflowName", "nightly", "execType", "COMPLEMENT_DATA", "schedule", schedule));
        form.addAll(List.of(more));
        return http.postForm("/executors", form.toArray(String[]::new));
    }

    private Backfill backfill(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return http.remora()
                .backfills()
                .find(answer.json().get("backfillId").asLong())
                .orElseThrow();
    }

    @Test
    void everyTimeHasItsRunAndTheirIdsAreKnownAtOnce() throws InterruptedException {
        Answer answer = post("{\"startDate\":%d,\"endDate\":%d,\"cron\":\"0 0 2 * * ?\",\"timezone\":\"UTC\"}"
                .formatted(FIRST.toEpochMilli(), FIRST.plus(Duration.ofDays(4)).toEpochMilli()));

        Backfill backfill = backfill(answer);
        List<Long> ids = new ArrayList<>();
        answer.json().get("execIds").forEach(id -> ids.add(id.asLong()));
        assertThat(backfill.runs())
                .extracting(PlannedRun::time)
                .containsExactlyElementsOf(List.of(0, 1, 2, 3, 4).stream()
                        .map(day -> FIRST.plus(Duration.ofDays(day)))
                        .toList());
        assertThat(backfill.runs()).extracting(PlannedRun::execId).isEqualTo(ids);
        for (PlannedRun run : backfill.runs()) {
            Execution end = http.remora()
                    .query()
                    .await(run.execId(), Duration.ofSeconds(30))
                    .orElseThrow();
            assertThat(end.status()).isEqualTo(Status.SUCCESS);
            assertThat(end.type()).isEqualTo(ExecutionType.COMPLEMENT_DATA);
            JsonNode shown = http.get("/executors/" + run.execId()).json().get(0);
            assertThat(shown.get("scheduleTime").asLong()).isEqualTo(run.time().toEpochMilli());
        }
        assertThat(http.get("/executors/" + ids.get(4) + "-a/logs")
                        .json()
                        .get("content")
                        .toString())
                .isEqualTo("[\"20260105\"]");
    }

    @Test
    void everythingReachesTheBackfill() {
        BackfillRequest request = backfill(post(
                        """
                        {"startDate": "2026-01-01T00:00:00+01:00", "endDate": "2026-01-03T00:00:00Z",
                         "crontab": "0 0 3 * * ?", "timezone": "Europe/Berlin", "parallel": 2, "order": "DESCENDING",
                         "scope": "MISSING", "stopOnFailure": true, "attempts": 3}
                        """, "nodeName", "a", "failurePolicy", "CONTINUE", "timeout", "60", "params", "{\"k\":\"v\"}"))
                .request();

        assertThat(request)
                .isEqualTo(BackfillRequest.builder(
                                "shop",
                                "nightly",
                                Instant.parse("2025-12-31T23:00:00Z"),
                                Instant.parse("2026-01-03T00:00:00Z"))
                        .cron("0 0 3 * * ?")
                        .zone(ZoneId.of("Europe/Berlin"))
                        .parallel(2)
                        .order(BackfillOrder.DESCENDING)
                        .scope(BackfillScope.MISSING)
                        .stopOnFailure(true)
                        .attempts(3)
                        .nodes("a")
                        .failurePolicy(FailurePolicy.CONTINUE)
                        .timeout(Duration.ofSeconds(60))
                        .param("k", "v")
                        .build());
    }

    @Test
    void theWorkflowsScheduleSaysWhenIfTheRequestDoesNot() {
        http.remora()
                .schedules()
                .save(Schedule.builder("shop", "nightly", "0 0 12 * * ?")
                        .zone(ZoneId.of("UTC"))
                        .online(false)
                        .build());

        assertThat(backfill(post("{\"startDate\": \"2026-01-01T00:00:00Z\", \"endDate\": \"2026-01-02T00:00:00Z\"}"))
                        .runs())
                .extracting(PlannedRun::time)
                .containsExactly(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    | schedule | is missing
                    7 | schedule | must be a JSON object
                    {} | schedule.startDate | is missing
                    {"startDate": 1} | schedule.endDate | is missing
                    {"startDate": "monday", "endDate": 2} | schedule.startDate | epoch milliseconds
                    {"startDate": 1e99, "endDate": 2} | schedule.startDate | epoch milliseconds
                    {"startDate": 99999999999999999999, "endDate": 2} | schedule.startDate | epoch milliseconds
                    {"startDate": 1, "endDate": 2, "speed": 3} | schedule.speed | is no field
                    {"startDate": 1, "endDate": 2, "parallel": "2"} | schedule.parallel | whole number
                    {"startDate": 1, "endDate": 2, "parallel": 99999999999} | schedule.parallel | whole number
                    {"startDate": 1, "endDate": 2, "order": "UP"} | schedule.order | ASCENDING, DESCENDING
                    {"startDate": 1, "endDate": 2, "waits": 1} | schedule.waits | true or false
                    {"startDate": 1, "endDate": 2, "cron": 1} | schedule.cron | text
                    {"startDate": 1, "endDate": 2, "cron": "a", "crontab": "b"} | schedule.crontab | another name
                    {"startDate": 1, "endDate": 2, "timezone": "Moon"} | schedule.timezone | time zone
                    {"startDate": 1, "endDate": 2} | schedule.cron | has no schedule
                    {"startDate": 1, "endDate": 2, "cron": "x"} | schedule.cron | Quartz
                    {"startDate": 1, "endDate": 2, "cron": "0 0 0 1 1 ?"} | schedule.cron | does not fire
                    {"startDate": 2, "endDate": 1, "cron": "* * * * * ?"} | schedule.endDate | before from
                    {"startDate": 1, "endDate": 2, "cron": "* * * * * ?", "parallel": 0} | schedule.parallel | 1 to 10000
                    """)
    void aBadScheduleIsAnsweredWithWhatIsWrong(String schedule, String problem, String message) {
        Answer answer = post(schedule == null ? "" : schedule);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("problems")).anySatisfy(one -> {
            assertThat(one.get("path").asText()).isEqualTo(problem);
            assertThat(one.toString()).contains(message);
        });
        assertThat(http.remora().backfills().list("shop", 0, 10)).isEmpty();
    }

    @Test
    void tooManyTimesAreRefused() {
        Answer answer = post("{\"startDate\": 0, \"endDate\": 99999999, \"cron\": \"* * * * * ?\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("message").asText()).contains("BACKFILL_TIMES");
    }
}
