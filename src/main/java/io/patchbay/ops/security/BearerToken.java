package io.patchbay.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A token that came in {@code Authorization: Bearer …} (RFC 6750) and was not looked at yet. */
final class BearerToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Bearer ";

    private final String token;

    private BearerToken(String token) {
        super(List.of());
        this.token = token;
    }

    /** Null when the request carries no bearer token; the scheme's name is read in any case. */
    static @Nullable BearerToken of(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? new BearerToken(header.substring(SCHEME.length()).strip())
                : null;
    }

    @Override
    public String getCredentials() {
        return token;
    }

    @Override
    public String getPrincipal() {
        return "bearer";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BearerToken that && super.equals(other) && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }
}
