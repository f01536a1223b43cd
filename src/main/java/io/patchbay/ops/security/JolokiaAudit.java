package io.patchbay.ops.security;

import io.patchbay.ops.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Writes down what was asked of JMX over HTTP. Polled operations that only tell are views, and not written. */
interface JolokiaAudit {

    /** What the log calls it. */
    String ACTION = "execJolokia";

    /** Something is about to hand out messages. @return whether that is written down, without which it must not */
    boolean allowed(String subject);

    /** Something was refused. */
    void denied(String subject);

    /** In the audit log of the program that the request of this thread came to. Jolokia makes its restrictor itself, so nobody can give it one. */
    JolokiaAudit OF_REQUEST = new JolokiaAudit() {
        @Override
        public boolean allowed(String subject) {
            HttpServletRequest request = request();
            Actor actor = actor();
            if (request == null || actor == null) {
                return false;
            }
            AuditTrail.about(request, subject);
            trail(request).allowed(request, actor, ACTION);
            return true;
        }

        @Override
        public void denied(String subject) {
            HttpServletRequest request = request();
            if (request != null) {
                AuditTrail.about(request, subject);
                trail(request).denied(request, actor(), ACTION, HttpStatus.FORBIDDEN.value());
            }
        }

        private static AuditTrail trail(HttpServletRequest request) {
            return WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
                    .getBean(AuditTrail.class);
        }

        private static @Nullable HttpServletRequest request() {
            return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                    ? attributes.getRequest()
                    : null;
        }

        private static @Nullable Actor actor() {
            return Actor.of(SecurityContextHolder.getContext().getAuthentication());
        }
    };
}
