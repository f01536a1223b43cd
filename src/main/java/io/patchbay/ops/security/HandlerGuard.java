package io.patchbay.ops.security;

import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Decides at the handler that is about to be called, so that no spelling of a path can lead around it: {@link Needs} says what
 * it takes, {@link Role} who has it, and a handler that says nothing is refused.
 */
final class HandlerGuard implements HandlerInterceptor {

    /** Pages of the console, which hand out no data: {@link ConsolePaths} says who may have them. */
    private static final String HAWTIO = "io.hawt.";

    private final RunHistory history;

    /** @param history knows whose run and whose failed payload something is */
    HandlerGuard(RunHistory history) {
        this.history = history;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // What is no method serves files: of the paths of files the chains in front say who may have them.
        if (handler instanceof HandlerMethod method
                && request.getDispatcherType() != DispatcherType.ERROR
                && !method.hasMethodAnnotation(Open.class)
                && !method.getBeanType().getName().startsWith(HAWTIO)) {
            check(method.getMethodAnnotation(Needs.class), request);
        }
        return true;
    }

    private void check(@Nullable Needs needs, HttpServletRequest request) {
        Actor actor = Actor.of(SecurityContextHolder.getContext().getAuthentication());
        if (needs == null || actor == null) {
            throw new NotPermittedException("No role has this right.");
        }
        if (!actor.role().may(needs.value())) {
            throw new NotPermittedException("The role " + actor.role().word() + " has no right to "
                    + needs.value().word() + "; an administrator can give another role.");
        }
        if (actor.bounded()) {
            bounded(actor, needs.flow(), request);
        }
    }

    private void bounded(Actor actor, FlowIn where, HttpServletRequest request) {
        String allowed = String.join(", ", actor.flows());
        String flow = switch (where) {
            case NOWHERE -> throw new NotPermittedException(notOfOneFlow(actor));
            case QUERY -> only(request.getParameterValues("flow"), allowed);
            case PATH -> {
                String named = variable(request, "flow");
                yield named == null ? variable(request, "id") : named;
            }
            case RUN ->
                history.run(String.valueOf(variable(request, "id")))
                        .map(RunRecord::flow)
                        .orElse(null);
            case FAILED_PAYLOAD ->
                history.failed(String.valueOf(variable(request, "id")))
                        .map(FailedPayload::flow)
                        .orElse(null);
        };
        // What is not there is said by the handler, and says nothing of other flows: ids are not made to be guessed.
        if (flow == null ? where == FlowIn.PATH : !actor.mayUse(flow)) {
            throw new NotPermittedException("This key holds for the flows " + allowed + " only.");
        }
    }

    /** What is said to who is let in for some flows only and asks for something else. */
    static String notOfOneFlow(Actor actor) {
        return "This key holds for the flows " + String.join(", ", actor.flows())
                + ", and this call is not about one flow.";
    }

    private static String only(String @Nullable [] values, String allowed) {
        if (values == null || values.length != 1) {
            throw new NotPermittedException(
                    "This key holds for the flows " + allowed + ": name one of them with flow=, once.");
        }
        return values[0];
    }

    private static @Nullable String variable(HttpServletRequest request, String name) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object value = variables instanceof Map<?, ?> map ? map.get(name) : null;
        return value instanceof String text ? text : null;
    }
}
