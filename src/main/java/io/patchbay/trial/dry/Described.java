package io.patchbay.trial.dry;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.ContentWriter;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.trial.dry.Captured.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a call would do that speaks no HTTP. */
final class Described {

    private final CallScope scope;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Described(CallScope scope) {
        this.scope = scope;
    }

    /** A call. @throws StepException when its placeholders yield nothing that could be sent */
    static Notes.Note of(Operation operation, Request request, int most, String answer) throws StepException {
        Described described = new Described(operation.scope(request));
        try {
            return described.note(operation.endpoint(), request, most, answer);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private Notes.Note note(Endpoint endpoint, Request request, int most, String answer) throws StepException {
        Content content = Content.of(request.payload(), most);
        Kind kind = Kind.REQUEST;
        String what = endpoint.id();
        String target = endpoint.id();
        if (endpoint.call() instanceof Endpoint.FileCall file) {
            kind = Kind.FILE;
            what = file.config().op().name();
            target = text(file.path()) + (file.to() == null ? "" : " -> " + text(file.to()));
            content = what.equals("WRITE") ? written(file, request, content, most) : Content.NONE;
        } else if (endpoint.call() instanceof Endpoint.SqlCall sql) {
            kind = Kind.STATEMENT;
            what = sql.perRecord() ? "EXECUTE for each record" : "EXECUTE";
            target = sql.text().written().strip();
        } else if (endpoint.call() instanceof Endpoint.QueueCall queue) {
            kind = Kind.MESSAGE;
            what = "SEND";
            target = text(queue.destination());
            queue.headers().forEach(header -> put(header.name(), header.text(scope)));
            put("key", queue.key() == null ? null : queue.key().text(scope));
        } else if (endpoint.call() instanceof Endpoint.MailCall mail) {
            kind = Kind.MAIL;
            what = mail.config().op().name();
            target = mail.config().op().ofMailbox() ? mailbox(mail) : receivers(mail);
            content = mail.config().op().ofMailbox() ? Content.NONE : letter(mail, content);
        }
        return new Notes.Note(
                request.trace().shape(),
                kind,
                what,
                target,
                headers,
                request.with().isEmpty() ? null : request.with(),
                content,
                answer);
    }

    /** What would stand in the file. */
    private static Content written(Endpoint.FileCall file, Request request, Content plain, int most)
            throws StepException {
        ContentConfig content = file.config().content();
        return content == null ? plain : written(content, request, most);
    }

    private static Content written(ContentConfig content, Request request, int most) throws StepException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ContentWriter.write(request.payload(), content, Instant.EPOCH, out);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "the records of a file cannot be written", e);
        }
        byte[] bytes = out.toByteArray();
        return new Content(
                Arrays.copyOf(bytes, Math.min(most, bytes.length)), bytes.length, ContentWriter.type(content));
    }

    private String receivers(Endpoint.MailCall mail) {
        put("From", text(mail.from()));
        put("Cc", all(mail.cc()));
        put("Bcc", all(mail.bcc()));
        put("Reply-To", all(mail.replyTo()));
        put("Subject", text(mail.subject()));
        put(
                "Attachments",
                mail.attachments().stream().map(one -> text(one.name())).collect(Collectors.joining(", ")));
        return all(mail.to());
    }

    private String mailbox(Endpoint.MailCall mail) {
        return text(mail.folder())
                + (mail.id() == null ? "" : " " + text(mail.id()))
                + (mail.into() == null ? "" : " -> " + text(mail.into()));
    }

    /** What is written in it; a mail that has files alone shows the payload. */
    private Content letter(Endpoint.MailCall mail, Content payload) {
        Template text = mail.text() != null ? mail.text() : mail.html();
        if (text == null) {
            return payload;
        }
        byte[] bytes = text(text).getBytes(StandardCharsets.UTF_8);
        return new Content(bytes, bytes.length, mail.text() != null ? "text/plain" : "text/html");
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private String all(List<Template> templates) {
        return templates.stream().map(this::text).collect(Collectors.joining(", "));
    }

    private String text(@Nullable Template template) {
        return template == null ? "" : Objects.requireNonNullElse(template.text(scope), "");
    }
}
