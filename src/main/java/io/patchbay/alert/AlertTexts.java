package io.patchbay.alert;

import io.patchbay.alert.Mutes.Mute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people read: what is the matter, and what to do. */
final class AlertTexts {

    private AlertTexts() {}

    static String title(Alert alert, Moment moment) {
        return "Patchbay: " + matter(alert, moment);
    }

    /** What is the matter, in short. */
    static String matter(Alert alert) {
        return matter(alert, Moment.OPENED);
    }

    private static String matter(Alert alert, Moment moment) {
        String of = alert.subject();
        boolean over = moment == Moment.OVER;
        String still = moment == Moment.GOES_ON ? "still " : "";
        return switch (alert.kind()) {
            case FAILED_RUNS -> over ? "flow " + of + " succeeds again" : "flow " + of + " " + still + "fails";
            case NO_SUCCESS ->
                over ? "flow " + of + " succeeded again" : "flow " + of + " has " + still + "had no success";
            case ERROR_RATE ->
                over
                        ? "fewer runs of flow " + of + " fail again"
                        : "too many runs of flow " + of + " " + still + "fail";
            case VOLUME ->
                over
                        ? "flow " + of + " has as many records as usual again"
                        : "flow " + of + " " + still + "has an unexpected number of records";
            case UNUSUAL_VOLUME ->
                over
                        ? "flow " + of + " has about as many records as on the days before again"
                        : "flow " + of + " " + still + "has a number of records far from that of the days before";
            case MISSED_SCHEDULE ->
                over
                        ? "flow " + of + " is started by its schedule again"
                        : "flow " + of + " was " + still + "not started when it was due";
            case CERTIFICATE ->
                over
                        ? "instance " + of + " has a certificate that goes on"
                        : "the client certificate of instance " + of + " ends";
            case SERVER_CERTIFICATE -> {
                String server = "the certificate of " + of.substring(of.indexOf(' ') + 1);
                yield over
                        ? server + " that instance " + alert.instance() + " calls goes on"
                        : server + " that instance " + alert.instance() + " calls ends";
            }
            case REFRESH_TOKEN ->
                over ? "instance " + of + " stays connected" : "the connection of instance " + of + " ends";
            case ACCESS_KEY -> over ? "key " + of + " goes on or is gone" : "key " + of + " of the API ends";
            case SIGN_IN ->
                over ? "instance " + of + " is signed in again" : "instance " + of + " " + still + "cannot sign in";
            case UNREACHABLE ->
                over ? "instance " + of + " answers again" : "instance " + of + " " + still + "does not answer";
            case QUEUE_AGE -> over ? "starts wait no longer" : "starts " + still + "wait for too long";
            case DISK -> over ? "there is room on the disk again" : "the disk is " + still + "full";
            case MUTED -> "what was not sent while " + of + " was muted";
        };
    }

    static String text(Alert alert, Moment moment, long unsaid) {
        StringBuilder text = new StringBuilder();
        if (moment == Moment.OVER && unsaid > 0 && alert.overAt() != null) {
            text.append("This came and went; ")
                    .append(unsaid)
                    .append(" more since the last message, and over at ")
                    .append(second(alert.overAt()))
                    .append(". The last: ");
        }
        text.append(alert.sentence());
        if (moment == Moment.OVER) {
            text.append("\nIt had begun at ").append(second(alert.openedAt())).append('.');
            if (alert.kind() == AlertKind.FAILED_RUNS) {
                text.append(alert.times() == 1 ? " One run failed." : " " + alert.times() + " runs failed.")
                        .append("\nWhat to do: nothing about new runs.");
            }
            return text.toString();
        }
        if (moment == Moment.GOES_ON) {
            text.append("\nThis goes on since ").append(second(alert.openedAt()));
            if (unsaid > 0) {
                text.append("; ").append(unsaid).append(" more since the last message");
            }
            text.append('.');
        }
        return text.append("\nWhat to do: ").append(alert.advice()).toString();
    }

