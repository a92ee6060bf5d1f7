package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.RemoraSession;
import dev.remora.model.AccessRight;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page for people, in a real browser. Where there is none, all of this is left out, and said to be. Screenshots are
 * in {@code target/screenshots}.
 */
class PageTest {
    private static final String SCRIPT = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    private static final String END = "END";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @TempDir
    private static Path directory;

    private static final BlockingQueue<String> SPOKEN = new LinkedBlockingQueue<>();
    private static HttpFixture http;
    private static Browser browser;

    private Tab tab;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Browser.program();
        if (program.isEmpty()) {
            String left =
                    "LEFT OUT: every check of the page in a real browser (PageTest), as there is no Chromium on the"
                            + " path; -Dremora.browser=PROGRAM names one";
            System.out.println(left);
            Assumptions.abort(left);
        }
        http = new HttpFixture(
                directory,
                Users.everybodyIs("ada " + SCRIPT),
                HttpLimits.DEFAULT,
                builder -> builder.java("SPEAK", JavaJob.of(PageTest::speak)).java("HOSTILE", PageTest::hostile));
        browser = Browser.start(program.get());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            http.close();
        }
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        assertThat(tab.eval("window.hacked === undefined").asBoolean()).isTrue();
        assertThat(tab.troubles()).isEmpty();
    }

    @Test
    void theListShowsWhatTheFilterLetsPass() throws IOException, InterruptedException {
        long good = ended(run("list_good", FailurePolicy.END, Workflow.builder().node("a", "VIRTUAL")));
        long bad = ended(run("list_bad", FailurePolicy.END, Workflow.builder().node("a", "FAIL")));
        tab = open("#/?workflow=list_");

        tab.until("document.querySelectorAll('tbody tr').length === 2");
        tab.screenshot(SCREENSHOTS.resolve("list.png"));
        tab.click("button[data-state='6']");
        tab.until("document.querySelectorAll('tbody tr').length === 1");
        assertThat(tab.text("tbody tr .id")).isEqualTo(Long.toString(bad));
        assertThat(tab.text("tbody tr .chip")).isEqualTo("Failed");
        tab.fill("input[name=workflow]", "list_good");
        tab.until("!document.querySelector('.empty').hidden");
        tab.click("button[data-state='6']");
        tab.until("document.querySelector('tbody tr .id')?.innerText === '" + good + "'");
        tab.click("tbody tr a");
        tab.until("document.querySelector('h1')?.innerText.includes('list_good')");
    }

    @Test
    void aLongListIsReadPageByPage() throws InterruptedException {
        for (int i = 0; i < 55; i++) {
            ended(run("page_" + i, FailurePolicy.END, Workflow.builder().node("a", "VIRTUAL")));
        }
        tab = open("#/?workflow=page_");

        tab.until("document.querySelectorAll('tbody tr').length === 50");
        assertThat(tab.text(".list > .bar")).contains("50 of 55");
        tab.click(".list > .bar button:last-child");
        tab.until("document.querySelectorAll('tbody tr').length === 5");
        assertThat(tab.text("tbody tr:last-child")).contains("page_0");
        tab.click(".list > .bar button");
        tab.until("document.querySelectorAll('tbody tr').length === 50");
    }

    @Test
    void whatOthersWriteIsShownAsText() throws InterruptedException {
        long execId = ended(run(
                "hostile",
                FailurePolicy.END,
                Workflow.builder()
                        .node("a", "HOSTILE", node -> node.desc(SCRIPT).parameter("say", SCRIPT))
                        .node("b", "FAIL", node -> node.after("a").desc(SCRIPT))));
        tab = open("#/e/" + execId + "?node=a");

        tab.until("document.querySelector('.lines')?.innerText.includes('onerror')");
        tab.until("document.querySelector('.facts')?.innerText.includes('onerror')");
        tab.click(".panel summary");
        assertThat(tab.text(".panel details")).contains(SCRIPT, "javascript:window.hacked=1");
        assertThat(tab.eval("document.querySelectorAll('.panel details a').length")
                        .asInt())
                .as("links to cluster applications")
                .isEqualTo(1);
        assertThat(tab.text("#who")).isEqualTo("ada " + SCRIPT);
        assertThat(tab.eval("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        tab.fill(".log input[type=search]", "<img");
        tab.until("document.querySelector('.lines mark')?.innerText === '<img'");
        tab.go("#/?user=" + HttpFixture.encode("ada " + SCRIPT).replace("+", "%20"));
        tab.until("document.querySelector('tbody tr')");
        tab.go("#/e/" + execId + "?node=" + HttpFixture.encode(SCRIPT) + "&tab=" + HttpFixture.encode(SCRIPT));
        tab.until("document.querySelector('canvas')");
        tab.go("#/e/999999");
        tab.until("document.querySelector('#notice').innerText.includes('no execution 999999')");
        // why: the browser itself notes each answer that is an error
        assertThat(tab.troubles())
                .isNotEmpty()
                .allSatisfy(trouble -> assertThat(trouble).contains("status of 404"));
        tab = open("");
    }

    @Test
    void anExecutionIsSteeredByItsButtons() throws IOException, InterruptedException {
        long execId = run(
                "steered",
                FailurePolicy.END,
                Workflow.builder()
                        .node("speak", "SPEAK")
                        .node("fetch", "COUNT", node -> node.parameter("to", "3"))
                        .node("join", "VIRTUAL", node -> node.after("speak", "fetch"))
                        .node("report", "ECHO", node -> node.after("join").parameter("say", "done")));
        tab = open("#/e/" + execId);

        tab.click("[data-action=pause]");
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Paused'");
        tab.screenshot(SCREENSHOTS.resolve("execution.png"));
        tab.click("[data-action=resume]");
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Running'");
        tab.click("[data-action=kill]");
        tab.until("document.querySelector('dialog[open] [data-yes]')");
        assertThat(status(execId)).as("before it is confirmed").isEqualTo(Status.RUNNING);
        tab.click("dialog [data-yes]");
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Killed'");
        assertThat(status(execId)).isEqualTo(Status.KILL);
        tab.click("[data-action=rerun]");
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Running'");
        SPOKEN.put(END);
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Success'");
        tab.go("#/e/" + execId + "?node=join&tab=timeline");
        tab.click("[data-action=rerun-from]");
        tab.until("document.querySelector('.facts-line').innerText.includes('Round 3')");
        tab.until("document.querySelector('h1 ~ .chip').innerText === 'Success'");
    }

    @Test
    void whoMayOnlyReadSeesAllAndIsToldWhatIsRefused() throws IOException, InterruptedException {
        Path guarded = Files.createDirectory(directory.resolve("guarded"));
        try (HttpFixture other = new HttpFixture(
                guarded,
                Users.everybodyIs("eve"),
                HttpLimits.DEFAULT,
                builder -> builder.access(AccessPolicy.grants()))) {
            RemoraSession owner = other.remora().as("ada");
            owner.projects().create("shop");
            owner.projects().grant("shop", "eve", AccessRight.READ);
            Workflow workflow = Workflow.builder().node("a", "VIRTUAL").build();
            long execId = owner.executor().runDirect(DirectRunRequest.of("shop", "read", workflow));
            assertThat(owner.query().await(execId, PATIENCE)).isPresent();
            tab = browser.open(other.uri("/page/#/e/" + execId));

            tab.until("document.querySelector('h1 ~ .chip')?.innerText === 'Success'");
            tab.click("[data-action=rerun-all]");
            tab.click("dialog[open] [data-yes]");
            tab.until("document.querySelector('#notice').innerText"
                    + " === 'user eve may not rerun an execution in project shop'");

            // why: the browser itself notes each answer that is an error
            assertThat(tab.troubles()).allSatisfy(trouble -> assertThat(trouble).contains("status of 403"));
            tab = open("");
        }
    }

    @Test
    void aNodeIsFoundInThePictureInTheTableAndByItsName() throws IOException, InterruptedException {
        Workflow.Builder workflow = Workflow.builder().node("first", "VIRTUAL");
        for (int i = 0; i < 60; i++) {
            workflow.node("load-" + i, "VIRTUAL", node -> node.after("first"));
        }
        long execId = ended(run("found", FailurePolicy.END, workflow));
        tab = open("#/e/" + execId);
        tab.until("performance.getEntriesByName('remora:dag').length");

        // why: two columns are drawn in the middle of the canvas, the stack of the 60 right of the middle
        tab.clickAt("canvas", 0.6, 0.5);
        tab.until("document.querySelector('.box h2')?.innerText === '60 nodes alike'");
        tab.screenshot(SCREENSHOTS.resolve("stack.png"));
        tab.click(".box .row");
        tab.until("document.querySelector('.panel:not(.box) h2')?.innerText.startsWith('load-')");
        tab.fill("input[list=node-names]", "first");
        tab.until("document.querySelector('.panel:not(.box) h2')?.innerText === 'first'");
        tab.go("#/e/" + execId + "?tab=nodes");
        tab.until("document.querySelectorAll('.rows .row').length > 10");
        tab.fill(".table input[type=search]", "load-59");
        tab.until("document.querySelector('.table .bar .faint').innerText === '1 of 61 nodes'");
    }

    @Test
    void aLogIsFollowedWhileItGrows() throws InterruptedException {
        long execId = run("followed", FailurePolicy.END, Workflow.builder().node("speak", "SPEAK"));
        tab = open("#/e/" + execId + "?node=speak");

        for (int i = 0; i < 3; i++) {
            SPOKEN.put("said " + i);
            tab.until("document.querySelector('.lines').innerText.includes('said " + i + "')");
        }
        SPOKEN.put(END);
        tab.until("document.querySelector('.panel .chip').innerText === 'Success'");
        assertThat(tab.text("[data-log-total]")).isEqualTo("3 lines");
    }

    @Test
    void aLogOfAHundredThousandLinesStaysUsable() throws IOException, InterruptedException {
        long execId = ended(run(
                "long_log",
                FailurePolicy.END,
                Workflow.builder().node("count", "COUNT", node -> node.parameter("to", "100000"))));
        tab = open("#/e/" + execId + "?node=count&wide=1");

        tab.until("document.querySelector('.lines').innerText.includes('line 99999')");
        assertThat(tab.text("[data-log-total]")).isEqualTo("100,000 lines");
        tab.screenshot(SCREENSHOTS.resolve("log.png"));
        double scroll = tab.eval("""
                (async () => {
                  const lines = document.querySelector('.lines');
                  const started = performance.now();
                  for (let step = 0; step < 60; step++) {
                    lines.scrollTop = (lines.scrollHeight * step) / 60;
                    await new Promise(requestAnimationFrame);
                  }
                  return (performance.now() - started) / 60;
                })()
                """).asDouble();
        System.out.printf("log of 100,000 lines: %.1f ms a frame while scrolling through it%n", scroll);
        tab.eval("document.querySelector('.lines').scrollTop = document.querySelector('.lines').scrollHeight / 2");
        tab.until("/line (49|50)\\d{3}/.test(document.querySelector('.lines').innerText)");
        assertThat(tab.eval("document.querySelectorAll('.lines .row').length").asInt())
                .as("rows that exist")
                .isLessThan(150);
        tab.fill(".log input[type=search]", "line 7777");
        tab.until("document.querySelector('[data-log-total]').innerText === '11 lines match'");
        tab.until("document.querySelectorAll('.lines mark').length === 11");
    }

    @Test
    void fiveThousandNodesStayUsable() throws IOException, InterruptedException {
        Workflow.Builder workflow = Workflow.builder();
        for (int layer = 0; layer < 100; layer++) {
            for (int i = 0; i < 50; i++) {
                workflow.node(node(layer, i), "VIRTUAL", before(layer, i));
            }
        }
        long execId = ended(run("large", FailurePolicy.END, workflow));
        tab = open("#/e/" + execId);
        tab.until("performance.getEntriesByName('remora:dag').length");
        tab.screenshot(SCREENSHOTS.resolve("large.png"));
        double frame = tab.eval("""
                (async () => {
                  const started = performance.now();
                  const canvas = document.querySelector('canvas');
                  for (let step = 0; step < 60; step++) {
                    canvas.dispatchEvent(new KeyboardEvent('keydown', {key: step % 2 ? 'ArrowLeft' : 'ArrowRight'}));
                    await new Promise(requestAnimationFrame);
                  }
                  return (performance.now() - started) / 60;
                })()
                """).asDouble();
        System.out.printf(
                "5,000 nodes in 100 columns: layout %s, picture %s, %.1f ms a frame while all of it moves%n",
                times("remora:layout"), times("remora:dag"), frame);
        tab.fill("input[list=node-names]", node(77, 33));
        tab.until("document.querySelector('.panel h2')?.innerText === '" + node(77, 33) + "'");
        tab.screenshot(SCREENSHOTS.resolve("large-node.png"));
        tab.go("#/e/" + execId + "?tab=timeline");
        tab.until("document.querySelector('.over')");
        tab.go("#/e/" + execId + "?tab=nodes");
        tab.until("document.querySelector('.table .bar .faint')?.innerText === '5,000 nodes'");
        assertThat(tab.eval("document.querySelectorAll('*').length").asInt())
                .as("elements that exist")
                .isLessThan(2_000);
    }

    @Test
    void itIsDarkWhereThePersonWantsThat() throws IOException, InterruptedException {
        long execId = ended(run(
                "dark",
                FailurePolicy.CONTINUE,
                Workflow.builder()
                        .node("orders", "COUNT", node -> node.parameter("to", "40"))
                        .node("rates", "FAIL")
                        .node("join", "VIRTUAL", node -> node.after("orders", "rates"))
                        .node("report", "ECHO", node -> node.after("orders").parameter("say", "done"))));
        tab = open("#/e/" + execId + "?node=orders");
        tab.until("document.querySelector('.lines')?.innerText.includes('line 39')");
        String light =
                tab.eval("getComputedStyle(document.body).backgroundColor").asText();

        tab.screenshot(SCREENSHOTS.resolve("light.png"));
        tab.dark(true);
        tab.until("getComputedStyle(document.body).backgroundColor !== '" + light + "'");
        tab.eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        tab.screenshot(SCREENSHOTS.resolve("dark.png"));
    }

    private static void speak(JobContext context) throws InterruptedException {
        for (String line = SPOKEN.take(); !line.equals(END); line = SPOKEN.take()) {
            context.log().line(line);
        }
    }

    private static Map<String, String> hostile(JobContext context) {
        context.log().line(SCRIPT);
        context.appLink("javascript:window.hacked=1");
        context.appLink("http://cluster.example/" + SCRIPT);
        return Map.of("<b>", SCRIPT);
    }

    private static String node(int layer, int i) {
        return "step-" + layer + "-" + i;
    }

    private static UnaryOperator<Node.Builder> before(int layer, int i) {
        Stream<Integer> before = Stream.of(i, (i * 7 + layer) % 50, (i * 3 + 11) % 50);
        String[] names = before.distinct().map(one -> node(layer - 1, one)).toArray(String[]::new);
        return node -> layer == 0 ? node : node.after(names);
    }

    private String times(String name) {
        List<Double> times = new ArrayList<>();
        tab.eval("performance.getEntriesByName('" + name + "').map(entry => entry.duration)")
                .forEach(time -> times.add(time.asDouble()));
        times.sort(null);
        return String.format(
                "%.0f ms (median of %d, longest %.0f ms)",
                times.get(times.size() / 2), times.size(), times.get(times.size() - 1));
    }

    private static Tab open(String hash) {
        return browser.open(http.uri("/page/" + hash));
    }

    private static long run(String name, FailurePolicy policy, Workflow.Builder workflow) {
        return http.remora()
                .as("ada " + SCRIPT)
                .executor()
                .runDirect(DirectRunRequest.builder("shop", name, workflow.build())
                        .failurePolicy(policy)
                        .build());
    }

    private static long ended(long execId) throws InterruptedException {
        assertThat(http.remora().query().await(execId, PATIENCE)).isPresent();
        return execId;
    }

    private static Status status(long execId) {
        return http.remora().query().find(execId).orElseThrow().execution().status();
    }
}
