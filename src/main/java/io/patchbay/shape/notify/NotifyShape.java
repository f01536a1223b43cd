package io.patchbay.shape.notify;

import io.patchbay.expression.Ref;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Mailer;
import io.patchbay.notification.NoMailer;
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
import java.util.Set;

/** Tells people. */
public final class NotifyShape implements ShapeType<NotifySettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "notify",
            "Tells people: a line in the run's log, a mail, or both.",
            """
            `text` (and `subject`) are read for each record, for each payload, or once (`per: run`), when everything has come
            this far, also when nothing has: then `${run.failed}`, `${run.shapes.push.records}` and the other counts are complete
            up to here, and `${record.…}` reads the first payload. In a run that goes on from its checkpoints, after a crash or a stop
            of the program, they count from there. Payloads go on unchanged, also when telling of them fails and is
            skipped. `to` lists notification groups and mail addresses; the mail server and the groups are settings of
            the runtime (`patchbay.mail.*`). While no mail server is set the flow deploys with a warning, and the run's log says
            which mail was not sent.

            What a placeholder yields stays text: a line break in a subject becomes a blank, nothing becomes a header.
            """,
            "A mail that the server does not take is tried again by the step's `retries`. A crash between sending and its"
                    + " checkpoint sends the mail again, with the same Message-ID; with `per: record` a retry sends again what was"
                    + " sent before the one that failed.",
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
        Mailer mailer = mailer(around);
        if (!settings.to().isEmpty() && !mailer.ready()) {
            problems.warning(
                    at.at("to"),
                    "NO_MAIL_SERVER",
                    "no mail server is set, so '" + at.id() + "' sends nothing",
                    "set patchbay.mail.host and patchbay.mail.from");
        }
        for (int i = 0; i < settings.to().size(); i++) {
            checkReceiver(settings.to().get(i), at.item("to", i), mailer, problems);
        }
    }

    private static void checkReceiver(String receiver, Location at, Mailer mailer, Problems problems) {
        if (receiver.contains("@")) {
            if (!Mail.isAddress(receiver)) {
                problems.error(
                        at, "BAD_VALUE", "'" + receiver + "' is not a mail address", "write it as name@example.org");
            }
        } else if (mailer.ready() && !mailer.groups().containsKey(receiver)) {
            problems.error(
                    at,
                    "UNKNOWN_GROUP",
                    "there is no notification group '" + receiver + "'",
                    DidYouMean.hint(receiver, mailer.groups().keySet()));
        }
    }

    private static Mailer mailer(Surroundings around) {
        return around.services().get(Mailer.class) instanceof Mailer mailer ? mailer : new NoMailer();
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
        Message message = new Message(settings, at.id(), mailer(around));
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
