package io.patchbay.ops.security;

import io.patchbay.ops.http.ProblemDocuments;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to who calls the API too often. It stands behind what finds out who somebody is; a stream is one call, however long it
 * lasts. Strangers are counted where they would be told to log in.
 */
final class RateFilter extends OncePerRequestFilter {

    private final Rates rates;
    private final ProblemDocuments documents;

    RateFilter(Rates rates, ProblemDocuments documents) {
        this.rates = rates;
        this.documents = documents;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Actor actor = Actor.of(SecurityContextHolder.getContext().getAuthentication());
        Duration wait = actor == null ? null : rates.refused(actor);
        if (actor == null || wait == null) {
            chain.doFilter(request, response);
        } else {
            String sentence = "The " + actor.kind().word() + " '" + actor.name() + "' calls more than " + rates.calls()
                    + " times a minute, which is what patchbay.rate.calls allows.";
            refuse(request, response, wait, sentence);
        }
    }

    /** Tells strangers to log in, as long as not too many ask from their address. */
    AuthenticationEntryPoint before(AuthenticationEntryPoint challenge) {
        return (request, response, why) -> {
            boolean ours = why instanceof AuthenticationServiceException; // nobody can be looked up now
            Duration wait = ours ? null : rates.refused(request.getRemoteAddr());
            if (wait == null) {
                challenge.commence(request, response, why);
            } else {
                refuse(
                        request,
                        response,
                        wait,
                        "Too many calls from this address show no token, key or password, or a wrong one.");
            }
        };
    }

    /** Counts who logs in at a provider; whoever is logged in already is none of them. */
    Filter ofLogins() {
        return new OncePerRequestFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return !ProviderLogin.isStep(request);
            }

            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                boolean known = Actor.of(SecurityContextHolder.getContext().getAuthentication()) != null;
                Duration wait = known ? null : rates.refusedLogin(request.getRemoteAddr());
                if (wait == null) {
                    chain.doFilter(request, response);
                } else {
                    refuse(request, response, wait, "Too many logins at the provider come from this address.");
                }
            }
        };
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Duration wait, String sentence)
            throws IOException {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        documents.write(request, response, HttpStatus.TOO_MANY_REQUESTS, sentence + " Try again in " + seconds + " s.");
    }
}
