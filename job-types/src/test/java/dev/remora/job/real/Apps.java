package dev.remora.job.real;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Small applications for real clusters, compiled against the jars of these. */
final class Apps {
    private Apps() {}

    /** Returns a jar with the classes of one file of {@code src/test/apps}. */
    static synchronized Path jar(String name, String part) {
        try {
            Path library = RealParts.home(part).resolve("jars");
            Path jar = RealParts.TARGET.resolve("apps").resolve(name + "-" + part + ".jar");
            Path classes = jar.resolveSibling(jar.getFileName() + ".classes");
            Files.createDirectories(classes);
            compile(RealParts.BASE.resolve("src/test/apps").resolve(name + ".java"), library, classes);
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out);
                    Stream<Path> files = Files.list(classes)) {
                for (Path file : files.toList()) {
                    entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                    Files.copy(file, entries);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compile(Path source, Path library, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> jars = Files.list(library)) {
            String path = String.join(
                    java.io.File.pathSeparator,
                    jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).toList());
            List<String> options = List.of("-d", classes.toString(), "-cp", path, "--release", "17", "-proc:none");
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IllegalStateException(source + " does not compile");
            }
        }
    }
}
