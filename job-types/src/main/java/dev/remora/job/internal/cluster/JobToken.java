package dev.remora.job.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * By what the applications of an attempt are found again.
 *
 * @param tag what each of them is tagged with: lower case, as YARN makes all tags
 * @param ids their ids, as far as they are known
 */
record JobToken(String tag, List<String> ids) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_BYTES = 10;

    JobToken {
        ids = List.copyOf(ids);
    }

    /**
     * Names an attempt. The same attempt has the same name each time, so an engine that died before its token was stored
     * does no harm. No other has it: the control directory is the attempt's own, and its path holds the storage.
     */
    static JobToken of(JobContext context) throws IOException {
        String path = context.controlDirectory().toAbsolutePath().normalize().toString();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            String tag = "remora-" + context.jobId().execId() + "-" + context.attempt() + "-"
                    + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
            return new JobToken(tag, List.of());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    static JobToken parse(String text) throws IOException {
        JsonNode node = JSON.readTree(text);
        if (!node.path("tag").isTextual()) {
            throw new IOException("this is no token of a cluster job: " + text);
        }
        List<String> ids = new ArrayList<>();
        node.path("ids").forEach(id -> ids.add(id.asText()));
        return new JobToken(node.path("tag").asText(), ids);
    }

    @Override
    public String toString() {
        ObjectNode node = JSON.createObjectNode().put("tag", tag);
        ArrayNode array = node.putArray("ids");
        ids.forEach(array::add);
        return node.toString();
    }
}
