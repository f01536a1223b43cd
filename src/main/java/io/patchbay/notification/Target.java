package io.patchbay.notification;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place that a group is told at. It names the setting and not what the setting says, because that may be a secret.
 *
 * @param channel the way
 * @param group the group, or a mail address that stands for itself
 * @param number which of the group's, from 1
 */
public record Target(Channel channel, String group, int number) {

    private static final Pattern TEXT = Pattern.compile("([a-z]+):(.+)#([0-9]{1,4})", Pattern.DOTALL);

    /** As it is kept: {@code slack:ops#1}. */
    public String text() {
        return channel.word() + ":" + group + "#" + number;
    }

    /** Reads what {@link #text} wrote; empty when it is something else. */
    public static Optional<Target> parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        for (Channel channel : Channel.values()) {
            if (channel.name().equals(found.group(1).toUpperCase(Locale.ROOT))) {
                return Optional.of(new Target(channel, found.group(2), Integer.parseInt(found.group(3))));
            }
        }
        return Optional.empty();
    }

    /** As people read it. */
    @Override
    public String toString() {
        return channel == Channel.MAIL ? "mail to " + group : channel.word() + " " + number + " of group " + group;
    }
}
