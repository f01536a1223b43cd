package io.patchbay.ops.audit;

import io.patchbay.ops.audit.AuditEntry.Outcome;
import io.patchbay.ops.audit.AuditLog.Deed;
import io.patchbay.ops.security.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerMapping;

/** Writes down what requests did. */
public final class AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final String ABOUT = AuditTrail.class.getName() + ".about";

    private final AuditLog log;
    private final Denials denials;

    /** A trail into a log. */
    public AuditTrail(AuditLog log, AuditProperties settings, Clock clock) {
        this.log = log;
        this.denials = new Denials(clock, settings.denialsPerMinute());
    }

    /** Says what a request is about where its path does not. Never a secret. */
    public static void about(HttpServletRequest request, String subject) {
        request.setAttribute(ABOUT, subject);
    }

    /** Content is about to go out: returns when that is on disk, and throws when it cannot be written. */
    public void allowed(HttpServletRequest request, Actor actor, String action) {
        log.add(deed(request, actor, action, subject(request), Outcome.ALLOWED, null))
                .join();
    }

    /** A request was answered; returns when that is on disk. */
    public void done(HttpServletRequest request, Actor actor, String action, @Nullable String made, int status) {
        String subject = subject(request) + (made == null ? "" : " made " + made);
        Outcome outcome = status < 400 ? Outcome.DONE : Outcome.FAILED;
        try {
            log.add(deed(request, actor, action, subject, outcome, status)).join();
        } catch (RuntimeException e) {
            // It is done and cannot be taken back: the program's log has to do.
            LOG.error("not in the audit log: {} did {} ({}), {}", actor.name(), action, subject, status, e);
        }
    }

    /**
     * Somebody was not let; nobody waits for the disk.
     *
     * @param actor null where a proof did not do
     */
    public void denied(HttpServletRequest request, @Nullable Actor actor, String action, int status) {
        int before = denials.count();
        if (before < 0) {
            return;
        }
        String more = before == 0 ? "" : " (" + before + " denials before this one were not written)";
        Deed deed = deed(request, actor, action, subject(request) + more, Outcome.DENIED, status);
        var unused = log.add(deed).exceptionally(failed -> {
            LOG.error("a denial is not in the audit log", failed);
            return null;
        });
    }

    private static Deed deed(
            HttpServletRequest request,
            @Nullable Actor actor,
            String action,
            String subject,
            Outcome outcome,
            @Nullable Integer status) {
        return new Deed(
                actor == null ? "-" : actor.name(),
                actor == null ? "-" : actor.kind().word(),
                actor == null ? null : actor.role().word(),
                request.getRemoteAddr(),
                action,
                subject,
                outcome,
                status);
    }

    private static String subject(HttpServletRequest request) {
        StringBuilder subject = new StringBuilder();
        if (request.getAttribute(ABOUT) instanceof String about) {
            subject.append(about);
        } else if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            path.values()
                    .forEach(value ->
                            subject.append(subject.isEmpty() ? "" : "/").append(value));
        }
        // Queries of the API hold filters and names; those of other pages may hold what proves something.
        if (request.getQueryString() != null && request.getRequestURI().startsWith("/api/")) {
            subject.append('?').append(withoutValues(request.getQueryString()));
        }
        return subject.toString();
    }

    /** Values of variables and metadata are the flow's business, and may be secret. */
    private static String withoutValues(String query) {
        return query.replaceAll("(^|&)((?:var|meta)(?:\\.|%2[eE])[^=&]*)=[^&]*", "$1$2=***");
    }
}