    /** Who else would have been told; empty when nobody would. */
    static String notTold(List<Mute> muted) {
        return muted.isEmpty()
                ? ""
                : "\nNot told of this: "
                        + muted.stream()
                                .map(mute -> mute.of().word() + " '" + mute.name() + "', muted until "
                                        + second(mute.until()) + " (" + mute.by() + ": " + mute.reason() + ")")
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    /** What is the matter, in short, and whether nobody is told of it for a while. */
    static String matter(Alert alert, Collection<Mute> mutes) {
        Instant until = Mutes.until(mutes, alert);
        return matter(alert) + (until == null ? "" : " (muted until " + second(until) + ")");
    }

    static String advice(Alert alert) {
        String of = alert.subject();
        return switch (alert.kind()) {
            case FAILED_RUNS ->
                alert.run() == null
                        ? "see the runs with `patchbay runs --flow " + of
                                + "`, mend the cause, then replay what failed."
                        : "see the run with `patchbay runs " + alert.run()
                                + "`, mend the cause, then replay what failed.";
            case NO_SUCCESS ->
                "see whether the flow was started at all, and how its runs ended, with `patchbay runs --flow " + of
                        + "`.";
            case ERROR_RATE ->
                "see which runs failed, and why, with `patchbay runs --flow " + of + "`; what failed can be replayed.";
            case VOLUME ->
                "see whether the source has as many records as it should; if this is usual now, change 'volume' in the"
                        + " settings of the flow.";
            case UNUSUAL_VOLUME ->
                "see what ran, and with how many records, with `patchbay runs --flow " + of
                        + "`, and whether the source"
                        + " has as many as it should; if this may be, change 'usualVolume' in the settings of the flow.";
            case MISSED_SCHEDULE ->
                "see whether the runtime was down or has no room for starts, with `patchbay health`; start the flow by hand"
                        + " with `POST /api/v1/flows/" + of + "/start` if a start is missing.";
            case CERTIFICATE ->
                "get a new certificate, put it and its key where the instance's settings name them, and check it with"
                        + " `patchbay connector check " + of + "`.";
            case SERVER_CERTIFICATE ->
                "tell whoever runs that server to renew its certificate; once it has ended, calls fail. The alert is over when a"
                        + " call meets the new one, like that of `patchbay connector check " + alert.instance() + "`.";
            case REFRESH_TOKEN ->
                "call it, with `patchbay connector check " + of
                        + "`, where its system gives a new token with each renewal; else connect it again with"
                        + " `patchbay connector connect " + of + "` before that.";
            case ACCESS_KEY ->
                "make a key for whoever uses it with `patchbay keys add`, and end this one with `patchbay keys remove "
                        + of + "`.";
            case SIGN_IN ->
                "renew its credentials, or connect it again with `patchbay connector connect " + of
                        + "`, then check it with `patchbay connector check " + of
                        + "`. What failed meanwhile can be replayed.";
            case UNREACHABLE ->
                "see whether the system is up and can be reached from here, with `patchbay connector check " + of
                        + "`. Its flows go on by themselves when it answers; what failed meanwhile can be"
                        + " replayed.";
            case QUEUE_AGE ->
                "see what runs and what is paused with `patchbay health`; more runs at a time are allowed with"
                        + " patchbay.runs.parallel.";
            case DISK ->
                "make room in the data folder, or lower patchbay.history.keep and patchbay.history.most-captured."
                        + " Nothing new is taken in until then.";
            case MUTED -> "see what is open, and what was, with `patchbay alerts --all`.";
        };
    }

    /** The console's page that shows more; null when nobody said under which address this runtime is reached. */
    static @Nullable String link(@Nullable String base, Alert alert) {
        if (base == null) {
            return null;
        }
        String console = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/hawtio/";
        String of = alert.subject();
        if (alert.kind().ofFlow()) {
            return console + "flows/" + of + (alert.run() == null ? "" : "/runs/" + alert.run());
        }
        if (alert.run() != null) {
            return console + "runs/" + alert.run();
        }
        return console
                + (alert.kind().ofInstance()
                        ? "instances/" + alert.instance()
                        : alert.kind() == AlertKind.QUEUE_AGE ? "queue" : "flows");
    }

    static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
