package io.patchbay.connector.mail;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns replies of a mail server (RFC 5321 section 4.2) and what the library throws into a sentence and a verdict on whether
 * another try may do: 4yz may, 5yz may not.
 */
final class MailFailures {

    /** Code of the failure when a login is refused. */
    static final String AUTH_FAILED = "AUTH_FAILED";

    private static final int LONGEST = 200;
    private static final int DEEPEST = 300;

    private static final Pattern CHALLENGE = Pattern.compile("334 ?(.*)");
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"?([0-9]{3})\\b");
    private static final Pattern STARTTLS_MISSING = Pattern.compile("STARTTLS (is )?required");
    /** What the client calls its command by, before the answer to it (RFC 9051, section 2.2.1): each time another one. */
    private static final Pattern TAG = Pattern.compile("^[A-Z]{1,3}[0-9]{1,9} (?=NO |BAD )");

    /** Codes of IMAP (RFC 5530) for a login that may go later. */
    private static final Pattern BUSY = Pattern.compile("\\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)]");

    private final String address;
    private final String proof;

    /** @param proof what is shown at a login, like "user and password" */
    MailFailures(String address, String proof) {
        this.address = address;
        this.proof = proof;
    }

    StepException of(String what, Throwable thrown, boolean cancelled) {
        List<Throwable> chain = chain(thrown);
        StepException step = find(chain, StepException.class);
        if (step != null) {
            return step;
        }
        if (cancelled) {
            return new StepException(Owner.LIMIT, "CANCELLED", "cannot " + what + ": it was given up", thrown);
        }
        AuthenticationFailedException login = find(chain, AuthenticationFailedException.class);
        if (login != null) {
            return login(login);
        }
        if (find(chain, SSLException.class) != null
                || STARTTLS_MISSING.matcher(text(thrown)).lookingAt()) {
            return tls(chain, thrown);
        }
        int code = chain.stream().mapToInt(MailFailures::code).max().orElse(0);
        if (code > 0) {
            return refused(what, code, reply(chain));
        }
        boolean connecting = what.equals("log in");
        return new StepException(
                Owner.REMOTE,
                connecting ? "CONNECT_FAILED" : "IO",
                "cannot " + what + " at " + address + ": "
                        + shown(TAG.matcher(text(chain.get(chain.size() - 1))).replaceFirst("")),
                thrown,
                true,
                null);
    }

    /** The server does not take the mail. */
    StepException refused(String what, int code, String reply) {
        String sentence = "cannot " + what + " at " + address + ": the server answers '" + shown(reply) + "'";
        if (code == 530 || code == 535 || code == 534 || code == 538) {
            return new StepException(Owner.REMOTE, AUTH_FAILED, sentence);
        }
        boolean later = code < 500;
        return new StepException(
                Owner.REMOTE, code == 421 ? "NO_CONNECTION" : "MAIL_REFUSED", sentence, null, later, null);
    }

    private StepException login(AuthenticationFailedException thrown) {
        String reply = reply(thrown);
        boolean later = (reply.startsWith("4") && !reply.startsWith("432"))
                || BUSY.matcher(reply).find();
        return new StepException(
                Owner.REMOTE,
                later ? "NO_CONNECTION" : AUTH_FAILED,
                address + " does not accept " + proof + " of the instance"
                        + (reply.isEmpty() ? "" : ": it answers '" + shown(reply) + "'"),
                null,
                later,
                null);
    }

    /** The reason why a token is not taken is a challenge: JSON in base64. */
    private static String reply(AuthenticationFailedException thrown) {
        String reply = text(thrown).strip();
        Matcher challenge = CHALLENGE.matcher(reply);
        if (!challenge.matches()) {
            return reply;
        }
        try {
            byte[] json = Base64.getDecoder().decode(challenge.group(1));
            Matcher status = STATUS.matcher(new String(json, StandardCharsets.UTF_8));
            return status.find() ? "status " + status.group(1) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private StepException tls(List<Throwable> chain, Throwable thrown) {
        boolean missing = STARTTLS_MISSING.matcher(text(thrown)).lookingAt();
        String why = missing
                ? "the server offers no STARTTLS; security: tls begins with TLS (usually another port), none sends all readable"
                : shown(text(chain.get(chain.size() - 1)))
                        + "; a certificate that is not publicly signed goes into requester.mail.ca";
        return new StepException(Owner.REMOTE, "TLS_FAILED", "no secure connection to " + address + ": " + why, thrown);
    }

    private static String reply(List<Throwable> chain) {
        for (Throwable one : chain) {
            if (code(one) > 0) {
                return text(one).strip();
            }
        }
        return "";
    }

    /** The reply's code; 0 when it is no reply. */
    static int code(Throwable thrown) {
        if (thrown instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (thrown instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return thrown instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }

    /** Mail exceptions hang on each other in their own way: each with the next one, the last with its cause. */
    static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Throwable one = thrown;
        while (one != null && chain.size() < DEEPEST) {
            chain.add(one);
            Throwable next = one instanceof MessagingException mail ? mail.getNextException() : null;
            one = next == null ? one.getCause() : next;
        }
        return chain;
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    /** A text of the other side as it can be shown. */
    static String shown(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.strip().replaceAll("\\p{Cntrl}+", " ");
    }

    private static <T extends Throwable> @Nullable T find(List<Throwable> chain, Class<T> type) {
        return chain.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
