package io.patchbay.notification;

import java.util.Locale;

/** By which way people of a group are told. */
public enum Channel {
    /** A mail to all addresses of the group. */
    MAIL,
    /** A JSON document to an address. */
    WEBHOOK,
    /** A message to a channel of Slack, or of what takes its messages. */
    SLACK,
    /** A card to a channel of Microsoft Teams. */
    TEAMS;

    /** The word for it, in settings and sentences. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
