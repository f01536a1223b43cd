package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.script.Scripts;
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
 * @param scripts runs code of authors
 * @param known settings that such code may know
 */
public record Surroundings(
        String owner,
        CallScope scope,
        TokenFetch fetch,
        Sessions sessions,
        Clock clock,
        Redactor redactor,
        Connecting connecting,
        Scripts scripts,
        ObjectNode known) {}
