package io.patchbay.ops.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries; null for whatever.
 *
 * @param actor of this one
 * @param action of this one
 * @param subject whose subject begins so
 * @param outcome that came to this
 * @param since from this instant on
 * @param until before this instant
 */
public record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        AuditEntry.@Nullable Outcome outcome,
        @Nullable Instant since,
        @Nullable Instant until) {}
