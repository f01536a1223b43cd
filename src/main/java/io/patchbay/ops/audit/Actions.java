package io.patchbay.ops.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** Names of what requests do: those of the OpenAPI document where it knows them. */
public final class Actions {

    private Actions() {}

    /** The name of a handler, like {@code startFlows}. */
    public static String of(Object handler) {
        return handler instanceof HandlerMethod method
                ? method.getMethod().getName()
                        + method.getBeanType().getSimpleName().replace("Resource", "")
                : "open";
    }

    /** What a request was about to do; its method and path where no handler was found yet. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
                ? of(method)
                : request.getMethod() + " " + request.getRequestURI();
    }
}
