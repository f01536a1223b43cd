package io.patchbay.api;

import io.patchbay.problem.DidYouMean;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a call whose query has a parameter that it does not know: a filter with a slip in its name would hold for everything.
 * The query alone is read, never the body.
 */
final class KnownParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query == null || !(handler instanceof HandlerMethod method) || method.hasMethodAnnotation(OwnQuery.class)) {
            return true;
        }
        Set<String> known = known(method);
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && !known.contains(name)) {
                throw Refusal.of(
                        HttpStatus.BAD_REQUEST,
                        "UNKNOWN_PARAMETER",
                        "There is no parameter " + Refusal.quoted(name) + " here; " + hint(name, known));
            }
        }
        return true;
    }

    private static String hint(String name, Set<String> known) {
        return DidYouMean.nearest(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "there is none." : "there are " + String.join(", ", known) + ".");
    }

    /** Names as the compiler keeps them. */
    private static Set<String> known(HandlerMethod method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getMethod().getParameters()) {
            RequestParam of = parameter.getAnnotation(RequestParam.class);
            if (of != null) {
                names.add(Arrays.stream(new String[] {of.name(), of.value()})
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse(parameter.getName()));
            }
        }
        return names;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The query is not well encoded: " + Refusal.quoted(text) + ".");
        }
    }
}
