package io.patchbay.ops.audit;

import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Writes down each call of a handler that needs more than to view: reading content before it goes out, all else when it is
 * answered. No handler has to think of it, so none can forget it.
 */
final class AuditInterceptor implements HandlerInterceptor {

    private final AuditTrail trail;

    AuditInterceptor(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Actor actor = actor();
        if (actor != null && reads(handler) && request.getDispatcherType() == DispatcherType.REQUEST) {
            trail.allowed(request, actor, Actions.of(handler));
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failed) {
        Actor actor = actor();
        Permission needed = needed(handler);
        if (actor != null && needed != null && needed != Permission.VIEW && !reads(handler)) {
            String made = response.getHeader(HttpHeaders.LOCATION);
            trail.done(
                    request,
                    actor,
                    Actions.of(handler),
                    made != null && made.startsWith("/api/") ? made : null,
                    failed == null ? response.getStatus() : 500);
        }
    }

    private static boolean reads(Object handler) {
        Permission needed = needed(handler);
        return needed == Permission.READ || needed == Permission.AUDIT;
    }

    private static @Nullable Permission needed(Object handler) {
        Needs needs = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Needs.class) : null;
        return needs == null ? null : needs.value();
    }

    private static @Nullable Actor actor() {
        return Actor.of(SecurityContextHolder.getContext().getAuthentication());
    }
}
