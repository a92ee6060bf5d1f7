package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.AlreadyExistsException;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Storage;
import dev.remora.spi.WorkflowStore.Current;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The catalogue of definitions. */
public abstract class WorkflowStoreContract extends StoragePart {
    private static final String PROJECT = "project";
    private static final Instant LATER = Samples.NOW.plusSeconds(60);

    /** Creates this part. */
    protected WorkflowStoreContract() {}

    private static SavedWorkflow save(Storage storage, String project, String name, String script) {
        return storage.workflows().save(project, name, Samples.workflow(script), "anna", Samples.NOW);
    }

    @Test
    void numbersVersionsFromOne() {
        SavedWorkflow one = save(first, PROJECT, "flow", "1");
        SavedWorkflow two = save(second, PROJECT, "flow", "2");

        assertThat(one)
                .isEqualTo(new SavedWorkflow(PROJECT, "flow", 1, Samples.workflow("1"), "anna", Samples.NOW, false));
        assertThat(two.version()).isEqualTo(2);
        for (Storage handle : List.of(first, second)) {
            assertThat(handle.workflows().latest(PROJECT, "flow")).contains(two);
            assertThat(handle.workflows().version(PROJECT, "flow", 1)).contains(one);
            assertThat(handle.workflows().version(PROJECT, "flow", 2)).contains(two);
        }
    }

    @Test
    void findsNothingUnknown() {
        save(first, PROJECT, "flow", "1");

        assertThat(second.workflows().latest(PROJECT, "other")).isEmpty();
        assertThat(second.workflows().latest("other", "flow")).isEmpty();
        assertThat(second.workflows().version(PROJECT, "flow", 2)).isEmpty();
        assertThat(second.workflows().version(PROJECT, "flow", 0)).isEmpty();
        assertThat(second.workflows().version(PROJECT, "flow", -1)).isEmpty();
        assertThat(second.workflows().list("other", 0, 10)).isEmpty();
    }

    @Test
    void saysWhatANameStandsForNow() {
        assertThat(first.workflows().current(PROJECT, "flow")).isEmpty();
        save(first, PROJECT, "flow", "1");
        first.workflows().save(PROJECT, "flow", Samples.workflow("2"), "bert", LATER);
        for (Storage handle : List.of(first, second)) {
            assertThat(handle.workflows().current(PROJECT, "flow")).contains(new Current(2, "anna", Optional.empty()));
            assertThat(handle.workflows().current(PROJECT, "FLOW")).isEmpty();
            assertThat(handle.workflows().current("other", "flow")).isEmpty();
        }

        first.workflows().delete(PROJECT, "flow");
        assertThat(second.workflows().current(PROJECT, "flow")).isEmpty();

        save(first, PROJECT, "flow", "3");
        assertThat(second.workflows().current(PROJECT, "flow")).contains(new Current(3, "anna", Optional.empty()));
    }

    @Test
    void saysInWhichZoneAWorkflowIsScheduled() {
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        save(first, PROJECT, "flow", "1");
        save(first, PROJECT, "anywhere", "1");
        schedule(Schedule.builder(PROJECT, "flow", "0 0 0 * * ?").zone(zone).build());
        schedule(Schedule.builder(PROJECT, "anywhere", "0 0 0 * * ?").build());

        assertThat(second.workflows().current(PROJECT, "flow")).contains(new Current(1, "anna", Optional.of(zone)));
        assertThat(second.workflows().current(PROJECT, "anywhere")).contains(new Current(1, "anna", Optional.empty()));

        first.schedules().delete(PROJECT, "flow");
        assertThat(second.workflows().current(PROJECT, "flow")).contains(new Current(1, "anna", Optional.empty()));
    }

    private void schedule(Schedule schedule) {
        ScheduleState state = new ScheduleState(1, Samples.NOW, Optional.empty(), Optional.empty(), 0);
        assertThat(first.schedules().save(new ScheduleRecord(schedule, "anna", Samples.NOW, state)))
                .isTrue();
    }

    @Test
    void tellsNamesApartByCase() {
        SavedWorkflow small = save(first, PROJECT, "flow", "small");
        SavedWorkflow large = save(first, PROJECT, "FLOW", "large");
        SavedWorkflow elsewhere = save(first, "PROJECT", "flow", "elsewhere");

        assertThat(List.of(small, large, elsewhere))
                .extracting(SavedWorkflow::version)
                .containsOnly(1);
        assertThat(second.workflows().latest(PROJECT, "flow")).contains(small);
        assertThat(second.workflows().latest(PROJECT, "FLOW")).contains(large);
        assertThat(second.workflows().latest("PROJECT", "flow")).contains(elsewhere);
        assertThat(second.workflows().latest(PROJECT, "Flow")).isEmpty();
        assertThat(second.workflows().delete(PROJECT, "Flow")).isFalse();
    }

