package io.patchbay.shape.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.FakeScope;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NotifyShapeTest {

    private final People people = new People();
    private final Surroundings around =
            PlacedShape.surroundings(Map.of("shop", FakeScope.yaml("uk")), Map.of(), Map.of(Notifier.class, people));

    @Test
    void groupsAndAddressesGetOneMail() throws StepException {
        PlacedShape shape =
                place("{ to: [ ops, b@example.org ], subject: \"Order ${record.id}\", text: \"from ${flow.shop}\" }");

        Payload payload = PlacedShape.payload(FakeScope.yaml("{ id: 7 }"));
        shape.work(payload, new FakeAttempt(around.variables(), Map.of(), null, 0));

        assertThat(people.sent).containsExactly("mail to ops + mail to b@example.org: Order 7: from uk");
        assertThat(people.notices).extracting(Notice::id).containsExactly("run-1.it");
    }

    @Test
    void theSameMessageHasTheSameIdWhenItIsTriedAgain() throws StepException {
        PlacedShape shape = place("{ per: record, to: [ ops ], text: \"${record.id}\" }");
        Payload payload = PlacedShape.payload(FakeScope.yaml("[ { id: 1 }, { id: 2 } ]"));

        shape.work(payload, new FakeAttempt());
        shape.work(payload, new FakeAttempt());

        assertThat(people.notices)
                .extracting(Notice::id)
                .containsExactly("run-1.0.it", "run-1.1.it", "run-1.0.it", "run-1.1.it");
        assertThat(people.notices).extracting(Notice::title).containsOnly("Patchbay: a-flow");
    }

    @Test
    void aMessageThatIsNotTakenFailsThePayloadSoThatTheStepTriesAgain() {
        PlacedShape shape = place("{ per: record, to: [ ops ], text: x }");
        people.down.add("ops");
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

        assertThat(people.notices).extracting(Notice::text).containsExactly("2 failed, first: Ann");
        assertThat(shape.contract().takes()).isEqualTo(Contract.Takes.RUN);
        assertThat(shape.contract().reads()).containsExactly(StateRef.run());
    }

    @Test
    void onlyTellingPeopleActsOutside() {
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
    void withoutAMailServerItIsAWarningAndTheLogSaysSo() throws StepException {
        people.mails = false;
        PlacedShape shape = place("{ to: [ b@example.org, chat ], text: x }");

        assertThat(shape.problems().anyError()).isFalse();
        assertThat(shape.problems().toString())
                .contains("warning: no mail server is set, so 'b@example.org'")
                .contains("patchbay.mail.host");

        FakeAttempt attempt = new FakeAttempt();
        shape.work(PlacedShape.payload(FakeScope.yaml("{}")), attempt);

        assertThat(people.sent).containsExactly("slack 1 of group chat: Patchbay: a-flow: x");
        assertThat(attempt.log())
                .containsExactly(
                        "WARN the message to mail to b@example.org was not sent: no mail server is set (patchbay.mail.host)");
    }

    @Test
    void aGroupWithoutAnyWayIsAWarning() {
        assertThat(place("{ to: [ empty ], text: x }").problems().toString())
                .contains("warning: notification group 'empty' has no way to be told [EMPTY_GROUP]");
    }

    @Test
    void whereNoRuntimeIsItsGroupsAreNotKnown() {
        assertThat(PlacedShape.of(new NotifyShape(), "{ to: [ anyone ], text: x }")
                        .problems()
                        .toString())
                .isEmpty();
    }

    @Test
    void groupsAreToldByEveryWayThatTheyHave() throws StepException {
        PlacedShape shape = place("{ log: error, to: [ ops, chat ], subject: Late, text: \"${record.id}\" }");

        shape.work(PlacedShape.payload(FakeScope.yaml("{ id: 7 }")), new FakeAttempt());

        assertThat(people.sent).containsExactly("mail to ops: Late: 7", "slack 1 of group chat: Late: 7");
        assertThat(people.notices)
                .allSatisfy(notice -> assertThat(notice.facts())
                        .containsEntry("flow", "a-flow")
                        .containsEntry("shape", "it")
                        .containsEntry("run", "run-1")
                        .containsEntry("level", "error"));
    }

    @Test
    void aPlaceThatTookTheMessageIsNotToldAgainWhenAnotherFailed() throws StepException {
        PlacedShape shape = place("{ to: [ ops, chat ], text: x }");
        Payload payload = PlacedShape.payload(FakeScope.yaml("{ id: 1 }"));
        people.down.add("chat");

        assertThatThrownBy(() -> shape.work(payload, new FakeAttempt())).hasMessage("chat is down");
        people.down.clear();
        shape.work(payload, new FakeAttempt());

        assertThat(people.sent)
                .containsExactly("mail to ops: Patchbay: a-flow: x", "slack 1 of group chat: Patchbay: a-flow: x");

        shape.work(payload, new FakeAttempt());

        assertThat(people.sent).as("a replay says it anew").hasSize(4);
    }

    @Test
    void whenOneIsDownTheOthersAreToldAllTheSame() {
        PlacedShape shape = place("{ to: [ ops, chat ], text: x }");
        people.down.add("ops");

        assertThatThrownBy(() -> shape.work(PlacedShape.payload(FakeScope.yaml("{}")), new FakeAttempt()))
                .hasMessage("ops is down");

        assertThat(people.sent).containsExactly("slack 1 of group chat: Patchbay: a-flow: x");
    }

    @Test
    void aFlowSaysAsMuchInAnHourAsItMay() throws StepException {
        PlacedShape shape = place("{ per: record, to: [ ops ], text: \"${record.id}\" }");
        people.left = 2;
        FakeAttempt attempt = new FakeAttempt();

        shape.work(PlacedShape.payload(FakeScope.yaml("[ { id: 1 }, { id: 2 }, { id: 3 } ]")), attempt);

        assertThat(people.sent).containsExactly("mail to ops: Patchbay: a-flow: 1", "mail to ops: Patchbay: a-flow: 2");
        assertThat(attempt.log())
                .containsExactly(
                        "WARN the message to ops was not sent: the flow has said as much in this hour as it may"
                                + " (patchbay.notifications.per-hour)");
    }

    private PlacedShape place(String yaml) {
        return PlacedShape.of(new NotifyShape(), yaml, around);
    }

    /** Two groups, of which one reads a chat, and one that nobody is in. Keeps what it is given. */
    private static final class People implements Notifier {
        private final List<String> sent = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();
        private final Set<String> down = new HashSet<>();
        private boolean mails = true;
        private int left = 100;

        @Override
        public boolean mails() {
            return mails;
        }

        @Override
        public boolean allows(String flow) {
            return left-- > 0;
        }

        @Override
        public Set<String> groups() {
            return Set.of("ops", "chat", "empty");
        }

        @Override
        public List<Target> targets(Collection<String> to) {
            return to.stream()
                    .filter(receiver -> !receiver.equals("empty"))
                    .map(receiver -> new Target(receiver.equals("chat") ? Channel.SLACK : Channel.MAIL, receiver, 1))
                    .toList();
        }

        @Override
        public void send(Target target, Notice notice) throws StepException {
            mail(List.of(target), notice);
        }

        @Override
        public void mail(List<Target> targets, Notice notice) throws StepException {
            String to = targets.stream().map(Target::group).collect(Collectors.joining("+"));
            if (down.contains(to)) {
                throw new StepException(Owner.REMOTE, "NOT_SENT", to + " is down", null, true, null);
            }
            String named = targets.stream().map(Target::toString).collect(Collectors.joining(" + "));
            sent.add(named + ": " + notice.title() + ": " + notice.text());
            notices.add(notice);
        }
    }
}
