package dev.remora.examples;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;

/** The modules, told apart by their base packages; core has what no other has. */
enum Module {
    STORAGE_MEMORY("dev.remora.storage.memory"),
    STORAGE_JDBC("dev.remora.storage.jdbc"),
    JOB_TYPES("dev.remora.job"),
    EXAMPLES("dev.remora.examples"),
    CORE("dev.remora");

    private final String basePackage;

    Module(String basePackage) {
        this.basePackage = basePackage;
    }

    static Module of(JavaClass type) {
        String name = type.getPackageName() + ".";
        return Arrays.stream(values())
                .filter(module -> name.startsWith(module.basePackage + "."))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " belongs to no module"));
    }

    DescribedPredicate<JavaClass> classes() {
        return DescribedPredicate.describe("belong to " + this, type -> of(type) == this);
    }

    DescribedPredicate<JavaClass> others() {
        return DescribedPredicate.describe("do not belong to " + this, type -> of(type) != this);
    }
}
