package io.patchbay.ops.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** Lets those in who send a key as bearer token. */
final class KeyProvider implements AuthenticationProvider {

    private final AccessKeys keys;

    KeyProvider(AccessKeys keys) {
        this.keys = keys;
    }

    /** Null for a token that is no key, which others may know. */
    @Override
    public @Nullable Authentication authenticate(Authentication given) {
        if (!(given.getCredentials() instanceof String text) || !text.startsWith(KeyText.PREFIX)) {
            return null;
        }
        return keys.actor(text)
                .map(Actor::authenticated)
                .orElseThrow(() -> new BadCredentialsException("the key is not known, or has expired"));
    }

    @Override
    public boolean supports(Class<?> kind) {
        return BearerToken.class.isAssignableFrom(kind);
    }
}
