package io.hawt.springboot.security;

import io.hawt.web.auth.RolePrincipal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Tells Hawtio which roles the person has whom Spring Security let in. Hawtio's Spring Boot part names this class in its JAAS
 * settings; the artefact that brings it (hawtio-springboot-security) is not in every repository, so it stands here, in the
 * package and under the name that Hawtio asks for.
 */
public final class HawtioSpringSecurityLoginModule implements LoginModule {

    private static final String PREFIX = "ROLE_";

    private @Nullable Subject subject;
    private final Set<RolePrincipal> added = new LinkedHashSet<>();

    @Override
    public void initialize(Subject subject, CallbackHandler asks, Map<String, ?> sharedState, Map<String, ?> options) {
        this.subject = subject;
    }

    /** Nobody is asked for anything: the module before this one took over who Spring Security knows. */
    @Override
    public boolean login() {
        return true;
    }

    @Override
    public boolean commit() {
        if (subject == null) {
            return false;
        }
        for (Authentication who : subject.getPrincipals(Authentication.class)) {
            who.getAuthorities().forEach(authority -> {
                String role = authority.getAuthority();
                added.add(new RolePrincipal(role.startsWith(PREFIX) ? role.substring(PREFIX.length()) : role));
            });
        }
        subject.getPrincipals().addAll(added);
        return true;
    }

    @Override
    public boolean abort() {
        return logout();
    }

    @Override
    public boolean logout() {
        if (subject != null) {
            subject.getPrincipals().removeAll(added);
        }
        added.clear();
        return true;
    }
}
