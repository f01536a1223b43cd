package io.patchbay.connector.mail;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who logs in: by AUTH PLAIN or LOGIN (RFC 4954), or with a token by XOAUTH2, which is Google's and Microsoft's. Its text shows no secret. */
final class MailUser {

    private final String name;
    private final String password;
    private final String mechanisms;

    private MailUser(String name, String password, String mechanisms) {
        this.name = name;
        this.password = password;
        this.mechanisms = mechanisms;
    }

    /** One with a token in place of the password. */
    static MailUser token(String name, String token) {
        return new MailUser(name, token, "XOAUTH2");
    }

    /** The mailbox that a token is for. @throws StepException when the setting does not fit */
    static String name(AuthMethod auth, CallScope settings) throws StepException {
        return text(auth.username(), settings);
    }

    /** The user of an instance; null for none. @throws StepException when the way to prove it is none for mail */
    static @Nullable MailUser of(AuthMethod auth, CallScope settings) throws StepException {
        if (auth.config().type() == AuthConfig.Type.NONE) {
            return null;
        }
        if (auth.config().type() != AuthConfig.Type.BASIC) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_AUTH",
                    "mail takes auth of type basic, none or oauth2…, not '" + auth.id() + "'");
        }
        return new MailUser(text(auth.username(), settings), text(auth.password(), settings), "PLAIN LOGIN");
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

    /** How both are shown. */
    String mechanisms() {
        return mechanisms;
    }

    /** Or the token. */
    String password() {
        return password;
    }
}
