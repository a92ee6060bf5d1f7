package dev.remora.job.real;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the clusters they name as parameters. Each is started once, and stopped when all tests are over. */
final class Shared implements ParameterResolver {
    private static final List<Class<?>> CLUSTERS = List.of(SparkCluster.class, HadoopCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return CLUSTERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> wanted = parameter.getParameter().getType();
        ExtensionContext.Store store = context.getRoot().getStore(Namespace.create(Shared.class));
        return wanted == SparkCluster.class
                ? store.computeIfAbsent(wanted, key -> SparkCluster.start(), SparkCluster.class)
                : store.computeIfAbsent(wanted, key -> HadoopCluster.start(), HadoopCluster.class);
    }
}
