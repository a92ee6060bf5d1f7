package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.examples.http.HttpFixture.Answer;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is said by status, code, message and path, and changes nothing. */
class ApiErrorTest {
    @TempDir
    private static Path directory;

    private static HttpFixture http;

    /** Execution 1 has ended well, execution 2 holds. */
    @BeforeAll
    static void start() throws IOException, InterruptedException {
        http = new HttpFixture(directory);
        Workflow workflow = Workflow.builder().node("a", "VIRTUAL").build();
        http.remora().workflows().save("shop", "nightly", workflow);
        long ended = http.remora().executor().run(RunRequest.of("shop", "nightly"));
        http.remora().query().await(ended, Duration.ofSeconds(20));
        Workflow held = Workflow.builder().node("hold", "HOLD").build();
        http.remora().executor().runDirect(DirectRunRequest.of("shop", "held", held));
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | /executors | 400 | BAD_PARAMETER | projectName | missing
                    POST | /executors?projectName=shop | 400 | BAD_PARAMETER | workflowName | missing
                    POST | /executors?projectName=%20&workflowName=nightly | 400 | BAD_PARAMETER | projectName | missing
                    POST | /executors?projectName=shop&workflowName=none | 404 | NOT_FOUND | | no workflow none in project shop
                    POST | /executors?projectName=none&workflowName=nightly | 404 | NOT_FOUND | | no workflow nightly
                    POST | /executors?projectName=shop&workflowName=nightly&execType=direct | 400 | BAD_PARAMETER | execType | DIRECT, SCHEDULER, COMPLEMENT_DATA
                    POST | /executors?projectName=shop&workflowName=nightly&execType=SCHEDULER | 400 | BAD_PARAMETER | execType | only schedules start
                    POST | /executors?projectName=shop&workflowName=nightly&failurePolicy=STOP | 400 | BAD_PARAMETER | failurePolicy | END, CONTINUE, FINISH_RUNNING
                    POST | /executors?projectName=shop&workflowName=nightly&nodeDep=ALL | 400 | BAD_PARAMETER | nodeDep | NODE_ONLY, NODE_POST, NODE_PRE
                    POST | /executors?projectName=shop&workflowName=nightly&nodeName=b | 400 | VALIDATION | | b
                    POST | /executors?projectName=shop&workflowName=nightly&notifyType=SOME | 400 | BAD_PARAMETER | notifyType | NONE, SUCCESS, FAILURE, ALL
                    POST | /executors?projectName=shop&workflowName=nightly&notifyMails=%5B1%5D | 400 | BAD_PARAMETER | notifyMails | array of texts
                    POST | /executors?projectName=shop&workflowName=nightly&notifyMails=%5B%22a%22 | 400 | BAD_PARAMETER | notifyMails | is no JSON
                    POST | /executors?projectName=shop&workflowName=nightly&notifyMails=nobody | 400 | VALIDATION | notifyMails | no mail address
                    POST | /executors?projectName=shop&workflowName=nightly&timeout=0 | 400 | BAD_PARAMETER | timeout | 1 to 31536000
                    POST | /executors?projectName=shop&workflowName=nightly&timeout=1.5 | 400 | BAD_PARAMETER | timeout | whole number
                    POST | /executors?projectName=shop&workflowName=nightly&timeout=99999999999999999999 | 400 | BAD_PARAMETER | timeout | 1 to 31536000
                    POST | /executors?projectName=shop&workflowName=nightly&schedule=%5B%5D | 400 | BAD_PARAMETER | schedule | JSON object
                    POST | /executors?projectName=shop&workflowName=nightly&failurepolicy=END | 400 | BAD_PARAMETER | failurepolicy | no parameter of this request
                    POST | /executors?projectName=shop&workflowName=nightly&timeout=1&timeout=2 | 400 | BAD_PARAMETER | timeout | twice
                    POST | /executors?projectName=shop&workflowName=nightly&params=%7B%22a%22:1%7D | 400 | BAD_PARAMETER | params | no text
                    POST | /executors?projectName=shop&workflowName=nightly&priority=11 | 400 | BAD_PARAMETER | priority | 1 to 10
                    POST | /executors?projectName=%FF | 400 | MALFORMED_REQUEST | | UTF-8
                    GET | /executors?size=0 | 400 | BAD_PARAMETER | size | 1 to 1000
                    GET | /executors?size=1001 | 400 | BAD_PARAMETER | size | 1 to 1000
                    GET | /executors?from=-1 | 400 | BAD_PARAMETER | from | 0 to 2147483647
                    GET | /executors?from=x | 400 | BAD_PARAMETER | from | whole number
                    GET | /executors?status=10 | 400 | BAD_PARAMETER | status | 9 SKIPPED
                    GET | /executors?status=RUNNING | 400 | BAD_PARAMETER | status | is "RUNNING"; it must be a whole number, or
                    GET | /executors?status=%5B%223%22%5D | 400 | BAD_PARAMETER | status | JSON array of
                    GET | /executors?workflowName=%5B3%5D | 400 | BAD_PARAMETER | workflowName | array of texts
                    GET | /executors?startDate=2&endDate=1 | 400 | VALIDATION | startDate | is after
                    GET | /executors?startDate=yesterday | 400 | BAD_PARAMETER | startDate | whole number
                    GET | /executors?after=1 | 400 | BAD_PARAMETER | after | next
                    GET | /executors?page=2 | 400 | BAD_PARAMETER | page | no parameter of this request
                    GET | /executors/999 | 404 | NOT_FOUND | | no execution 999
                    GET | /executors/0 | 400 | BAD_PARAMETER | execId | number
                    GET | /executors/abc | 400 | BAD_PARAMETER | execId | number
                    GET | /executors/9999999999999999999 | 400 | BAD_PARAMETER | execId | 1 to 18 digits
                    GET | /executors/1-b/logs | 404 | NOT_FOUND | | no job 1-b
                    GET | /executors/1/logs | 404 | NOT_FOUND | | no job 1
                    GET | /executors/1-a/logs?size=1001 | 400 | BAD_PARAMETER | size | 1 to 1000
                    GET | /executors/1-a/logs?size=0 | 400 | BAD_PARAMETER | size | 1 to 1000
                    GET | /executors/1-a/logs?from=-1 | 400 | BAD_PARAMETER | from | 0 to
                    GET | /executors/1-a/logs?regex=%28 | 400 | VALIDATION | regex | Unclosed group
                    GET | /executors/1-a/logs?regex=a&query=b | 400 | VALIDATION | query | takes one of them
                    GET | /executors/1-a/logs?marks=1 | 400 | BAD_PARAMETER | marks | true or false
                    POST | /executors/999/kill | 404 | NOT_FOUND | | no execution 999
                    POST | /executors/x/kill | 400 | BAD_PARAMETER | execId | number
                    POST | /executors/1/kill?force=true | 400 | BAD_PARAMETER | force | no parameter
                    POST | /executors/999/pause | 404 | NOT_FOUND | | no execution 999
                    POST | /executors/1/pause | 409 | WRONG_STATE | | execution 1 is SUCCESS
                    POST | /executors/1/resume | 409 | WRONG_STATE | | execution 1 is SUCCESS
                    POST | /executors/2/rerun | 409 | WRONG_STATE | | execution 2 is RUNNING
                    POST | /executors/1/rerun | 409 | WRONG_STATE | | execution 1 is SUCCESS
                    POST | /executors/1/rerun?scope=ALL&nodeName=a | 400 | VALIDATION | nodeName | nodeName: is given with scope ALL
                    POST | /executors/1/rerun?scope=FROM_NODE | 400 | VALIDATION | nodeName | nodeName: is missing
                    POST | /executors?projectName=shop&workflowName=nightly&execType=COMPLEMENT_DATA&schedule=%7B%22startDate%22:1000,%22endDate%22:0%7D | 400 | VALIDATION | schedule.endDate | schedule.endDate: is 1970
                    POST | /executors?projectName=shop&workflowName=nightly&execType=COMPLEMENT_DATA&schedule=%7B%22startDate%22:0,%22endDate%22:1000,%22cron%22:%22x%22%7D | 400 | VALIDATION | schedule.cron | schedule.cron: is x
                    POST | /executors/1/rerun?nodeName=zzz | 400 | VALIDATION | | zzz
                    POST | /executors/1/rerun?scope=SOME | 400 | BAD_PARAMETER | scope | FAILED_PART, FROM_NODE, ALL
                    GET | /nothing | 404 | NOT_FOUND | | nothing at this path
                    GET | /executors/ | 400 | BAD_PARAMETER | execId | number
                    DELETE | /executors/1 | 405 | WRONG_METHOD | | GET
                    GET | /executors/1/kill | 405 | WRONG_METHOD | | POST
                    PUT | /executors | 405 | WRONG_METHOD | | GET, POST
                    GET | /executors/1-%C3%28/logs | 400 | MALFORMED_REQUEST | | UTF-8
                    GET | /page/executions/999/states | 404 | NOT_FOUND | | no execution 999
                    GET | /page/executions/1/nodes/b | 404 | NOT_FOUND | | no job 1-b
                    PUT | /workflows/shop/nightly | 415 | WRONG_CONTENT_TYPE | | application/zip
                    """)
    void aBadRequestIsAnsweredWithWhatIsWrong(
            String method, String path, int status, String code, String problem, String message) {
        Answer answer =
                http.send(HttpRequest.newBuilder(http.uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode error = answer.json();
        assertThat(error.get("status").asInt()).isEqualTo(status);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).contains(message);
        if (problem != null) {
            assertThat(error.get("problems"))
                    .anySatisfy(one -> assertThat(one.get("path").asText()).isEqualTo(problem));
        }
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        Answer json = http.send(HttpRequest.newBuilder(http.uri("/executors"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        Answer form = http.postForm("/executors/direct", "projectName", "shop");

        assertThat(json.status()).isEqualTo(415);
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.json().get("message").asText()).contains("multipart/form-data");
    }
}
