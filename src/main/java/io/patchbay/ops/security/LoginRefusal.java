package io.patchbay.ops.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Why a login at the OpenID provider did not let somebody in, with what the login page says of it. */
enum LoginRefusal {
    AWAY(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The provider does not answer now. Log in with a password, or try again in a while."),
    SETTINGS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Logins at the provider are set up wrongly. What is wrong stands in the log of Patchbay, for an administrator."),
    STALE(
            HttpStatus.FORBIDDEN,
            "This login was not begun in this browser, took more than ten minutes, or was used before. Begin again."),
    DECLINED(HttpStatus.UNAUTHORIZED, "The provider did not let you in."),
    TOKEN(
            HttpStatus.UNAUTHORIZED,
            "What the provider answered does not prove who you are. Begin again; what is wrong with it stands in the log of"
                    + " Patchbay, for an administrator."),
    NAME(
            HttpStatus.FORBIDDEN,
            "The provider does not tell what you are called. An administrator can name another claim"
                    + " (patchbay.access.oidc.name-claim)."),
    ROLE(
            HttpStatus.FORBIDDEN,
            "The provider knows you, but nothing that it says of you has a role here. An administrator can put you into a group"
                    + " there, or give your group a role here (patchbay.access.oidc.roles).");

    private final HttpStatus status;
    private final String sentence;

    LoginRefusal(HttpStatus status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** Its name in the address of the login page. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the audit log has as status. */
    HttpStatus status() {
        return status;
    }

    /** What the person is told. */
    String sentence() {
        return sentence;
    }

    /** Whether somebody was not let in, and not only could not try. */
    boolean denies() {
        return status != HttpStatus.SERVICE_UNAVAILABLE;
    }

    /** Whether an administrator can do something about it: what anybody can bring about must not fill the log. */
    boolean matters() {
        return this != STALE && this != DECLINED;
    }

    static Optional<LoginRefusal> of(@Nullable String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
