package io.patchbay.ops.security;

import io.patchbay.secret.Seal;
import io.patchbay.secret.SealException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A login that somebody went to the provider for. The browser keeps it, sealed: a stranger who begins a login costs no memory,
 * and a restart does not end it. Its cookie is sent when the provider's page leads back, which the session's is not.
 *
 * @param state which answer belongs to it
 * @param nonce which ID token does
 * @param verifier what proves to the provider that who asks for the token is who began (PKCE)
 * @param to the page of ours where it leads
 * @param until when it is too late
 */
record BegunLogin(String state, String nonce, String verifier, String to, Instant until) {

    private static final String COOKIE = "PATCHBAY_LOGIN";
    private static final String PLACE = "login/oidc";
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int PARTS = 5;

    /** One that begins now. */
    static BegunLogin now(String state, String nonce, String verifier, String to, Clock clock) {
        return new BegunLogin(state, nonce, verifier, to, clock.instant().plus(TIME));
    }

    /** What the browser keeps. */
    String cookie(Seal seal, boolean secure) {
        String all = String.join("\n", state, nonce, verifier, to, until.toString());
        return cookie(seal.seal(all, PLACE), TIME, secure);
    }

    /** Makes the browser forget it: it is good once. */
    static String forget(boolean secure) {
        return cookie("", Duration.ZERO, secure);
    }

    private static String cookie(String value, Duration time, boolean secure) {
        return ResponseCookie.from(COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .maxAge(time)
                .build()
                .toString();
    }

    /** The one that a browser keeps, if there is one, of ours, and in time. */
    static Optional<BegunLogin> of(HttpServletRequest request, Seal seal, Clock clock) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        if (cookie == null) {
            return Optional.empty();
        }
        try {
            String[] parts = seal.open(cookie.getValue(), PLACE).split("\n", -1);
            return parts.length == PARTS
                    ? Optional.of(new BegunLogin(parts[0], parts[1], parts[2], parts[3], Instant.parse(parts[4])))
                            .filter(begun -> clock.instant().isBefore(begun.until()))
                    : Optional.empty();
        } catch (SealException e) {
            return Optional.empty();
        }
    }
}
