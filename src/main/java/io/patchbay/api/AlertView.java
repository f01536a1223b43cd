package io.patchbay.api;

import io.patchbay.alert.Alert;
import io.patchbay.alert.AlertKind;
import io.patchbay.alert.Mutes;
import io.patchbay.canvas.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people were told, or would have been. */
@Doc("What people were told, or would have been if anybody were to be")
record AlertView(
        @Doc("UUIDv7: sorts by time") String id,
        @Doc("What it is about") AlertKind kind,

        @Doc("The flow or instance; empty for the program itself")
        String subject,

        @Doc("Whether it is not over") boolean open,
        @Doc("When it came up") Instant openedAt,
        @Doc("When it was last seen") Instant lastAt,
        @Doc("When it was over") @Nullable Instant overAt,
        @Doc("How often it was seen: failed runs, say") long times,
        @Doc("What is the matter") String sentence,
        @Doc("What to do") String advice,

        @Doc("The last run that it was seen in") @Nullable String runId,

        @Doc("Groups and addresses that are told") List<String> receivers,

        @Doc("Until when nobody is told of it, because its flow or all of its groups are muted") @Nullable
        Instant mutedUntil,

        @Doc("Its newest messages, up to a hundred, in order")
        List<MessageView> messages) {

    /** A message to one place. */
    @Doc("A message to one place")
    record MessageView(
            @Doc("Where to; never an address that may be a secret")
            String target,

            Alert.Message.State state,
            @Doc("How often it was tried") int attempts,

            @Doc("When it is tried again, or was tried last")
            Instant nextAt,

            @Doc("Why it was not taken") @Nullable String problem) {}

    static AlertView of(Alert alert, List<Alert.Message> messages, List<Mutes.Mute> mutes) {
        return new AlertView(
                alert.id(),
                alert.kind(),
                alert.subject(),
                alert.open(),
                alert.openedAt(),
                alert.lastAt(),
                alert.overAt(),
                alert.times(),
                alert.sentence(),
                alert.advice(),
                alert.run(),
                alert.receivers(),
                Mutes.until(mutes, alert),
                messages.stream()
                        .filter(message -> message.alert().equals(alert.id()))
                        .map(message -> new MessageView(
                                message.target(),
                                message.state(),
                                message.attempts(),
                                message.nextAt(),
                                message.problem()))
                        .toList());
    }
}
