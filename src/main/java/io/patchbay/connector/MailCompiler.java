package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.Endpoint.MailCall.Attachment;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.MailConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks and compiles a mail. */
final class MailCompiler {

    /** Type and subtype (RFC 2045 section 5.1); parameters are ours to set. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");

    private static final Map<MailConfig.Op, String> READS = Map.of(
            MailConfig.Op.CHECK, "checking a mail server",
            MailConfig.Op.LIST, "listing mails",
            MailConfig.Op.READ, "reading a mail",
            MailConfig.Op.ATTACHMENTS, "reading attachments");

    private final Compiling compiling;

    MailCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    MailCall compile(EndpointConfig endpoint, MailConfig mail, Where where, String[] keys) {
        boolean sends = mail.op() == MailConfig.Op.SEND;
        boolean acts = READS.get(mail.op()) == null;
        if (acts != endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "kind")),
                    "BAD_VALUE",
                    acts
                            ? (sends ? "sending" : "moving, deleting or marking") + " a mail is not of kind read"
                            : READS.get(mail.op()) + " is of kind read",
                    acts ? "kind: action" : "kind: read");
        }
        if (endpoint.batch() != null && !sends) {
            compiling.error(compiling.at(Compiling.below(keys, "batch")), "NOT_HERE", "'batch' belongs to mails", null);
        }
        List<Attachment> attachments = new ArrayList<>();
        for (MailConfig.AttachmentConfig one : mail.attachments()) {
            if (one.contentType() != null
                    && !MEDIA_TYPE.matcher(one.contentType()).matches()) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "mail", "attachments")),
                        "BAD_VALUE",
                        "'" + one.contentType() + "' is not a media type",
                        "like application/pdf");
            }
            attachments.add(new Attachment(
                    compiling.template(one.name(), where),
                    compiling.optional(one.content(), where),
                    one.contentType()));
        }
        return new MailCall(
                mail,
                compiling.optional(mail.from(), where),
                all(mail.to(), where),
                all(mail.cc(), where),
                all(mail.bcc(), where),
                all(mail.replyTo(), where),
                compiling.optional(mail.subject(), where),
                compiling.optional(mail.text(), where),
                compiling.optional(mail.html(), where),
                attachments,
                compiling.template(mail.folder(), where),
                compiling.optional(mail.id(), where),
                compiling.optional(mail.pattern(), where),
                compiling.optional(mail.into(), where));
    }

    private List<Template> all(List<Text> texts, Where where) {
        return texts.stream().map(text -> compiling.template(text, where)).toList();
    }
}
