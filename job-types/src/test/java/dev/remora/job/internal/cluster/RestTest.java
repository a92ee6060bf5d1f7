package dev.remora.job.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a real cluster gives in moments that no test can wait for: while nobody, or somebody else, is in charge. */
class RestTest {
    private static final String APPS = """
            {"apps": {"app": [
              {"id": "application_1_1", "state": "FINISHED", "finalStatus": "SUCCEEDED", "diagnostics": ""},
              {"id": "application_1_2", "state": "FINISHED", "finalStatus": "FAILED", "diagnostics": "bad"},
              {"id": "application_1_3", "state": "FINISHED", "finalStatus": "UNDEFINED"},
              {"id": "application_1_4", "state": "KILLED", "finalStatus": "KILLED"},
              {"id": "application_1_5", "state": "ACCEPTED", "finalStatus": "UNDEFINED"}]}}
            """;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private HttpClient client;

    @BeforeEach
    void open() {
        client = Rest.client(threads);
    }

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private URI serve(String name, int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private ResourceManager resourceManager(URI... addresses) {
        return new ResourceManager(new Rest(List.of(addresses), () -> client), Optional.of("al ice"));
    }

    @Test
    void statesAreReadAsYarnMeansThem() throws Exception {
        ResourceManager manager = resourceManager(serve("one", 200, APPS));

        assertThat(manager.find("tag", Set.of()))
                .extracting(Application::state)
                .containsExactly(
                        Application.State.SUCCEEDED,
                        Application.State.FAILED,
                        Application.State.FAILED,
                        Application.State.KILLED,
                        Application.State.ACTIVE);
        assertThat(asked).containsExactly("one GET /ws/v1/cluster/apps?applicationTags=tag&user.name=al+ice");
    }

    @Test
    void noApplicationsAreNone() throws Exception {
        assertThat(resourceManager(serve("one", 200, "{\"apps\": null}")).find("tag", Set.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "307, This is standby RM",
        "503, nobody is in charge",
        "200, <html>There is currently no active RM</html>",
        "200, ''",
    })
    void oneThatIsNotInChargeIsPassedOver(int status, String body) throws Exception {
        ResourceManager manager = resourceManager(serve("standby", status, body), serve("active", 200, APPS));

        assertThat(manager.find("tag", Set.of())).hasSize(5);
        assertThat(manager.find("tag", Set.of())).hasSize(5);

        assertThat(asked).extracting(line -> line.split(" ")[0]).containsExactly("standby", "active", "active");
    }

    @Test
    void whenNobodyAnswersTheFailureSaysWho() throws Exception {
        URI gone = serve("gone", 200, "");
        servers.remove(0).stop(0);
        ResourceManager manager = resourceManager(gone);

        assertThatThrownBy(() -> manager.find("tag", Set.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(gone.toString());
    }

    @Test
    void aRefusedKillIsAFailure() throws Exception {
        ResourceManager manager = resourceManager(serve("one", 403, "not yours"));

        assertThatThrownBy(() -> manager.kill("application_1_1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403")
                .hasMessageContaining("not yours");
    }

    @Test
    void aKillOfWhatIsForgottenIsNone() throws Exception {
        resourceManager(serve("one", 404, "{}")).kill("application_1_1");

        assertThat(asked).containsExactly("one PUT /ws/v1/cluster/apps/application_1_1/state?user.name=al+ice");
    }

    @Test
    void aSparkMasterThatStandsByIsPassedOver() throws Exception {
        URI standby = serve("standby", 200, "{\"status\": \"STANDBY\"}");
        URI alive = serve(
                "alive",
                200,
                "{\"status\": \"ALIVE\", \"activedrivers\": [{\"id\": \"driver-1\", \"state\": \"RUNNING\"}],"
                        + "\"completeddrivers\": [{\"id\": \"driver-2\", \"state\": \"ERROR\"},"
                        + "{\"id\": \"driver-3\", \"state\": \"FINISHED\"}],"
                        + "\"completedapps\": [{\"id\": \"app-1\", \"state\": \"UNKNOWN\"}]}");
        StandaloneMaster master = new StandaloneMaster(new Rest(List.of(standby, alive), () -> client));

        List<Application> found = master.find("tag", Set.of("driver-1", "driver-2", "app-1"));
        master.kill("driver-1");

        assertThat(found)
                .extracting(Application::state)
                .containsExactly(Application.State.ACTIVE, Application.State.FAILED, Application.State.FAILED);
        assertThat(asked).endsWith("alive POST /driver/kill/");
    }
}
