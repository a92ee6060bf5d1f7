package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String BOUNDARY = "b-1";
    private static final String HEAD = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";

    @Test
    void partsComeBackAsTheyWereHoweverTheyArrive() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(random.nextBoolean() ? "preamble\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
            for (int part = random.nextInt(4); part >= 0; part--) {
                byte[] content = nearlyDelimiters(random);
                sent.add(content);
                body.writeBytes(("--" + BOUNDARY + (random.nextBoolean() ? " \t" : "") + "\r\n" + HEAD)
                        .getBytes(StandardCharsets.US_ASCII));
                body.writeBytes(content);
                body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            body.writeBytes(("--" + BOUNDARY + "--\r\nepilogue").getBytes(StandardCharsets.US_ASCII));

            List<byte[]> got = parts(trickling(body.toByteArray(), random));

            assertThat(got).as("seed %d, round %d", seed, round).hasSameSizeAs(sent);
            for (int i = 0; i < sent.size(); i++) {
                assertThat(got.get(i)).as("seed %d, round %d", seed, round).isEqualTo(sent.get(i));
            }
        }
    }

    @Test
    void whatIsNotReadOfAPartIsPassedOver() throws IOException {
        MultipartReader reader = reader("--b-1\r\n" + HEAD + "x".repeat(100_000) + "\r\n--b-1\r\n"
                + HEAD.replace("\"a\"", "\"second\"") + "y\r\n--b-1--");

        assertThat(reader.next()).contains("a");
        assertThat(reader.next()).contains("second");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--b-1",
                "--b-2\r\n" + HEAD + "x\r\n--b-2--",
                "--b-1\r\n" + HEAD + "x",
                "--b-1\r\n" + HEAD + "x\r\n--b-1",
                "--b-1\r\n" + HEAD + "x\r\n--b-1-",
                "--b-1garbage\r\n" + HEAD + "x\r\n--b-1--",
                "--b-1\n" + HEAD + "x\r\n--b-1--",
                "--b-1\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition form-data\r\n\r\nx\r\n--b-1--",
                "--b-1\r\n: form-data\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: form-data; name=\"a\"\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Disposition: form-data; name=\"a\"\rX\r\n\r\nx\r\n--b-1--",
                "--b-1\r\nContent-Transfer-Encoding: base64\r\n" + HEAD + "eA==\r\n--b-1--"
            })
    void whatIsBrokenIsSaid(String body) {
        assertThatThrownBy(() -> parts(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(HttpProblem.class)
                .satisfies(
                        problem -> assertThat(((HttpProblem) problem).status()).isEqualTo(400));
    }

    @Test
    void headsAndPartsAreBounded() {
        String longHead = "--b-1\r\nX: " + "x".repeat(9_000) + "\r\n" + HEAD + "x\r\n--b-1--";
        String manyParts = ("--b-1\r\n" + HEAD + "x\r\n").repeat(65) + "--b-1--";

        assertThatThrownBy(() -> parts(new ByteArrayInputStream(longHead.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("larger than 8192 bytes");
        assertThatThrownBy(() -> parts(new ByteArrayInputStream(manyParts.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("more than 64 parts");
    }

    @Test
    void namesMayBeQuotedAsBrowsersDo() throws IOException {
        MultipartReader reader =
                reader("--b-1\r\ncontent-disposition: Form-Data; filename=\"C:\\dir\\x;y\"; name=\"say \\\"ä\\\"\""
                        + "\r\n\r\n\r\n--b-1\r\nContent-Disposition: form-data; name=plain\r\n\r\n\r\n--b-1--");

        assertThat(reader.next()).contains("say \"ä\"");
        assertThat(reader.next()).contains("plain");
    }

    private static MultipartReader reader(String body) {
        return new MultipartReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), BOUNDARY);
    }

    private static List<byte[]> parts(InputStream body) throws IOException {
        MultipartReader reader = new MultipartReader(body, BOUNDARY);
        List<byte[]> parts = new ArrayList<>();
        for (Optional<String> name = reader.next(); name.isPresent(); name = reader.next()) {
            assertThat(name).contains("a");
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] block = new byte[100];
            for (int got = reader.read(block, 0, 100); got >= 0; got = reader.read(block, 0, 100)) {
                content.write(block, 0, got);
            }
            parts.add(content.toByteArray());
        }
        return parts;
    }

    /** Bytes that look like the beginning of a delimiter again and again. */
    private static byte[] nearlyDelimiters(Random random) {
        String[] pieces = {"\r", "\n", "-", "\r\n", "\r\n-", "\r\n--", "\r\n--b", "\r\n--b-", "--b-1", "x", "\0", "é"};
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(20) == 0 ? 20_000 : random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString().replace("\r\n--b-1", "\r\n--b1").getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream trickling(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(50)));
            }
        };
    }
}
