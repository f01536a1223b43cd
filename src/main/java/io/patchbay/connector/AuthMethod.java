package io.patchbay.connector;

import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to prove who calls, compiled.
 *
 * @param id what an instance calls it
 * @param config as it was written
 * @param value what is sent (apiKey, bearer)
 * @param username user name
 * @param password password
 * @param key private key
 * @param passphrase of the private key
 * @param token how a token is asked for
 */
public record AuthMethod(
        String id,
        AuthConfig config,
        @Nullable Template value,
        @Nullable Template username,
        @Nullable Template password,
        @Nullable Template key,
        @Nullable Template passphrase,
        @Nullable TokenRequest token) {

    /**
     * How a token is asked for.
     *
     * @param url where
     * @param clientId who asks
     * @param clientSecret the proof
     * @param parameters further parameters
     * @param accessToken where the token stands in the answer
     * @param expiresIn where its lifetime stands
     */
    public record TokenRequest(
            Template url,
            Template clientId,
            Template clientSecret,
            List<Parameter> parameters,
            Place accessToken,
            Place expiresIn) {
        public TokenRequest {
            parameters = List.copyOf(parameters);
        }
    }
}
