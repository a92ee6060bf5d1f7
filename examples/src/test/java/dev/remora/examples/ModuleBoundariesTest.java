package dev.remora.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other. */
class ModuleBoundariesTest {
    // why: the test kits are folders when the build ends with its tests, and jars when it packages before
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.remora");

    @Test
    void everyModuleIsLookedAt() {
        Set<Module> seen = ALL.stream().map(Module::of).collect(Collectors.toSet());

        assertThat(seen).contains(Module.CORE, Module.STORAGE_MEMORY, Module.JOB_TYPES, Module.EXAMPLES);
    }

    @Test
    void everyPackageBelongsToOneModule() {
        var modules = ALL.stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(ModuleBoundariesTest::location, Collectors.toSet())));

        assertThat(modules)
                .allSatisfy((name, locations) ->
                        assertThat(locations).as("where package %s lives", name).hasSize(1));
    }

    @Test
    void coreKnowsNoDatabase() {
        noClasses()
                .that(Module.CORE.classes())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(ALL);
    }

    @Test
    void coreStartsNoProcess() {
        noClasses()
                .that(Module.CORE.classes())
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class)
                .check(ALL);
        noClasses()
                .that(Module.CORE.classes())
                .should()
                .callMethodWhere(new CallOf(Runtime.class, "exec"))
                .check(ALL);
    }

    @Test
    void internalsStayInTheirModule() {
        classes().should(new KeepToOwnInternals()).check(ALL);
    }

    @Test
    void signaturesShowOnlyTheJdkJsonNodeAndPublicTypes() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.remora..internal..")
                .and(Module.EXAMPLES.others())
                .should(new ShowPublicTypesOnly())
                .check(ALL);
    }

    @Test
    void internalPackagesOfCoreHaveNoCycles() {
        slices().matching("dev.remora.internal.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void publicPackagesBeneathTheEntryHaveNoCyclesOfTheirOwn() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.remora.model..", "dev.remora.error..", "dev.remora.event..", "dev.remora.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.remora")
                .check(ALL);
    }

    private static String location(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        return uri.substring(0, uri.length() - (type.getName().length() + ".class".length()));
    }
}
