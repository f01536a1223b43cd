package io.patchbay.connector.mail;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who logs in, by AUTH PLAIN or LOGIN (RFC 4954). Its text shows no password. */
final class MailUser {

    private final String name;
    private final String password;

    private MailUser(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /** The user of an instance; null for none. @throws StepException when the way to prove it is none for mail */
    static @Nullable MailUser of(AuthMethod auth, CallScope settings) throws StepException {
        if (auth.config().type() == AuthConfig.Type.NONE) {
            return null;
        }
        if (auth.config().type() != AuthConfig.Type.BASIC) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_AUTH", "mail takes auth of type basic or none, not '" + auth.id() + "'");
        }
        return new MailUser(text(auth.username(), settings), text(auth.password(), settings));
    }

    private static String text(@Nullable Template template, CallScope settings) throws StepException {
        String text = Objects.requireNonNull(template).text(settings);
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_VALUE",
                    "user name and password of mail are not empty, without control characters");
        }
        return text;
    }

    String name() {
        return name;
    }

    /** How name and password are shown. */
    String mechanisms() {
        return "PLAIN LOGIN";
    }

    String password() {
        return password;
    }
}
