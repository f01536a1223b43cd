package io.patchbay.shape.notify;

import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Mailer;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Says the text, to the log and by mail. */
final class Message {

    private final NotifySettings settings;
    private final String shape;
    private final Mailer mailer;
    private final boolean readsData;

    Message(NotifySettings settings, String shape, Mailer mailer) {
        this.settings = settings;
        this.shape = shape;
        this.mailer = mailer;
        this.readsData = References.readsData(settings.reads());
    }

    Payload perPayload(Payload payload, Attempt attempt) throws StepException {
        Payload read = readsData ? payload.parsed() : payload;
        say(attempt.scope(read, null), attempt, payload.lineage().text());
        return payload;
    }

    /** Once: placeholders read the first payload, if there is one. */
    void once(Iterable<Payload> bucket, Attempt attempt) throws StepException {
        Iterator<Payload> payloads = bucket.iterator();
        Payload first = payloads.hasNext() ? payloads.next() : Payload.empty(Lineage.ofRun(attempt.runId()));
        say(attempt.scope(readsData ? first.parsed() : first, null), attempt, attempt.runId());
    }

    RecordWork.Each eachRecord(Payload payload, Attempt attempt) {
        AtomicInteger index = new AtomicInteger();
        return (record, scope) -> {
            say(scope, attempt, payload.lineage().text() + "." + index.getAndIncrement());
            return record;
        };
    }

    private void say(Scope scope, Attempt attempt, String identity) throws StepException {
        String text;
        String subject;
        try {
            text = settings.text().text(scope);
            Template given = settings.subject();
            subject = given == null ? "Patchbay: " + attempt.flow() : given.text(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        LogLevel level = settings.log();
        if (level != null) {
            attempt.log(level, text);
        }
        if (settings.to().isEmpty()) {
            return;
        }
        List<String> receivers = receivers();
        if (!mailer.ready() || receivers.isEmpty()) {
            String why = mailer.ready() ? "the groups have no addresses" : "no mail server is set";
            attempt.log(LogLevel.WARN, "mail to " + String.join(", ", settings.to()) + " was not sent: " + why);
            return;
        }
        mailer.send(new Mail(receivers, subject, text, identity + "." + shape));
    }

    private List<String> receivers() {
        Set<String> addresses = new LinkedHashSet<>();
        for (String to : settings.to()) {
            addresses.addAll(to.contains("@") ? List.of(to) : mailer.groups().getOrDefault(to, List.of()));
        }
        return List.copyOf(addresses);
    }
}
