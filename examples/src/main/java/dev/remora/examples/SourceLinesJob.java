package dev.remora.examples;

import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * SOURCE_LINES: counts the lines of code, of comment and blank ones in the Java sources under {@code directory}; writes
 * them as one line of columns to {@code into} in the work directory, and puts them out.
 */
final class SourceLinesJob implements JavaJob {
    private static final Set<String> KEYS = new TreeSet<>(Set.of("directory", "into"));

    static JavaJob.Type type() {
        return new JavaJob.Type(
                "SOURCE_LINES", new SourceLinesJob(), parameter -> TextParameters.check(parameter, KEYS));
    }

    @Override
    public Map<String, String> run(JobContext context) throws IOException, InterruptedException {
        Path directory = Path.of(context.parameter().path("directory").textValue());
        LineCounter lines = new LineCounter();
        List<Path> files = SourceFiles.under(directory);
        for (Path file : files) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped before " + file);
            }
            Files.readAllLines(file).forEach(lines::add);
        }
        String row = directory.getFileName() + "\t" + files.size() + "\t" + lines.code() + "\t" + lines.comment() + "\t"
                + lines.blank();
        context.log().line(row);
        String into = context.parameter().path("into").textValue();
        Files.writeString(context.workDirectory().resolve(into), row + "\n");
        return Map.of(
                "files", String.valueOf(files.size()),
                "code", String.valueOf(lines.code()),
                "comment", String.valueOf(lines.comment()),
                "blank", String.valueOf(lines.blank()));
    }
}
