package io.patchbay.ops.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Lets people in by name and password, and the administrator with the token as password. Who tried too often is not looked at:
 * the answer is that of a wrong password, so that nobody learns more.
 */
final class UserProvider implements AuthenticationProvider {

    private final LocalUsers users;
    private final AdminProvider administrator;
    private final Lockouts lockouts;

    UserProvider(LocalUsers users, AdminProvider administrator, Lockouts lockouts) {
        this.users = users;
        this.administrator = administrator;
        this.lockouts = lockouts;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String address =
                given.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        refuseIfLocked(name, address);
        return users.turns().take(() -> {
            // Again: those that went before while this one waited may have been wrong.
            refuseIfLocked(name, address);
            try {
                Authentication who = checked(given, name);
                lockouts.succeeded(name, address);
                return who;
            } catch (BadCredentialsException e) {
                lockouts.failed(name, address);
                throw e;
            }
        });
    }

    private void refuseIfLocked(String name, String address) {
        if (lockouts.locked(name, address)) {
            throw wrong();
        }
    }

    private Authentication checked(Authentication given, String name) {
        if (name.equals(AdminProvider.USER)) {
            return administrator.authenticate(given);
        }
        String password = given.getCredentials() instanceof String text ? text : "";
        return users.login(name, password)
                .map(user -> user.actor().authenticated())
                .orElseThrow(UserProvider::wrong);
    }

    private static BadCredentialsException wrong() {
        return new BadCredentialsException("user or password is wrong");
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
