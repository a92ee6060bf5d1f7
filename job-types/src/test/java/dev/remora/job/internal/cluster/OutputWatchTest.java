package dev.remora.job.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputWatchTest {
    private final Set<String> links = new LinkedHashSet<>();
    private final Set<String> submitted = new LinkedHashSet<>();
    private final List<String> states = new ArrayList<>();

    @TempDir
    Path directory;

    private Path file;
    private OutputWatch watch;

    @BeforeEach
    void open() {
        file = directory.resolve("output");
        watch = new OutputWatch(file, new OutputWatch.Listener() {
            @Override
            public void link(String link) {
                links.add(link);
            }

            @Override
            public void submitted(String id) {
                submitted.add(id);
            }

            @Override
            public void driver(String id, String state) {
                states.add(id + " " + state);
            }
        });
    }

    private void see(String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        while (watch.read()) {}
    }

    @Test
    void nothingIsThereBeforeTheFileIs() throws Exception {
        assertThat(watch.read()).isFalse();
        see("application_1_2\n");
        assertThat(links).containsExactly("application_1_2");
    }

    @Test
    void everyApplicationAndJobOnALineIsALink() throws Exception {
        see("see application_12_0003, job_12_0004;(application_12_0005)\nappattempt_12_0006_000001 "
                + "my_job_1_2 container_12_0007_01 job_local12_0001 job_13_0001_conf.xml\n");
        assertThat(links).containsExactly("application_12_0003", "job_12_0004", "application_12_0005", "job_13_0001");
        assertThat(submitted).isEmpty();
    }

    @Test
    void onlyWhatIsSubmittedIsTheJobsOwn() throws Exception {
        see("application_1_1 of somebody else\n"
                + "26/11/22 INFO impl.YarnClientImpl: Submitted application application_2_0001\n"
                + "26/11/22 INFO mapreduce.Job: Running job: job_3_0001\n");
        assertThat(submitted).containsExactly("application_2_0001", "application_3_0001");
    }

    @Test
    void addressesOfApplicationsAreLinks() throws Exception {
        see("\\t tracking URL: http://h:8088/proxy/application_2_0001/\n".replace("\\t", "\t")
                + "INFO mapreduce.Job: The url to track the job: https://h:8090/proxy/application_3_0001/\n"
                + "see http://example.org/\n");
        assertThat(links)
                .contains("http://h:8088/proxy/application_2_0001/", "https://h:8090/proxy/application_3_0001/")
                .doesNotContain("http://example.org/");
    }

    @Test
    void standaloneClustersNameDriversAndApplications() throws Exception {
        see("INFO ClientEndpoint: ... driver successfully submitted as driver-20261122150000-0000\n"
                + "INFO StandaloneSchedulerBackend: Connected to Spark cluster with app ID app-20261122150000-0001\n"
                + "INFO ClientEndpoint: State of driver-20261122150000-0000 is FAILED\n"
                + "a line about driver-20261122150000-0009 of somebody else\n");
        assertThat(submitted).containsExactly("driver-20261122150000-0000", "app-20261122150000-0001");
        assertThat(links).containsAll(submitted);
        assertThat(states).containsExactly("driver-20261122150000-0000 FAILED");
    }

    @Test
    void anIdThatComesInPiecesOrOnAVeryLongLineIsSeen() throws Exception {
        see("Submitted application applic");
        see("ation_1_00");
        assertThat(submitted).isEmpty();
        see("01\n" + "x ".repeat(8185) + "Submitted application application_1_0002 " + "y ".repeat(100_000) + "\n");
        assertThat(submitted).containsExactly("application_1_0001", "application_1_0002");
    }

    @Test
    void theLastLineNeedsNoEnd() throws Exception {
        see("Submitted application application_1_0001");
        assertThat(submitted).isEmpty();
        watch.finish();
        assertThat(submitted).containsExactly("application_1_0001");
    }
}
