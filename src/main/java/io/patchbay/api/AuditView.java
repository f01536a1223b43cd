package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.AuditEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody did something, or was not let. */
@Doc("Somebody did something, or was not let")
record AuditView(
        String id,
        Instant at,

        @Doc("Name of the user or key; admin for the administrator's token, - for nobody known")
        String actor,

        @Doc("How they proved it: token, key, user or oidc; - for nobody known")
        String kind,

        @Nullable String role,
        @Doc("Where the request came from") String address,

        @Doc("The operation's id in this document, or login")
        String action,

        @Doc("About what: the variables of the path and the query, without what may be secret")
        String subject,

        @Doc("done, failed, denied, or allowed where content was about to go out")
        String outcome,

        @Doc("The status of the answer; null where content was about to go out") @Nullable
        Integer status) {

    static AuditView of(AuditEntry entry) {
        return new AuditView(
                entry.id(),
                entry.at(),
                entry.actor(),
                entry.kind(),
                entry.role(),
                entry.address(),
                entry.action(),
                entry.subject(),
                entry.outcome().word(),
                entry.status());
    }
}
