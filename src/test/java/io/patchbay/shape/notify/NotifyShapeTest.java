package io.patchbay.shape.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.FakeScope;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Mailer;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotifyShapeTest {

    private final Outbox outbox = new Outbox();
    private final Surroundings around =
            PlacedShape.surroundings(Map.of("shop", FakeScope.yaml("uk")), Map.of(), Map.of(Mailer.class, outbox));

    @Test
    void mailsGroupsAndAddressesOnceEach() throws StepException {
        PlacedShape shape =
                place("{ to: [ ops, b@example.org ], subject: \"Order ${record.id}\", text: \"from ${flow.shop}\" }");

        Payload payload = PlacedShape.payload(FakeScope.yaml("{ id: \"7\\r\\nBcc: x@example.org\" }"));
        shape.work(payload, new FakeAttempt(around.variables(), Map.of(), null, 0));

        assertThat(outbox.sent)
                .containsExactly(new Mail(
                        List.of("a@example.org", "b@example.org"),
                        "Order 7 Bcc: x@example.org",
                        "from uk",
                        "run-1.it"));
    }

    @Test
    void theSameMessageHasTheSameIdWhenItIsTriedAgain() throws StepException {
        PlacedShape shape = place("{ per: record, to: [ ops ], text: \"${record.id}\" }");
        Payload payload = PlacedShape.payload(FakeScope.yaml("[ { id: 1 }, { id: 2 } ]"));

        shape.work(payload, new FakeAttempt());
        shape.work(payload, new FakeAttempt());

        assertThat(outbox.sent)
                .extracting(Mail::id)
                .containsExactly("run-1.0.it", "run-1.1.it", "run-1.0.it", "run-1.1.it");
        assertThat(outbox.sent).extracting(Mail::subject).containsOnly("Patchbay: a-flow");
    }

    @Test
    void aMailThatIsNotTakenFailsThePayloadSoThatTheStepTriesAgain() {
        PlacedShape shape = place("{ per: record, to: [ ops ], text: x }");
        outbox.down = true;
        FakeAttempt attempt = new FakeAttempt();

        assertThatThrownBy(() -> shape.work(PlacedShape.payload(FakeScope.yaml("[ { id: 1 } ]")), attempt))
                .isInstanceOfSatisfying(
                        StepException.class,
                        failure -> assertThat(failure.retryable()).isTrue());
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void oncePerRunItReadsTheRunAndTheFirstPayload() throws StepException {
        PlacedShape shape =
                place("{ per: run, to: [ ops ], text: \"${run.failed} failed, first: ${record.name ?? 'none'}\" }");
        FakeAttempt attempt = new FakeAttempt();
        attempt.run().put("failed", 2);

        shape.work(PlacedShape.payload(FakeScope.yaml("{ name: Ann }")), attempt);

        assertThat(outbox.sent).extracting(Mail::text).containsExactly("2 failed, first: Ann");
        assertThat(shape.contract().takes()).isEqualTo(Contract.Takes.RUN);
        assertThat(shape.contract().reads()).containsExactly(StateRef.run());
    }

    @Test
    void onlyMailActsOutside() {
        assertThat(place("{ log: info, text: x }").contract().outside()).isFalse();
        assertThat(place("{ to: [ ops ], text: x }").contract().outside()).isTrue();
        assertThat(place("{ log: info, text: \"${run.id} ${run.queuedAt}\" }")
                        .contract()
                        .reads())
                .isEmpty();
        assertThat(place("{ log: info, text: \"${flow.shop}\" }").contract().reads())
                .containsExactly(StateRef.variable("shop"));
    }

    @Test
    void anUnknownGroupIsAProblemAtItsPlace() {
        assertThat(place("{ to: [ a@example.org, opps ], text: x }").problems())
                .hasToString(
                        "x.flow.yaml:1:24: there is no notification group 'opps' [UNKNOWN_GROUP]\n  hint: did you mean 'ops'?");
    }

    @Test
    void withoutAMailServerItIsAWarning() {
        PlacedShape shape = PlacedShape.of(new NotifyShape(), "{ to: [ anyone ], text: x }");

        assertThat(shape.problems().anyError()).isFalse();
        assertThat(shape.problems().toString())
                .contains("warning: no mail server is set")
                .contains("patchbay.mail.host");
    }

    private PlacedShape place(String yaml) {
        return PlacedShape.of(new NotifyShape(), yaml, around);
    }

    /** Keeps what it is given. */
    private static final class Outbox implements Mailer {
        private final List<Mail> sent = new ArrayList<>();
        private boolean down;

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Map<String, List<String>> groups() {
            return Map.of("ops", List.of("a@example.org", "b@example.org"));
        }

        @Override
        public void send(Mail mail) throws StepException {
            if (down) {
                throw new StepException(Owner.REMOTE, "MAIL_NOT_SENT", "down", null, true, null);
            }
            sent.add(mail);
        }
    }
}
