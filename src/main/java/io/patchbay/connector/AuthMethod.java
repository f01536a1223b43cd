package io.patchbay.connector;

import com.google.re2j.Pattern;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.TokenConfig.ClientAuth;
import io.patchbay.expression.Template;
import io.patchbay.script.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way to prove who calls, compiled.
 *
 * @param id what an instance calls it
 * @param config as it was written
 * @param settings names of the settings that it reads
 * @param value what is sent (apiKey, bearer)
 * @param values what stands in bodies besides, by name
 * @param username user name
 * @param password password
 * @param key private key
 * @param passphrase of the private key
 * @param certificate that the client shows
 * @param ca what the server's certificate hangs on
 * @param token how a token is asked for
 * @param oauth1 what OAuth 1 signs with
 * @param hmac what is signed besides
 * @param aws what Amazon's signature is made with
 * @param session what the answer of a login says, or null
 * @param script the author's code that makes the proof, or null
 */
public record AuthMethod(
        String id,
        AuthConfig config,
        Set<String> settings,
        @Nullable Template value,
        Map<String, Template> values,
        @Nullable Template username,
        @Nullable Template password,
        @Nullable Template key,
        @Nullable Template passphrase,
        @Nullable Template certificate,
        @Nullable Template ca,
        @Nullable TokenRequest token,
        @Nullable OAuth1Keys oauth1,
        @Nullable HmacRecipe hmac,
        @Nullable Session session,
        @Nullable AwsKeys aws,
        @Nullable Script script) {

    public AuthMethod {
        settings = Set.copyOf(settings);
        values = Map.copyOf(values);
    }

    /**
     * What the answer of a login says.
     *
     * @param token where the token stands; null when it stands in a header or cookie
     * @param pattern what the token matches, with a group for the part that is it, or null
     * @param server where the server for further calls stands, or null
     */
    public record Session(
            @Nullable Place token,
            @Nullable Pattern pattern,
            @Nullable Place server) {}

    /** What Amazon's signature is made with. */
    public record AwsKeys(
            Template accessKeyId,
            Template secretAccessKey,
            @Nullable Template sessionToken,
            Template region,
            Template service) {}

    /** What OAuth 1 signs with. */
    public record OAuth1Keys(
            Template consumerKey,
            Template consumerSecret,
            @Nullable Template token,
            @Nullable Template tokenSecret,
            @Nullable Template realm) {}

    /**
     * How a token is had.
     *
     * @param url where it is asked for; null when we sign it ourselves
     * @param authorizeUrl where a person lets us in, or null
     * @param authorizeParameters further parameters of that address
     * @param revokeUrl where tokens are given back, or null
     * @param clientAuth how the client proves itself there
     * @param clientId who asks, or null
     * @param clientSecret the proof, or null
     * @param parameters further parameters
     * @param accessToken where the token stands in the answer
     * @param expiresIn where its lifetime stands
     * @param refreshToken where the token for the next one stands
     * @param jwt what we sign, or null
     */
    public record TokenRequest(
            @Nullable Template url,
            @Nullable Template authorizeUrl,
            List<Parameter> authorizeParameters,
            @Nullable Template revokeUrl,
            ClientAuth clientAuth,
            @Nullable Template clientId,
            @Nullable Template clientSecret,
            List<Parameter> parameters,
            Place accessToken,
            Place expiresIn,
            Place refreshToken,
            List<Place> refreshExpiresIn,
            @Nullable JwtRecipe jwt) {
        public TokenRequest {
            parameters = List.copyOf(parameters);
            authorizeParameters = List.copyOf(authorizeParameters);
            refreshExpiresIn = List.copyOf(refreshExpiresIn);
        }
    }
}
