import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Counts the words in the files of a directory, its first argument, into another one, its second. */
public final class SparkWordCount {
    private SparkWordCount() {}

    public static void main(String[] args) throws Exception {
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setAppName("word count"))) {
            JavaPairRDD<String, Long> counts = context.textFile(args[0])
                    .coalesce(2)
                    .flatMap(line -> Arrays.asList(line.split("[^A-Za-z]+")).iterator())
                    .filter(word -> !word.isEmpty())
                    .mapToPair(word -> new Tuple2<>(word.toLowerCase(Locale.ROOT), 1L))
                    .reduceByKey(Long::sum)
                    .cache();
            counts.map(count -> count._1() + "\t" + count._2()).saveAsTextFile(args[1]);
            // An output of the node: what other nodes know as ${nodes.spark.distinct}.
            Files.writeString(Path.of(System.getenv("REMORA_OUTPUT")), "distinct=" + counts.count() + "\n");
        }
    }
}
