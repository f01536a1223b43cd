package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundOperation;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.MailConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** Sends mails, or checks the server. A mail is sent when the server has answered 250 to all of it. */
final class MailOperation extends BoundOperation {

    private static final int ID_BYTES = 16;

    private final MailCall call;
    private final MailConnection connection;

    MailOperation(Endpoint endpoint, MailCall call, MailConnection connection) {
        super(endpoint, connection);
        this.call = call;
        this.connection = connection;
    }

    @Override
    public Payload call(Request request) throws StepException {
        if (call.config().op() == MailConfig.Op.CHECK) {
            return done(request, "check", 0, session -> {
                if (!session.answers()) {
                    throw new MessagingException("the server does not answer");
                }
                return Json.NODES.objectNode().put("connected", true);
            });
        }
        Letter letter = Letter.of(call, scope(request), request.payload(), connection.largest());
        String id = id(request, letter);
        return done(request, "send the mail", letter.size(), session -> sent(session, request, letter, id));
    }

    /** The same for every try, so that who gets the mail twice can know it. */
    private String id(Request request, Letter letter) {
        String about =
                String.join("\n", connection.instance().name(), endpoint().id(), request.key());
        String domain = letter.from().getAddress().replaceFirst("^.*@", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(about.getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(digest, 0, ID_BYTES) + "@" + domain + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private ObjectNode sent(SmtpSession session, Request request, Letter letter, String id)
            throws MessagingException, StepException {
        String limit = session.transport().getExtensionParameter("SIZE"); // RFC 1870
        if (limit != null && limit.matches("[1-9][0-9]{0,17}") && letter.size() > Long.parseLong(limit)) {
            throw Letter.tooLarge(letter.size(), Long.parseLong(limit), connection.shown());
        }
        SMTPMessage message = letter.message(
                session.session(),
                id,
                connection.services().clock().instant(),
                call.config().refused());
        ObjectNode answer = Json.NODES.objectNode().put("messageId", id);
        ArrayNode accepted = answer.putArray("accepted");
        ArrayNode refused = answer.putArray("refused");
        Address[] taken = letter.receivers();
        try {
            session.transport().sendMessage(message, taken);
        } catch (SendFailedException e) {
            taken = e.getValidSentAddresses();
            if (taken == null || taken.length == 0) {
                throw e;
            }
            tell(e, refused, request);
        }
        for (Address one : taken) {
            accepted.add(((InternetAddress) one).getAddress());
        }
        return answer;
    }

    private void tell(SendFailedException thrown, ArrayNode refused, Request request) {
        for (Throwable one : MailFailures.chain(thrown)) {
            if (one instanceof SMTPAddressFailedException failed) {
                String address = failed.getAddress().getAddress();
                String reply = MailFailures.shown(String.valueOf(failed.getMessage()));
                refused.addObject()
                        .put("address", address)
                        .put("code", failed.getReturnCode())
                        .put("reply", reply);
                request.trace()
                        .warn("the mail went to the other receivers, not to " + address + ": the server answers '"
                                + reply + "'");
            }
        }
    }

    private interface Work {
        ObjectNode with(SmtpSession session) throws MessagingException, StepException;
    }

    /** Does something on a session and records it. */
    private Payload done(Request request, String what, long size, Work work) throws StepException {
        Deed deed = new Deed(call.config().op().name(), connection.shown()).sent(size);
        ObjectNode answer = recorded(request, deed, () -> worked(request, what, work));
        return request.payload().withBody(new Body.Tree(answer), RecordPath.ROOT);
    }

    private ObjectNode worked(Request request, String what, Work work) throws StepException {
        SmtpSession session = connection.sessions().take();
        boolean works = false;
        try {
            request.trace().onCancel(connection.sessions().cutter(session));
            session.socket().setSoTimeout((int) timeout().toMillis());
            ObjectNode answer = work.with(session);
            works = true;
            return answer;
        } catch (MessagingException | SocketException e) {
            boolean cancelled = request.trace().cancelled();
            throw connection.failures().of(what, e, cancelled);
        } finally {
            connection.sessions().giveBack(session, works && !request.trace().cancelled());
        }
    }

    private Duration timeout() {
        Duration own = endpoint().config().timeout();
        return own != null
                ? own
                : connection.instance().connector().requester().config().timeout();
    }
}
