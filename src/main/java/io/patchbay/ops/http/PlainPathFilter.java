package io.patchbay.ops.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that go up or stand still ({@code /../}, {@code /./}) before anything looks at them. The container resolves
 * them to find a servlet while Spring compares the text: what one lets pass the other must not see differently.
 */
final class PlainPathFilter extends OncePerRequestFilter {

    /** A segment of one or two dots, bare or encoded, with or without parameters. */
    private static final Pattern DOTS = Pattern.compile("/(\\.|%2[eE]){1,2}(;[^/]*)?(/|$)");

    private final ProblemDocuments documents;

    PlainPathFilter(ProblemDocuments documents) {
        this.documents = documents;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (DOTS.matcher(request.getRequestURI()).find()) {
            documents.write(request, response, HttpStatus.BAD_REQUEST, "The path is not acceptable.");
        } else {
            chain.doFilter(request, response);
        }
    }
}
