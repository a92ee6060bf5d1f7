package dev.remora.job.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.remora.error.ValidationException;
import dev.remora.model.NotifyType;
import dev.remora.model.RunRequest;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.storage.memory.MemoryStorage;
import dev.remora.testkit.ManualRemora;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailNotifierTest {
    private GreenMail server;
    private int port;

    @BeforeEach
    void startServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        startAgain();
    }

    private void startAgain() {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    private ManualRemora engine(String sender) {
        MailNotifier notifier = MailNotifier.builder("127.0.0.1", "remora@example.com")
                .port(port)
                .sender(sender)
                .timeout(Duration.ofSeconds(5))
                .build();
        return ManualRemora.start(
                MemoryStorage.create(),
                builder -> builder.notifier(notifier).java("FAIL", JavaJob.of(context -> {
                    context.log().line("first line <b>");
                    context.log().line("last line ä");
                    throw new IllegalStateException("meant to fail");
                })));
    }

    private static long fail(ManualRemora remora, String user, String... mails) {
        remora.workflows()
                .save("shop", "nightly", Workflow.builder().node("load", "FAIL").build());
        long execId = remora.as(user)
                .executor()
                .run(RunRequest.builder("shop", "nightly")
                        .notifyType(NotifyType.FAILURE)
                        .notifyMails(mails)
                        .build());
        remora.settle();
        return execId;
    }

    private MimeMessage received(int count) {
        assertThat(server.waitForIncomingEmail(20_000, count)).isTrue();
        return server.getReceivedMessages()[count - 1];
    }

    private static String part(MimeMessage message, int number) throws Exception {
        return ((MimeMultipart) message.getContent())
                .getBodyPart(number)
                .getContent()
                .toString();
    }

    private static List<String> headers(MimeMessage message) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        String all = bytes.toString(StandardCharsets.US_ASCII);
        return Arrays.asList(all.substring(0, all.indexOf("\r\n\r\n")).split("\r\n"));
    }

    @Test
    void tellsWhoWhatWhenAndWhyAsTextAndHtml() throws Exception {
        try (ManualRemora remora = engine("Remora at work")) {
            long execId = fail(remora, "ann", "one@example.com", "two@example.com");

            MimeMessage message = received(2);
            assertThat(message.getSubject()).isEqualTo("FAILED: shop/nightly, run " + execId + " of ann");
            assertThat(message.getFrom()[0]).hasToString("Remora at work <remora@example.com>");
            assertThat(message.getRecipients(Message.RecipientType.TO))
                    .extracting(Object::toString)
                    .containsExactly("one@example.com", "two@example.com");
            assertThat(part(message, 0))
                    .contains("Status: FAILED, EXCEPTION")
                    .contains("User: ann")
                    .contains("Started: 2026-01-05T00:00:00Z")
                    .contains("Node load, attempt 1, EXCEPTION")
                    .contains("meant to fail")
                    .contains("  first line <b>")
                    .contains("  last line ä");
            assertThat(part(message, 1))
                    .contains("<td>ann</td>")
                    .contains("first line &lt;b&gt;")
                    .doesNotContain("<b>");
        }
    }

    @Test
    void lineBreaksDoNotBecomeHeaders() throws Exception {
        try (ManualRemora remora = engine("Remora\r\nBcc: evil@example.com")) {
            fail(remora, "ann\r\nBcc: evil@example.com\r\n\r\nbody", "one@example.com");

            MimeMessage message = received(1);
            assertThat(headers(message)).noneMatch(header -> header.startsWith("Bcc"));
            assertThat(message.getSubject()).endsWith(" of ann  Bcc: evil@example.com    body");
            assertThat(message.getAllRecipients()).hasSize(1);
            assertThat(server.getReceivedMessages()).hasSize(1);
        }
    }

    @Test
    void aWrongAddressKeepsNoMailFromTheOthers() {
        try (ManualRemora remora = engine("")) {
            fail(remora, "ann", "a@b@c", "good@example.com", "x@[bad");

            MimeMessage message = received(1);
            assertThat(message).extracting(one -> headersOf(one)).asString().contains("good@example.com");
        }
    }

    private static String headersOf(MimeMessage message) {
        try {
            return String.join("\n", headers(message));
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void aServerThatIsAwayForAWhileLosesNothing() throws Exception {
        server.stop();
        try (ManualRemora remora = engine("")) {
            long execId = fail(remora, "ann", "one@example.com");
            remora.advance(Duration.ofMinutes(1));
            startAgain();
            assertThat(server.getReceivedMessages()).isEmpty();

            remora.advance(Duration.ofMinutes(5));

            assertThat(received(1).getSubject()).contains("run " + execId);
            remora.advance(Duration.ofDays(1));
            assertThat(server.getReceivedMessages()).hasSize(1);
        }
    }

    @Test
    void withoutAnAddressThereIsNoMail() {
        try (ManualRemora remora = engine("")) {
            fail(remora, "ann");
            remora.advance(Duration.ofHours(1));

            assertThat(server.getReceivedMessages()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsWrong() {
        ValidationException refused = catchThrowableOfType(
                ValidationException.class,
                () -> MailNotifier.builder(" ", "no address")
                        .port(0)
                        .timeout(Duration.ZERO)
                        .build());

        assertThat(refused.problems())
                .extracting(problem -> problem.path())
                .containsExactly("host", "from", "port", "timeout");
    }
}
