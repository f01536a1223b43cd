package io.patchbay.notification;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told, {@code patchbay.notifications.*}.
 *
 * @param groups notification groups by name, each with `mail` (addresses), `webhook`, `slack` and `teams` (https addresses, which may
 *     be or hold `${secret.NAME}`)
 * @param perHour how many messages shapes of one flow may send in an hour, from 1 to 100000
 * @param allowedHosts hosts of such addresses that may be private, or be called without encryption
 */
@ConfigurationProperties("patchbay.notifications")
public record NotificationProperties(
        @DefaultValue Map<String, GroupProperties> groups,
        @DefaultValue("1000") int perHour,
        @DefaultValue List<String> allowedHosts) {

    /**
     * A group.
     *
     * @param mail addresses
     * @param webhook addresses that take a JSON document
     * @param slack addresses of incoming webhooks of Slack, or of what takes its messages
     * @param teams addresses of workflows of Microsoft Teams that take a card
     */
    public record GroupProperties(
            @DefaultValue List<String> mail,
            @DefaultValue List<String> webhook,
            @DefaultValue List<String> slack,
            @DefaultValue List<String> teams) {

        public GroupProperties {
            mail = List.copyOf(mail);
            webhook = List.copyOf(webhook);
            slack = List.copyOf(slack);
            teams = List.copyOf(teams);
        }

        List<String> of(Channel channel) {
            return switch (channel) {
                case MAIL -> mail;
                case WEBHOOK -> webhook;
                case SLACK -> slack;
                case TEAMS -> teams;
            };
        }

        /** Without addresses: they may be secrets. */
        @Override
        public String toString() {
            return "GroupProperties[mail=" + mail.size() + ", webhook=" + webhook.size() + ", slack=" + slack.size()
                    + ", teams=" + teams.size() + "]";
        }
    }

    /** @throws IllegalArgumentException naming the setting that is wrong, never its value when that may be a secret */
    public NotificationProperties {
        groups = Map.copyOf(groups);
        allowedHosts = List.copyOf(allowedHosts);
        if (perHour < 1 || perHour > 100_000) {
            throw new IllegalArgumentException(
                    "patchbay.notifications.per-hour must be from 1 to 100000, found " + perHour);
        }
        groups.forEach((name, group) -> {
            String setting = "patchbay.notifications.groups." + name;
            if (name.contains("@") || name.contains("#")) {
                throw new IllegalArgumentException(setting + ": a group's name has neither '@' nor '#'");
            }
            for (String address : group.mail()) {
                if (!Mail.isAddress(address)) {
                    throw new IllegalArgumentException(setting + ".mail: '" + address + "' is not a mail address");
                }
            }
            for (Channel channel : Channel.values()) {
                List<String> addresses = group.of(channel);
                for (int i = 0; channel != Channel.MAIL && i < addresses.size(); i++) {
                    if (!HookAddress.plausible(addresses.get(i))) {
                        throw new IllegalArgumentException(setting + "." + channel.word() + "[" + i
                                + "] must be an address that begins with https://, or ${secret.NAME} that holds one");
                    }
                }
            }
        });
    }
}
