package io.patchbay.alert;

import java.util.Locale;

/** What an alert is about. */
public enum AlertKind {
    /** Runs of a flow fail. */
    FAILED_RUNS,
    /** No run of a flow has succeeded for too long. */
    NO_SUCCESS,
    /** Too many runs of a flow fail. */
    ERROR_RATE,
    /** A run of a flow had fewer or more records than usual. */
    VOLUME,
    /** The runs of some hours had fewer or more records than those of the same hours had on the days before. */
    UNUSUAL_VOLUME,
    /** A start by schedule was not made when it was due. */
    MISSED_SCHEDULE,
    /** A system does not take the proof of who calls. */
    SIGN_IN,
    /** Calls of a system get no answer. */
    UNREACHABLE,
    /** The client's certificate of an instance ends soon, or has ended. */
    CERTIFICATE,
    /** The certificate of a server that an instance calls ends soon, or has ended. */
    SERVER_CERTIFICATE,
    /** The token ends soon, or has ended, without which a person has to connect an instance again. */
    REFRESH_TOKEN,
    /** A key of the API ends soon, or has ended. */
    ACCESS_KEY,
    /** Starts wait for too long. */
    QUEUE_AGE,
    /** There is no room on the disk. */
    DISK,
    /** Messages were left out because a flow or a group was muted; known when that is over. */
    MUTED;

    /** The word for it, wherever it is written or kept. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its subject is a flow. */
    boolean ofFlow() {
        return this == FAILED_RUNS
                || this == NO_SUCCESS
                || this == ERROR_RATE
                || this == VOLUME
                || this == UNUSUAL_VOLUME
                || this == MISSED_SCHEDULE;
    }

    /** Whether its subject begins with an instance. */
    boolean ofInstance() {
        return ofOutage() || this == CERTIFICATE || this == SERVER_CERTIFICATE || this == REFRESH_TOKEN;
    }

    /** Whether it is about something that is good until a certain time. */
    boolean ofExpiry() {
        return this == CERTIFICATE || this == SERVER_CERTIFICATE || this == REFRESH_TOKEN || this == ACCESS_KEY;
    }

    /** Whether it is an outage of an instance, its subject. */
    boolean ofOutage() {
        return this == SIGN_IN || this == UNREACHABLE;
    }
}
