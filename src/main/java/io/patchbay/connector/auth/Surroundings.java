package io.patchbay.connector.auth;

import io.patchbay.connector.CallScope;
import io.patchbay.secret.Redactor;
import java.time.Clock;

/**
 * What methods work with.
 *
 * @param owner the instance's name
 * @param scope the instance's settings, secrets among them
 * @param fetch asks token endpoints
 * @param sessions calls login endpoints
 * @param clock tells when tokens end
 * @param redactor learns what is made from secrets
 * @param connecting keeps tokens
 */
public record Surroundings(
        String owner,
        CallScope scope,
        TokenFetch fetch,
        Sessions sessions,
        Clock clock,
        Redactor redactor,
        Connecting connecting) {}
