package io.patchbay.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** A way to log in at somebody else, beside passwords. Nothing of OpenID is loaded while there is no provider. */
interface ProviderLogin {

    /** Where a login begins. */
    String BEGIN = "/login/oidc";

    /** There is no provider. */
    ProviderLogin NONE = new ProviderLogin() {
        @Override
        public Optional<String> title() {
            return Optional.empty();
        }

        @Override
        public void into(HttpSecurity http) {
            // Nothing: the paths stay closed.
        }
    };

    /** Whether a request is part of such a login. */
    static boolean isStep(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + BEGIN);
    }

    /** What people read of it; empty when there is none. */
    Optional<String> title();

    /** Puts it into the chain of the console. */
    void into(HttpSecurity http) throws Exception;
}
