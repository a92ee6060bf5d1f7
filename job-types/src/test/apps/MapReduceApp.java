import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringTokenizer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.mapreduce.lib.reduce.IntSumReducer;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/** Does what its first argument says, in a directory that is its second. */
public final class MapReduceApp extends Configured implements Tool {
    public static void main(String[] args) throws Exception {
        System.exit(ToolRunner.run(new MapReduceApp(), args));
    }

    @Override
    public int run(String[] args) throws Exception {
        if (args[0].equals("echo")) {
            for (String arg : args) {
                System.out.println("arg " + Base64.getEncoder().encodeToString(arg.getBytes(StandardCharsets.UTF_8)));
            }
            return 0;
        }
        if (args[0].equals("think")) {
            System.out.println("thinking");
            Thread.currentThread().join();
        }
        Path directory = new Path(args[1]);
        FileSystem files = directory.getFileSystem(getConf());
        try (Writer writer =
                new OutputStreamWriter(files.create(new Path(directory, "in")), StandardCharsets.UTF_8)) {
            writer.write(args[0].equals("count") ? "to be or not to be\n" : "once\n");
        }
        Configuration conf = getConf();
        conf.set("app.mode", args[0]);
        conf.set("app.signal", args.length > 2 ? args[2] : "");
        Job job = Job.getInstance(conf, "remora test");
        job.setJarByClass(MapReduceApp.class);
        job.setMapperClass(Words.class);
        job.setMapOutputKeyClass(Text.class);
        job.setMapOutputValueClass(IntWritable.class);
        FileInputFormat.addInputPath(job, new Path(directory, "in"));
        if (args[0].equals("count")) {
            job.setReducerClass(IntSumReducer.class);
            job.setOutputKeyClass(Text.class);
            job.setOutputValueClass(IntWritable.class);
            FileOutputFormat.setOutputPath(job, new Path(directory, "out"));
        } else {
            job.setNumReduceTasks(0);
            job.setOutputFormatClass(NullOutputFormat.class);
        }
        if (args[0].equals("leave")) {
            job.submit();
            return 0;
        }
        boolean good = job.waitForCompletion(true);
        String output = System.getenv("REMORA_OUTPUT");
        if (good && output != null) {
            java.nio.file.Files.writeString(java.nio.file.Path.of(output), "done=" + args[0] + "\n");
        }
        return good ? 0 : 1;
    }

    /** Counts words, fails, or waits for a file of the local file system. */
    public static final class Words extends Mapper<LongWritable, Text, Text, IntWritable> {
        @Override
        protected void map(LongWritable key, Text value, Context context) throws IOException, InterruptedException {
            String signal = context.getConfiguration().get("app.signal");
            switch (context.getConfiguration().get("app.mode")) {
                case "fail-task" -> throw new IOException("the task fails on purpose");
                case "until", "leave" -> {
                    java.nio.file.Path file = java.nio.file.Path.of(signal);
                    java.nio.file.Files.writeString(java.nio.file.Path.of(signal + ".begun"), "");
                    while (!java.nio.file.Files.exists(file)) {
                        Thread.sleep(50);
                        context.progress();
                    }
                    if (java.nio.file.Files.readString(file).equals("fail")) {
                        throw new IOException("the task fails on demand");
                    }
                }
                default -> {
                    StringTokenizer words = new StringTokenizer(value.toString());
                    while (words.hasMoreTokens()) {
                        context.write(new Text(words.nextToken()), new IntWritable(1));
                    }
                }
            }
        }
    }
}
