package dev.remora.job.mail;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.Notification;
import dev.remora.spi.Notifier;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails over SMTP, as text and as HTML, to the addresses that a request or a schedule names. An execution without an
 * address needs none. Addresses that are wrong, or that the server refuses for good, are left out; the others have their
 * mail. Needs {@code org.eclipse.angus:jakarta.mail} on the class path, which this module does not bring along. Safe for use
 * by several threads.
 */
public final class MailNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(MailNotifier.class);

    private final Session session;
    private final InternetAddress from;
    private final String host;

    private MailNotifier(Session session, InternetAddress from, String host) {
        this.session = session;
        this.from = from;
        this.host = host;
    }

    /**
     * Starts to set a notifier up.
     *
     * @param host the SMTP server
     * @param from the address that mails come from
     * @return a new builder
     */
    public static Builder builder(String host, String from) {
        return new Builder(host, from);
    }

    @Override
    public void send(Notification notification) throws IOException {
        try {
            mail(notification);
        } catch (MessagingException failed) {
            throw new IOException("no mail could be sent over " + host + ": " + failed.getMessage(), failed);
        }
    }

    private void mail(Notification notification) throws MessagingException {
        InternetAddress[] to = recipients(notification);
        if (to.length == 0) {
            return;
        }
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(MailText.subject(notification), StandardCharsets.UTF_8.name());
        message.setSentDate(new Date());
        MimeBodyPart text = new MimeBodyPart();
        text.setText(MailText.text(notification), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setText(MailText.html(notification), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        try {
            Transport.send(message);
        } catch (SendFailedException failed) {
            if (failed.getValidUnsentAddresses() != null && failed.getValidUnsentAddresses().length > 0) {
                throw failed;
            }
            LOG.warn(
                    "the server refuses {} addresses for execution {}: {}",
                    failed.getInvalidAddresses() == null ? 0 : failed.getInvalidAddresses().length,
                    notification.execution().execId(),
                    failed.getMessage());
        }
    }

    private static InternetAddress[] recipients(Notification notification) {
        List<InternetAddress> good = new ArrayList<>();
        for (String address : notification.execution().options().notifyMails()) {
            try {
                good.add(address(address));
            } catch (AddressException wrong) {
                LOG.warn(
                        "execution {} names \"{}\", which is no mail address: {}",
                        notification.execution().execId(),
                        MailText.line(address),
                        wrong.getMessage());
            }
        }
        return good.toArray(InternetAddress[]::new);
    }

    private static InternetAddress address(String text) throws AddressException {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new AddressException("it has control characters");
        }
        InternetAddress address = new InternetAddress(text, true);
        address.validate();
        return address;
    }

    @Override
    public String toString() {
        return "mail over " + host;
    }

    /** Sets a {@link MailNotifier} up. Not safe for use by several threads. */
    public static final class Builder {
        private final String host;
        private final String from;
        private int port = 25;
        private String sender = "";
        private Optional<PasswordAuthentication> login = Optional.empty();
        private boolean startTls;
        private boolean tls;
        private Duration timeout = Duration.ofSeconds(10);

        private Builder(String host, String from) {
            this.host = Objects.requireNonNull(host, "host");
            this.from = Objects.requireNonNull(from, "from");
        }

        /**
         * Sets the port; 25 by default.
         *
         * @param number 1 to 65535
         * @return this
         */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Sets the name shown beside the address that mails come from; none by default.
         *
         * @param name any text; control characters become blanks
         * @return this
         */
        public Builder sender(String name) {
            sender = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Logs in to the server.
         *
         * @param user the user
         * @param password the password
         * @return this
         */
        public Builder login(String user, String password) {
            login = Optional.of(new PasswordAuthentication(user, password));
            return this;
        }

        /**
         * Turns to TLS once connected, and sends nothing if the server cannot.
         *
         * @return this
         */
        public Builder startTls() {
            startTls = true;
            return this;
        }

        /**
         * Connects by TLS from the beginning.
         *
         * @return this
         */
        public Builder tls() {
            tls = true;
            return this;
        }

        /**
         * Sets how long to wait for the server at each step; 10 seconds by default.
         *
         * @param limit 1 ms to 1 minute
         * @return this
         */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /**
         * Builds the notifier. It does not connect before there is something to send.
         *
         * @return the notifier
         * @throws ValidationException if something of it is wrong
         */
        public MailNotifier build() {
            List<Problem> problems = new ArrayList<>();
            InternetAddress origin = new InternetAddress();
            if (host.isBlank()) {
                problems.add(new Problem("host", "is blank"));
            }
            try {
                origin = address(from);
                if (!sender.isBlank()) {
                    origin.setPersonal(MailText.line(sender), StandardCharsets.UTF_8.name());
                }
            } catch (AddressException wrong) {
                problems.add(new Problem(
                        "from", "is \"" + MailText.line(from) + "\", which is no mail address: " + wrong.getMessage()));
            } catch (UnsupportedEncodingException never) {
                throw new IllegalStateException(never);
            }
            if (port < 1 || port > 65_535) {
                problems.add(new Problem("port", "is " + port + "; it must be 1 to 65535"));
            }
            if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
                problems.add(new Problem("timeout", "is " + timeout + "; it must be 1 ms to 1 minute"));
            }
            if (!problems.isEmpty()) {
                throw new ValidationException("mail notifier", problems);
            }
            return new MailNotifier(Session.getInstance(properties(), authenticator()), origin, host + ":" + port);
        }

        private Properties properties() {
            String millis = Long.toString(timeout.toMillis());
            Properties properties = new Properties();
            properties.put("mail.transport.protocol", "smtp");
            properties.put("mail.smtp.host", host);
            properties.put("mail.smtp.port", Integer.toString(port));
            properties.put("mail.smtp.connectiontimeout", millis);
            properties.put("mail.smtp.timeout", millis);
            properties.put("mail.smtp.writetimeout", millis);
            // why: one address that the server refuses must not keep the mail from the others
            properties.put("mail.smtp.sendpartial", "true");
            properties.put("mail.smtp.auth", Boolean.toString(login.isPresent()));
            properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
            properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
            properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
            properties.put("mail.smtp.ssl.checkserveridentity", "true");
            return properties;
        }

        private Authenticator authenticator() {
            Optional<PasswordAuthentication> known = login;
            return new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return known.orElse(null);
                }
            };
        }
    }
}
