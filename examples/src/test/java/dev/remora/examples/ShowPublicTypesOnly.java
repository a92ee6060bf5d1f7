package dev.remora.examples;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What a user of a class can see of it consists of types of the JDK, {@code JsonNode}, and Remora's public types. */
final class ShowPublicTypesOnly extends ArchCondition<JavaClass> {
    private static final String JSON_NODE = "com.fasterxml.jackson.databind.JsonNode";

    ShowPublicTypesOnly() {
        super("show only types of the JDK, JsonNode and public types of Remora");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .forEach(parent -> check(type.getName() + " extends", parent, type, events));
        type.getMembers().stream()
                .filter(ShowPublicTypesOnly::isVisible)
                .forEach(member ->
                        shownBy(member).forEach(shown -> check(member.getFullName() + " shows", shown, type, events)));
    }

    private static void check(String what, JavaType shown, JavaClass type, ConditionEvents events) {
        shown.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> !isAllowed(raw))
                .forEach(raw -> events.add(SimpleConditionEvent.violated(type, what + " " + raw.getName())));
    }

    private static Stream<JavaType> shownBy(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        List<JavaType> parameters = code.getParameterTypes();
        Collection<? extends JavaType> thrown = code.getThrowsClause().getTypes();
        return Stream.of(Stream.of(code.getReturnType()), parameters.stream(), thrown.stream())
                .flatMap(types -> types);
    }

    private static boolean isAllowed(JavaClass raw) {
        boolean plain = raw.isPrimitive()
                || raw.getPackageName().startsWith("java.")
                || raw.getPackageName().equals("javax.sql")
                || raw.getName().equals(JSON_NODE);
        boolean ours = raw.getPackageName().startsWith("dev.remora") && !KeepToOwnInternals.isInternal(raw);
        return plain || ours;
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ShowPublicTypesOnly::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        boolean shown = member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        return shown && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
}
