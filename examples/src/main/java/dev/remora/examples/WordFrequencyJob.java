package dev.remora.examples;

import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * WORD_FREQUENCY: counts the words of the Java sources under {@code directory}, the words inside camel case included;
 * writes the {@code top} most frequent ones to {@code into} in the work directory, and puts the first one out.
 */
final class WordFrequencyJob implements JavaJob {
    private static final Set<String> KEYS = new TreeSet<>(Set.of("directory", "top", "into"));
    private static final Pattern WORD = Pattern.compile("\\p{Lu}?\\p{Ll}{3,}");

    static JavaJob.Type type() {
        return new JavaJob.Type(
                "WORD_FREQUENCY", new WordFrequencyJob(), parameter -> TextParameters.check(parameter, KEYS));
    }

    @Override
    public Map<String, String> run(JobContext context) throws IOException, InterruptedException {
        Map<String, Integer> frequencies = new HashMap<>();
        for (Path file : SourceFiles.under(Path.of(text(context, "directory")))) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped before " + file);
            }
            WORD.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(word -> frequencies.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum));
        }
        List<Map.Entry<String, Integer>> most = frequencies.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Long.parseLong(text(context, "top")))
                .toList();
        List<String> rows = most.stream()
                .map(entry -> entry.getValue() + "\t" + entry.getKey())
                .toList();
        rows.forEach(context.log()::line);
        Files.write(context.workDirectory().resolve(text(context, "into")), rows);
        String first = most.isEmpty() ? "" : most.get(0).getKey();
        return Map.of("words", String.valueOf(frequencies.size()), "most", first);
    }

    private static String text(JobContext context, String key) {
        return context.parameter().path(key).textValue();
    }
}
