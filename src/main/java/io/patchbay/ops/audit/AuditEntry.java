package io.patchbay.ops.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody did something, or was not let.
 *
 * @param id UUIDv7: entries are in the order of their ids
 * @param at when
 * @param actor who: the name of a key or a user, {@code admin} for the administrator's token, {@code -} for nobody known
 * @param kind how they proved it, {@code token}, {@code key}, {@code user} or {@code oidc}; {@code -} for nobody known
 * @param role what they may do; null for nobody known
 * @param address where the request came from
 * @param action what: the operation's id in the OpenAPI document, or {@code login}
 * @param subject about what: the path's variables and the query, without what may be secret
 * @param outcome what came of it
 * @param status the status of the answer; null where it was not known yet
 */
public record AuditEntry(
        String id,
        Instant at,
        String actor,
        String kind,
        @Nullable String role,
        String address,
        String action,
        String subject,
        Outcome outcome,
        @Nullable Integer status) {

    /** What came of it. */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It was refused or failed, as the status says. */
        FAILED,
        /** Its role or its proof did not do. */
        DENIED,
        /** Content was asked for and may be had; written before it goes out. */
        ALLOWED;

        /** Its name as documents write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