    @Test
    void belongsToWhoSavedItFirst() {
        save(first, PROJECT, "flow", "1");

        SavedWorkflow second = first.workflows().save(PROJECT, "flow", Samples.workflow("2"), "bert", LATER);

        assertThat(second.owner()).isEqualTo("anna");
        assertThat(second.savedAt()).isEqualTo(LATER);
        assertThat(first.workflows().latest(PROJECT, "flow")).contains(second);
    }

    @Test
    void listsLatestVersionsByName() {
        for (String name : List.of("b1", "B2", "a_", "aB", "ab", "a0", "Z9", "zz")) {
            save(first, PROJECT, name, "1");
        }
        save(first, PROJECT, "ab", "2");
        save(first, "project2", "aa", "1");

        assertThat(second.workflows().list(PROJECT, 0, 1000))
                .extracting(SavedWorkflow::name)
                .containsExactly("B2", "Z9", "a0", "aB", "a_", "ab", "b1", "zz");
        assertThat(second.workflows().list(PROJECT, 5, 1))
                .containsExactly(second.workflows().latest(PROJECT, "ab").orElseThrow());
        assertThat(second.workflows().list(PROJECT, 6, 1000))
                .extracting(SavedWorkflow::name)
                .containsExactly("b1", "zz");
        assertThat(second.workflows().list(PROJECT, 8, 10)).isEmpty();
        assertThat(second.workflows().list(PROJECT, Long.MAX_VALUE, 1000)).isEmpty();
    }

    @Test
    void deletesFromTheCatalogue() {
        save(first, PROJECT, "flow", "1");
        save(first, PROJECT, "stays", "1");

        assertThat(first.workflows().delete(PROJECT, "flow")).isTrue();

        assertThat(second.workflows().latest(PROJECT, "flow")).isEmpty();
        assertThat(second.workflows().list(PROJECT, 0, 10))
                .extracting(SavedWorkflow::name)
                .containsExactly("stays");
        assertThat(second.workflows().delete(PROJECT, "flow")).isFalse();
        assertThat(second.workflows().delete(PROJECT, "unknown")).isFalse();
    }

    @Test
    void keepsDeletedVersionsThatExecutionsReferTo() {
        long execId = create();
        SavedWorkflow version =
                first.workflows().latest(Samples.PROJECT, Samples.WORKFLOW).orElseThrow();

        first.workflows().delete(Samples.PROJECT, Samples.WORKFLOW);

        assertThat(second.workflows().version(Samples.PROJECT, Samples.WORKFLOW, 1))
                .contains(version);
        end(one, execId);
        assertThat(second.workflows().version(Samples.PROJECT, Samples.WORKFLOW, 1))
                .contains(version);
    }

    @Test
    void goesOnNumberingWhenADeletedNameComesBack() {
        save(first, PROJECT, "flow", "1");
        save(first, PROJECT, "flow", "2");
        first.workflows().delete(PROJECT, "flow");

        SavedWorkflow back = second.workflows().save(PROJECT, "flow", Samples.workflow("3"), "bert", LATER);

        assertThat(back.version()).isEqualTo(3);
        assertThat(back.owner()).isEqualTo("anna");
        assertThat(first.workflows().latest(PROJECT, "flow")).contains(back);
        assertThat(first.workflows().list(PROJECT, 0, 10)).containsExactly(back);
    }

    @Test
    void goesOnNumberingAfterTheLastExecutionIsPurged() {
        long execId = createFinal();
        first.workflows().delete(Samples.PROJECT, Samples.WORKFLOW);
        Samples.purge(first, List.of(execId));

        SavedWorkflow back = save(second, Samples.PROJECT, Samples.WORKFLOW, "2");

        assertThat(back.version()).isEqualTo(2);
    }

    @Test
    void hidesUnsavedWorkflows() {
        first.executions().createUnsaved(one, Samples.submission("p", "loose"), Samples.unsaved("p", "loose"));

        assertThat(second.workflows().latest("p", "loose")).isEmpty();
        assertThat(second.workflows().list("p", 0, 10)).isEmpty();
        assertThat(second.workflows().version("p", "loose", 1)).contains(Samples.unsaved("p", "loose"));
        assertThat(second.workflows().delete("p", "loose")).isFalse();
        assertThat(second.workflows().version("p", "loose", 1)).isPresent();
    }

    @Test
    void refusesToSaveUnderTheNameOfAnUnsavedWorkflow() {
        first.executions().createUnsaved(one, Samples.submission("p", "loose"), Samples.unsaved("p", "loose"));

        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(() -> save(second, "p", "loose", "1"))
                .satisfies(e -> {
                    assertThat(e.project()).isEqualTo("p");
                    assertThat(e.workflow()).isEqualTo("loose");
                });
        assertThat(second.workflows().version("p", "loose", 1)).contains(Samples.unsaved("p", "loose"));
        assertThat(second.workflows().version("p", "loose", 2)).isEmpty();
    }
}
