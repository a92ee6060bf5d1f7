import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Does what its first argument says. */
public final class SparkApp {
    private SparkApp() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "echo" -> {
                for (String arg : args) {
                    System.out.println("arg "
                            + Base64.getEncoder().encodeToString(arg.getBytes(StandardCharsets.UTF_8)));
                }
            }
            case "fail-driver" -> throw new IllegalStateException("the driver fails on purpose");
            case "exit" -> System.exit(Integer.parseInt(args[1]));
            default -> run(args);
        }
    }

    private static void run(String[] args) throws Exception {
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setAppName("remora test"))) {
            List<Integer> numbers = Arrays.asList(1, 2, 3, 4);
            switch (args[0]) {
                case "sum" -> {
                    int sum = context.parallelize(numbers, 2).reduce(Integer::sum);
                    System.out.println("the sum is " + sum);
                    String output = System.getenv("REMORA_OUTPUT");
                    if (output != null) {
                        Files.writeString(Path.of(output), "sum=" + sum + "\n");
                    }
                }
                case "fail-task" -> context.parallelize(numbers, 2).foreach(number -> {
                    throw new IllegalStateException("the task fails on purpose");
                });
                case "until" -> {
                    String file = args[1];
                    System.out.println("waiting");
                    context.parallelize(List.of(1), 1).foreach(number -> {
                        Files.writeString(Path.of(file + ".begun"), "");
                        while (!Files.exists(Path.of(file))) {
                            Thread.sleep(50);
                        }
                    });
                    System.out.println("over");
                }
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }
}
