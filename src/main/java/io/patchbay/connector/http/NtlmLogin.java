package io.patchbay.connector.http;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.NTCredentials;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.NTLMSchemeFactory;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A Windows login (NTLM over HTTP, MS-NTHT; messages as in MS-NLMP). It proves a connection and no request, so the client makes it
 * and not an {@link io.patchbay.connector.auth.Authorizer}: each new connection of the instance takes two requests more, and the
 * pool gives a call only connections of this login. Shown to the host of {@code baseUrl} and to no other.
 *
 * @param user without the domain
 * @param domain Windows domain; empty for none
 * @param password what proves it
 */
@SuppressWarnings(
        "deprecation") // the library warns of the protocol; servers that take nothing else are there, see decision 0031
record NtlmLogin(String user, String domain, String password) {

    /** The login of an instance; null for one with another method. @throws StepException when a setting is missing */
    static @Nullable NtlmLogin of(AuthMethod method, CallScope settings) throws StepException {
        if (method.config().type() != AuthConfig.Type.NTLM) {
            return null;
        }
        try {
            String name = Objects.requireNonNull(method.username()).text(settings);
            String password = Objects.requireNonNull(method.password()).text(settings);
            int slash = name.indexOf('\\');
            if (name.isEmpty() || slash == name.length() - 1) {
                throw new StepException(
                        Owner.AUTHOR, "BAD_SETTING", "the user of the ntlm login is empty; write user or DOMAIN\\user");
            }
            return new NtlmLogin(name.substring(slash + 1), slash < 0 ? "" : name.substring(0, slash), password);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** Makes a client log in at this address. */
    void into(HttpClientBuilder client, RequestConfig.Builder requests, URI base) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(base.getHost(), port(base)),
                new NTCredentials(user, password.toCharArray(), null, domain.isEmpty() ? null : domain));
        requests.setTargetPreferredAuthSchemes(List.of(StandardAuthScheme.NTLM));
        client.setDefaultCredentialsProvider(credentials)
                .setDefaultAuthSchemeRegistry(RegistryBuilder.<AuthSchemeFactory>create()
                        .register(StandardAuthScheme.NTLM, NTLMSchemeFactory.INSTANCE)
                        .build())
                // A call begins with what earlier ones proved: the pool looks for a connection of the same state.
                .addExecInterceptorFirst("login", (request, scope, chain) -> {
                    scope.clientContext.setUserToken(NtlmLogin.class);
                    try {
                        return chain.proceed(request, scope);
                    } catch (IndexOutOfBoundsException e) {
                        // The library believes the lengths that a challenge names.
                        throw new BadChallenge(e);
                    }
                });
    }

    /** The server asks for the login with a message that is none. */
    static final class BadChallenge extends IOException {
        private static final long serialVersionUID = 1L;

        BadChallenge(RuntimeException cause) {
            super("the challenge of the login is no NTLM message", cause);
        }
    }

    private static int port(URI base) {
        return base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "NTLM login of " + user;
    }
}
