package io.patchbay.shape.notify;

import io.patchbay.expression.Ref;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells people. */
public final class NotifyShape implements ShapeType<NotifySettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "notify",
            "Tells people: a line in the run's log, a message to notification groups, or both.",
            """
            `text` (and `subject`) are read for each record, for each payload, or once (`per: run`), when everything has come
            this far, also when nothing has: then `${run.failed}`, `${run.shapes.push.records}` and the other counts are complete
            up to here, and `${record.…}` reads the first payload. In a run that goes on from its checkpoints, after a crash or a stop
            of the program, they count from there. Payloads go on unchanged, also when telling of them fails and is
            skipped.

            `to` lists notification groups and mail addresses. Groups are [settings of the runtime](../alerts.md#who-is-told); each is
            told by every way that it has: mail, Slack, Teams, webhook. All who are told by mail get one mail. A webhook gets a
            JSON document with `id`, `at`, `flow`, `shape`, `run`, `level`, `title` and `text`. While no mail server is set the flow
            deploys with a warning, and the run's log says which mail was not sent. A flow sends at most `patchbay.notifications.per-hour` messages in
            an hour of the clock, of which each replica keeps its own count; behind that, the run's log has a warning in place of each.

            What a placeholder yields stays text: a line break in a subject becomes a blank, nothing becomes a header, a link or
            a call of a whole channel.
            """,
            "A place that does not take the message is told again by the step's `retries`, the others are not. A crash between"
                    + " sending and its checkpoint sends the message again, with the same `id` and Message-ID; with `per: record` a"
                    + " retry sends again what was sent before the one that failed.",
            """
            flow: tell
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, total: 10 }, { id: 2, total: 99 } ] }
              - id: each
                notify: { per: record, log: info, text: "order ${record.id} over ${record.total}" }
              - id: sum
                notify: { per: run, log: warn, to: [ ops@example.org ], subject: Orders, text: "${run.shapes.orders.records} orders" }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<NotifySettings> settings() {
        return NotifySettings.class;
    }

    @Override
    public Contract contract(NotifySettings settings, Surroundings around) {
        Contract contract = settings.per() == NotifySettings.Per.RUN
                ? Contract.one().taking(Contract.Takes.RUN)
                : settings.per() == NotifySettings.Per.RECORD ? Contract.atMostOne() : Contract.one();
        Contract reading = contract.reading(References.state(settings.reads()));
        return settings.to().isEmpty() ? reading : reading.actingOutside();
    }

    @Override
    public void check(NotifySettings settings, Placed at, Surroundings around, Problems problems) {
        for (int i = 0; i < settings.to().size(); i++) {
            checkReceiver(settings.to().get(i), at.item("to", i), notifier(around), problems);
        }
    }

    /** Where the runtime is not there to ask, its groups are not known. */
    private static void checkReceiver(String receiver, Location at, @Nullable Notifier notifier, Problems problems) {
        if (receiver.contains("@") && !Mail.isAddress(receiver)) {
            problems.error(at, "BAD_VALUE", "'" + receiver + "' is not a mail address", "write it as name@example.org");
            return;
        }
        if (notifier == null) {
            return;
        }
        if (!receiver.contains("@") && !notifier.groups().contains(receiver)) {
            problems.error(
                    at,
                    "UNKNOWN_GROUP",
                    "there is no notification group '" + receiver + "'",
                    DidYouMean.hint(receiver, notifier.groups()));
            return;
        }
        List<Target> targets = notifier.targets(List.of(receiver));
        if (targets.isEmpty()) {
            problems.warning(
                    at,
                    "EMPTY_GROUP",
                    "notification group '" + receiver + "' has no way to be told",
                    "set patchbay.notifications.groups." + receiver + ".mail, .slack, .teams or .webhook");
        } else if (!notifier.mails() && targets.stream().anyMatch(target -> target.channel() == Channel.MAIL)) {
            problems.warning(
                    at,
                    "NO_MAIL_SERVER",
                    "no mail server is set, so '" + receiver + "' is told nothing by mail",
                    "set patchbay.mail.host and patchbay.mail.from");
        }
    }

    private static @Nullable Notifier notifier(Surroundings around) {
        return around.services().get(Notifier.class) instanceof Notifier notifier ? notifier : null;
    }

    @Override
    public Set<Ref> reads(NotifySettings settings) {
        return settings.reads();
    }

    @Override
    public boolean keepsRecords(NotifySettings settings) {
        return true;
    }

    @Override
    public Plan plan(NotifySettings settings, Placed at, Surroundings around) {
        Message message = new Message(settings, at.id(), notifier(around), around.clock());
        return switch (settings.per()) {
            case RUN -> new Plan.PerBucket(message::once);
            case PAYLOAD -> new Plan.PerPayload(message::perPayload);
            case RECORD ->
                new Plan.PerPayload((payload, attempt) -> new RecordWork(
                                message.eachRecord(payload, attempt),
                                (parsed, records, same) ->
                                        same ? payload : records.isEmpty() ? null : parsed.withRecords(records))
                        .apply(payload, attempt));
        };
    }
}
