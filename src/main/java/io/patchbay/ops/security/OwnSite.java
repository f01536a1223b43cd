package io.patchbay.ops.security;

import io.patchbay.ops.http.ProblemDocuments;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses passwords that a browser sends along by itself because a page of another site made it call us. Browsers say so in
 * {@code Sec-Fetch-Site} or {@code Origin}; programs send neither.
 */
final class OwnSite extends OncePerRequestFilter {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ProblemDocuments documents;

    OwnSite(ProblemDocuments documents) {
        this.documents = documents;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String proof = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean password = proof != null && proof.toLowerCase(Locale.ROOT).startsWith("basic ");
        if (password && foreign(request)) {
            documents.write(
                    request, response, HttpStatus.FORBIDDEN, "Pages of other sites may not call with a password.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean foreign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        return request.getHeader(HttpHeaders.ORIGIN) != null && !ofOwnOrigin(request);
    }

    /** Whether it says that a page of this host sent it; the scheme may be another one behind a proxy. */
    static boolean ofOwnOrigin(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        try {
            String authority = origin == null ? null : new URI(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
