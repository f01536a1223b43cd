package io.patchbay.ops.security;

import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** Lets the administrator in: by bearer token, or, asked by {@link UserProvider}, as user {@code admin} with the token as password. */
final class AdminProvider implements AuthenticationProvider {

    static final String USER = "admin";

    private final AdminToken token;

    AdminProvider(AdminToken token) {
        this.token = token;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        boolean rightUser = given instanceof BearerToken || USER.equals(given.getName());
        boolean rightToken = given.getCredentials() instanceof String secret && token.matches(secret);
        if (!rightUser || !rightToken) {
            throw new BadCredentialsException("user or token is wrong");
        }
        return new Actor(Actor.Kind.TOKEN, USER, Role.ADMINISTRATOR, List.of()).authenticated();
    }

    @Override
    public boolean supports(Class<?> kind) {
        return BearerToken.class.isAssignableFrom(kind);
    }
}
