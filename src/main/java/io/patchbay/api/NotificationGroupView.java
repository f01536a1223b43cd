package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Notifier;
import org.jspecify.annotations.Nullable;

/** A notification group, without its addresses: they may be secrets. */
@Doc("A notification group of the settings: by how many addresses of each kind it is told, and none of them, as"
        + " they may be secrets")
record NotificationGroupView(
        String name,
        @Doc("Mail addresses") int mail,
        @Doc("Addresses that take a JSON document") int webhook,
        @Doc("Channels of Slack") int slack,
        @Doc("Channels of Microsoft Teams") int teams,

        @Doc("Why it, or a part of it, is told nothing; null when nothing is the matter") @Nullable
        String problem) {

    static NotificationGroupView of(String name, Notifier notifier) {
        int mail = notifier.places(name, Channel.MAIL);
        int webhook = notifier.places(name, Channel.WEBHOOK);
        int slack = notifier.places(name, Channel.SLACK);
        int teams = notifier.places(name, Channel.TEAMS);
        return new NotificationGroupView(
                name, mail, webhook, slack, teams, problem(mail, webhook + slack + teams, notifier.mails()));
    }

    private static @Nullable String problem(int mail, int hooks, boolean mails) {
        if (mail + hooks == 0) {
            return "It has no address: nobody is told. Add some at patchbay.notifications.groups.";
        }
        return mail > 0 && !mails ? "No mail is sent: there is no mail server. Set patchbay.mail.host." : null;
    }
}
