package dev.remora.examples;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class uses packages named {@code internal} of its own module only. */
final class KeepToOwnInternals extends ArchCondition<JavaClass> {
    KeepToOwnInternals() {
        super("use internals of their own module only");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isInternal(target) && Module.of(target) != Module.of(type)) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    static boolean isInternal(JavaClass type) {
        return (type.getPackageName() + ".").startsWith("dev.remora.")
                && (type.getPackageName() + ".").contains(".internal.");
    }
}
