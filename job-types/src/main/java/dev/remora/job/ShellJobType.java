package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.job.internal.process.LocalProcesses;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * SHELL: runs a script on the host of the engine, by its shebang, else by {@code sh}.
 *
 * <p>The parameter is an object with
 *
 * <ul>
 *   <li>{@code script}, required: the text of the script;
 *   <li>{@code env}: an object of texts, added to the environment of the engine's JVM;
 *   <li>{@code resources}: a list of {@link dev.remora.model.ResourceReference}s, files that the engine puts into the work
 *       directory.
 * </ul>
 *
 * <p>The script runs in the work directory of the execution. Its standard input is empty; its standard output and error
 * go to the log, merged, in the order written. {@code REMORA_EXEC_ID}, {@code REMORA_NODE}, {@code REMORA_JOB_ID} and
 * {@code REMORA_ATTEMPT} are set, and {@code REMORA_OUTPUT} names a file in which it may leave outputs: lines
 * {@code key=value} in UTF-8, the last of a key wins.
 *
 * <p>Exit code 0 is success. What the script leaves running in the background when it ends by itself is not touched, and
 * what that writes afterwards is in no log. A stop, by contrast, ends everything that the script has started, and is done
 * when nothing of it is left: processes in its session or group, those that carry its environment, and all their
 * descendants. Where there is no {@code /proc}, those that left the group and lost their parents are not found.
 *
 * <p>The job is detached: it outlives the engine, and the next one finds it again. A running job holds no thread and no
 * open file of the JVM. The host must be a POSIX system.
 *
 * <p>Safe for use by several threads.
 */
public final class ShellJobType implements JobType {
    /** The name by which nodes refer to this type. */
    public static final String NAME = "SHELL";

    /** The token of a job that may have run. */
    private static final String BEGUN = "begun";

    private final LocalProcesses processes = new LocalProcesses();
    private final ProxyUserStrategy proxyUsers;

    /** Creates the type. Scripts run as the user of the engine's process, whatever the proxy user of the run. */
    public ShellJobType() {
        this(ProxyUserStrategy.NONE);
    }

    /**
     * Creates the type.
     *
     * @param proxyUsers how to act for the proxy user of a run; {@link ProxyUserStrategy#HADOOP} concerns the Hadoop programs
     *     that a script starts
     */
    public ShellJobType(ProxyUserStrategy proxyUsers) {
        this.proxyUsers = Objects.requireNonNull(proxyUsers, "proxyUsers");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Problem> check(JsonNode parameter) {
        return ShellParameter.check(parameter);
    }

    @Override
    public JobHandle start(JobContext context) throws IOException {
        String text = context.parameter().path("script").textValue();
        List<String> sudo = ClientCommand.sudo(proxyUsers, context.proxyUser());
        Path script = LocalProcesses.script(context, text, !sudo.isEmpty());
        // why: the file itself is never executed. While this JVM writes it, a process that is just being forked for
        // another job may inherit the open file, and executing it would then fail with "text file busy".
        List<String> program = new ArrayList<>(Shebang.of(text));
        program.add(script.toString());
        Map<String, String> environment = environment(context.parameter().path("env"));
        ClientCommand.hadoopProxyUser(proxyUsers, context.proxyUser())
                .ifPresent(user -> environment.put(ClientCommand.HADOOP_PROXY_USER, user));
        JobHandle job = processes.start(context, sudo, program, environment);
        context.token(BEGUN);
        return job;
    }

    private static Map<String, String> environment(JsonNode env) {
        Map<String, String> variables = new LinkedHashMap<>();
        env.properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().textValue()));
        return variables;
    }

    @Override
    public Optional<JobHandle> reattach(JobContext context, String token) throws IOException {
        Optional<JobHandle> found = processes.reattach(context).map(job -> job);
        // why: where a token is stored, the job began, and its control directory was removed since
        boolean neverBegan = found.isEmpty() && !token.equals(BEGUN) && processes.neverBegan(context);
        return neverBegan ? Optional.of(new EndedJob(JobResult.notBegun())) : found;
    }
}
