package io.patchbay.connector;

import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.MailConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that endpoints and ways to prove who calls fit what baseUrl says is talked. */
final class Transport {

    /** What can be talked. */
    static final Set<String> SCHEMES = Set.of(
            "http", "https", "sftp", "ftp", "file", "jdbc", "smtp", "imap", "artemis", "amqp", "rabbitmq", "kafka");

    private static final Set<String> FILE_SCHEMES = Set.of("sftp", "ftp", "file");
    private static final Set<AuthConfig.Type> FILES =
            Set.of(AuthConfig.Type.NONE, AuthConfig.Type.BASIC, AuthConfig.Type.SSH_KEY);
    private static final Set<AuthConfig.Type> BROKERS =
            Set.of(AuthConfig.Type.NONE, AuthConfig.Type.BASIC, AuthConfig.Type.MTLS);
    private static final Set<String> MAIL_SCHEMES = Set.of("smtp", "imap");
    private static final Set<AuthConfig.Type> MAIL = Set.of(AuthConfig.Type.NONE, AuthConfig.Type.BASIC);

    private final Compiling compiling;
    private final @Nullable String scheme;

    /** @param scheme of baseUrl; null when that is not known, and nothing is said of the rest */
    Transport(Compiling compiling, @Nullable String scheme) {
        this.compiling = compiling;
        this.scheme = scheme != null && SCHEMES.contains(scheme) ? scheme : null;
    }

    /** Whether the system can be asked what an endpoint asks. */
    void check(String id, EndpointConfig endpoint) {
        if (scheme == null) {
            return;
        }
        String needed = null;
        if (endpoint.queue() != null) {
            needed = broker(scheme) ? null : "a message needs a baseUrl of artemis:, amqp:, rabbitmq: or kafka:";
        } else if (endpoint.file() != null) {
            needed = FILE_SCHEMES.contains(scheme) ? null : "a file operation needs a baseUrl of sftp:, ftp: or file:";
        } else if (endpoint.mail() != null) {
            needed = mail(endpoint.mail().op(), scheme);
        } else if (endpoint.sql() != null) {
            needed = scheme.equals("jdbc") ? null : "a query needs a baseUrl of jdbc:";
        } else {
            needed = scheme.startsWith("http") ? null : "an HTTP request needs a baseUrl of http:";
        }
        if (needed != null) {
            compiling.error(compiling.at("endpoints", id), "NOT_HERE", needed, null);
        }
    }

    private static @Nullable String mail(MailConfig.Op op, String scheme) {
        if (op == MailConfig.Op.CHECK) {
            return MAIL_SCHEMES.contains(scheme) ? null : "a check of a mail server needs a baseUrl of smtp: or imap:";
        }
        if (op.ofMailbox()) {
            return scheme.equals("imap") ? null : "reading mails needs a baseUrl of imap:";
        }
        return scheme.equals("smtp") ? null : "a mail needs a baseUrl of smtp:";
    }

    private static boolean broker(String scheme) {
        return Set.of("artemis", "amqp", "rabbitmq", "kafka").contains(scheme);
    }

    /** A method that does not belong to the transport would prove nothing, without a word. */
    void check(String id, AuthConfig auth) {
        AuthConfig.Type type = auth.type();
        if (scheme == null) {
            return;
        }
        boolean web = scheme.startsWith("http");
        String needed = null;
        if (type == AuthConfig.Type.SSH_KEY && !scheme.equals("sftp")) {
            needed = "sftp:";
        } else if (MAIL_SCHEMES.contains(scheme)) {
            needed = MAIL.contains(type) || type.oauth2() ? null : "https: or http:";
            checkMailToken(id, auth);
        } else if (broker(scheme)) {
            needed = BROKERS.contains(type) ? null : "https: or http:";
        } else if (!web && !FILES.contains(type)) {
            needed = "https: or http:";
        } else if (scheme.equals("http") && type == AuthConfig.Type.MTLS) {
            needed = "https:";
        }
        if (needed != null) {
            compiling.error(
                    compiling.at("auth", id, "type"),
                    "NOT_HERE",
                    "this way to prove who calls needs a baseUrl of " + needed,
                    null);
        }
    }

    /** Of a token for a mailbox: whose it is, and that nothing is said of requests. */
    private void checkMailToken(String id, AuthConfig auth) {
        if (!auth.type().oauth2()) {
            return;
        }
        if (auth.username() == null && auth.type() != AuthConfig.Type.OAUTH2_PASSWORD) {
            compiling.error(
                    compiling.at("auth", id),
                    "MISSING_KEY",
                    "a token for mail needs the key 'username': the mailbox that it opens",
                    "username: '${settings.user}'");
        }
        if (auth.inject() != null || auth.hmac() != null) {
            compiling.error(
                    compiling.at("auth", id, auth.inject() != null ? "inject" : "hmac"),
                    "NOT_HERE",
                    "a token for mail is shown at the login, by XOAUTH2: there is no request that it could stand in",
                    "take it out");
        }
    }
}
