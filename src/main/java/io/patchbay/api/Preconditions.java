package io.patchbay.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Reads {@code If-Match} for calls that take a {@link Precondition}, and refuses it on those that do not: a caller who asks to be stopped
 * must not believe that they would be.
 */
final class Preconditions implements HandlerMethodArgumentResolver, HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final EntityTags tags;

    Preconditions(EntityTags tags) {
        this.tags = tags;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Precondition.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String[] given = request.getHeaderValues(HttpHeaders.IF_MATCH);
        if (given == null) {
            return new Precondition(List.of(), tags);
        }
        List<ETag> read = Arrays.stream(given)
                .flatMap(header -> ETag.parse(header).stream())
                .toList();
        if (read.isEmpty()) {
            throw Refusal.badRequest(
                    "If-Match must be an ETag as a GET gave it, in double quotes, or *; found something else.");
        }
        return new Precondition(read, tags);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && !READING.contains(request.getMethod())
                && !Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)).isEmpty()
                && Arrays.stream(method.getMethodParameters()).noneMatch(this::supportsParameter)) {
            throw Refusal.badRequest("This call cannot be made to depend on an ETag: leave If-Match out.");
        }
        return true;
    }
}
