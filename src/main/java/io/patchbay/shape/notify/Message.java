package io.patchbay.shape.notify;

import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Says the text, to the log and to people. */
final class Message {

    /** Of messages that some of their places did not take, those are known that most lately failed. */
    private static final int KNOWN = 1_000;

    private final NotifySettings settings;
    private final String shape;
    private final @Nullable Notifier notifier;
    private final Clock clock;
    private final boolean readsData;
    private final Map<String, Set<Target>> told = new LinkedHashMap<>();

    /** @param notifier null where there is none: then only the log is written */
    Message(NotifySettings settings, String shape, @Nullable Notifier notifier, Clock clock) {
        this.settings = settings;
        this.shape = shape;
        this.notifier = notifier;
        this.clock = clock;
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
        String title;
        try {
            text = settings.text().text(scope);
            Template given = settings.subject();
            title = given == null ? "Patchbay: " + attempt.flow() : given.text(scope);
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
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("flow", attempt.flow());
        facts.put("shape", shape);
        facts.put("run", attempt.runId());
        facts.put("level", (level == null ? LogLevel.INFO : level).name().toLowerCase(Locale.ROOT));
        tell(new Notice(identity + "." + shape, clock.instant(), title, text, null, facts), attempt);
    }

    private void tell(Notice notice, Attempt attempt) throws StepException {
        List<Target> targets = notifier == null ? List.of() : notifier.targets(settings.to());
        if (notifier == null || targets.isEmpty()) {
            untold(attempt, settings.to(), "nobody is set who could be told");
            return;
        }
        if (attempt.number() == 1 && !notifier.allows(attempt.flow())) {
            untold(
                    attempt,
                    settings.to(),
                    "the flow has said as much in this hour as it may (patchbay.notifications.per-hour)");
            return;
        }
        List<Target> mails = new ArrayList<>(targets);
        mails.removeIf(target -> target.channel() != Channel.MAIL);
        if (!mails.isEmpty() && !notifier.mails()) {
            untold(attempt, mails, "no mail server is set (patchbay.mail.host)");
            mails.clear();
        }
        Set<Target> before = toldBefore(notice.id());
        Set<Target> now = new HashSet<>(before);
        StepException failed = null;
        mails.removeAll(before);
        if (!mails.isEmpty()) {
            try {
                notifier.mail(List.copyOf(mails), notice);
                now.addAll(mails);
            } catch (StepException e) {
                failed = e;
            }
        }
        for (Target target : targets) {
            if (target.channel() == Channel.MAIL || !now.add(target)) {
                continue;
            }
            try {
                notifier.send(target, notice);
            } catch (StepException e) {
                now.remove(target);
                failed = failed == null || e.retryable() ? e : failed;
            }
        }
        remember(notice.id(), failed == null ? Set.of() : now);
        if (failed != null) {
            throw failed;
        }
    }

    private static void untold(Attempt attempt, Collection<?> receivers, String why) {
        List<String> names = receivers.stream().map(String::valueOf).toList();
        attempt.log(LogLevel.WARN, "the message to " + String.join(", ", names) + " was not sent: " + why);
    }

    private Set<Target> toldBefore(String id) {
        synchronized (told) {
            return told.getOrDefault(id, Set.of());
        }
    }

    /** A try that failed at one place is not heard again at the others. */
    private void remember(String id, Set<Target> targets) {
        synchronized (told) {
            told.remove(id);
            if (targets.isEmpty()) {
                return;
            }
            told.put(id, targets);
            if (told.size() > KNOWN) {
                Iterator<String> oldest = told.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }
}
