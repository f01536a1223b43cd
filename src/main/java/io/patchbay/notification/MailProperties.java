package io.patchbay.notification;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server, {@code patchbay.mail.*}.
 *
 * @param host name of the server; none means that no mail is sent
 * @param port 1 to 65535
 * @param user name to log in with, or null for a server that wants none
 * @param password for the user
 * @param from sender's address; needed with a host
 * @param starttls whether the connection must be encrypted before anything is sent; without it, it never is
 * @param groups notification groups: addresses by name
 */
@ConfigurationProperties("patchbay.mail")
public record MailProperties(
        @Nullable String host,
        @DefaultValue("587") int port,
        @Nullable String user,
        @Nullable String password,
        @Nullable String from,
        @DefaultValue("true") boolean starttls,
        @DefaultValue Map<String, List<String>> groups) {

    /** @throws IllegalArgumentException naming the setting that is out of bounds */
    public MailProperties {
        groups = Map.copyOf(groups);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("patchbay.mail.port must be from 1 to 65535, found " + port);
        }
        if (host != null && !host.isBlank() && (from == null || !Mail.isAddress(from))) {
            throw new IllegalArgumentException(
                    "patchbay.mail.from must be a mail address when patchbay.mail.host is set");
        }
        groups.forEach((name, addresses) -> {
            for (String address : addresses) {
                if (!Mail.isAddress(address)) {
                    throw new IllegalArgumentException(
                            "patchbay.mail.groups." + name + ": '" + address + "' is not a mail address");
                }
            }
        });
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailProperties[" + host + ":" + port + ", from=" + from + ", groups=" + groups.keySet() + "]";
    }
}
