package io.patchbay.ops.audit;

import io.patchbay.ops.audit.AuditEntry.Outcome;
import io.patchbay.ops.audit.AuditLog.Deed;
import io.patchbay.ops.security.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** Writes down what requests did. */
public final class AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final String ABOUT = AuditTrail.class.getName() + ".about";

    private final AuditLog log;
    // Counted apart: whoever floods the log from outside hides nothing of what somebody who is known was not let do.
    private final Denials strangers;
    private final Denials known;

    /** A trail into a log. */
    public AuditTrail(AuditLog log, AuditProperties settings, Clock clock) {
        this.log = log;
        this.strangers = new Denials(clock, settings.denialsPerMinute());
        this.known = new Denials(clock, settings.denialsPerMinute());
    }

    /** Says what a request is about where its path does not. Never a secret. */
    public static void about(HttpServletRequest request, String subject) {
        request.setAttribute(ABOUT, subject);
    }

    /** The same, worked out when an entry is written: not for what anybody can bring about as often as they like. */
    public static void about(HttpServletRequest request, Supplier<String> subject) {
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
        int before = (actor == null ? strangers : known).count();
        if (before < 0) {
            return;
        }
        String more = before == 0 ? "" : " (" + before + " denials before this one were not written)";
        // Nobody knows what stands in the query of somebody who is not known.
        String subject = actor == null ? named(request) : subject(request);
        Deed deed = deed(request, actor, action, subject + more, Outcome.DENIED, status);
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
        // Queries of the API hold filters and names; those of other pages may hold what proves something.
        boolean filters =
                request.getQueryString() != null && request.getRequestURI().startsWith("/api/");
        return named(request) + (filters ? "?" + known(request, request.getQueryString()) : "");
    }

    private static String named(HttpServletRequest request) {
        StringBuilder subject = new StringBuilder();
        if (request.getAttribute(ABOUT) instanceof String about) {
            subject.append(about);
        } else if (request.getAttribute(ABOUT) instanceof Supplier<?> about) {
            subject.append(about.get());
        } else if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path) {
            path.values()
                    .forEach(value ->
                            subject.append(subject.isEmpty() ? "" : "/").append(value));
        }
        return subject.toString();
    }

    /** Values of parameters that the call declares; those of variables and metadata are the flow's business, and may be secret. */
    private static String known(HttpServletRequest request, String query) {
        Set<String> declared = declared(request);
        return Arrays.stream(query.split("&", -1))
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? pair : pair.substring(0, equals);
                    return declared.contains(name) ? pair : name + (equals < 0 ? "" : "=***");
                })
                .collect(Collectors.joining("&"));
    }

    private static Set<String> declared(HttpServletRequest request) {
        Set<String> names = new HashSet<>();
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
            for (MethodParameter parameter : handler.getMethodParameters()) {
                RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
                if (query != null) {
                    names.add(query.name().isEmpty() ? parameter.getParameter().getName() : query.name());
                }
            }
        }
        return names;
    }
}
