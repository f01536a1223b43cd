package io.patchbay.ops.security;

import org.jspecify.annotations.Nullable;

/** A login at the OpenID provider let nobody in; the message is for the log, and holds no secret. */
final class LoginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LoginRefusal why;
    private final String who;

    LoginRefusedException(LoginRefusal why, String message) {
        this(why, "", message, null);
    }

    LoginRefusedException(LoginRefusal why, String message, Throwable cause) {
        this(why, "", message, cause);
    }

    private LoginRefusedException(LoginRefusal why, String who, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
        this.who = who;
    }

    /** Of somebody whom the provider proved, and who has nothing to do here. */
    static LoginRefusedException of(String who, LoginRefusal why, String message) {
        return new LoginRefusedException(why, who, message, null);
    }

    LoginRefusal why() {
        return why;
    }

    /** Who it was; empty when nobody was proved. */
    String who() {
        return who;
    }
}
