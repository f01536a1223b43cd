package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way to prove who calls. */
@Doc("One way to prove who calls")
public record AuthConfig(
        @Doc("The method") Type type,

        @Doc("Where the proof goes (apiKey, bearer, and tokens that do not go into the Authorization header)") @Nullable
        InjectConfig inject,

        @Doc("Values that stand in a body as ${auth.NAME}, beside what 'inject' puts there; they may hold secrets")
        @Default("{}")
        Map<String, Text> values,

        @Doc(
                "How a token is had (oauth2ClientCredentials, oauth2AuthorizationCode, oauth2JwtBearer, oauth2Password, jwt)")
        @Nullable
        TokenConfig token,

        @Doc("User name (basic, digest, oauth2Password, wsse, sshKey), and the mailbox of a token for mail") @Nullable
        Text username,

        @Doc("Password (basic, digest, oauth2Password, wsse)") @Nullable
        Text password,

        @Doc("Client id (oauth2…); by default ${settings.clientId}") @Nullable
        Text clientId,

        @Doc("Client secret (oauth2…); by default ${settings.clientSecret}") @Nullable
        Text clientSecret,

        @Doc("Private key: in PEM or OpenSSH form (sshKey), in PEM form (mtls)") @Nullable
        Text key,

        @Doc("The client's certificate in PEM form, with those that it hangs on (mtls)") @Nullable
        Text certificate,

        @Doc(
                "Certificates in PEM form that the server's hangs on, where it is not a public one (mtls; message brokers also with basic)")
        @Nullable
        Text ca,

        @Doc("What the private key is encrypted with (sshKey)") @Nullable
        Text passphrase,

        @Doc("What is signed with (oauth1)") @Nullable OAuth1Config oauth1,

        @Doc("What is signed (hmacSignature; with another method the signature comes on top)") @Nullable
        HmacConfig hmac,

        @Doc("Keys of the signature (awsSigv4)") @Nullable AwsConfig aws,

        @Doc("The call that opens a session (sessionLogin)") @Nullable
        LoginConfig login,

        @Doc("File in the connector's folder whose function sign makes the proof (script)") @Nullable
        String script,

        @Doc("Names of the secret settings that the script is given; it gets all others (script)") @Default("[]")
        List<String> secrets,

        @Doc("Names of the query parameters that the script may add (script)") @Default("[]")
        List<String> query) {

    public AuthConfig {
        secrets = List.copyOf(secrets);
        query = List.copyOf(query);
    }

    /** The methods of the vocabulary. */
    public enum Type {
        /** No proof. */
        NONE,
        /** A key in a header, the query or a cookie. */
        API_KEY,
        /** User and password, RFC 7617; for SFTP and FTP the password login. */
        BASIC,
        /** A fixed token, RFC 6750. */
        BEARER,
        /** A token asked for with the client's own credentials, RFC 6749 section 4.4. */
        OAUTH2_CLIENT_CREDENTIALS,
        /** A private key, SFTP only. */
        SSH_KEY,
        /** The answer to a challenge, RFC 7616. */
        DIGEST,
        /** A signature as in RFC 5849. */
        OAUTH1,
        /** A token that a person gets for us in a browser, RFC 6749 section 4.1 with RFC 7636. */
        OAUTH2_AUTHORIZATION_CODE,
        /** A token that is given for one that we sign, RFC 7523 section 2.1. */
        OAUTH2_JWT_BEARER,
        /** A token that is given for user and password, RFC 6749 section 4.3. */
        OAUTH2_PASSWORD,
        /** A session that a call of the connector opens. */
        SESSION_LOGIN,
        /** A token that we sign, RFC 7519. */
        JWT,
        /** A signature over parts of the request, and nothing else. */
        HMAC_SIGNATURE,
        /** Amazon's signature, version 4. */
        AWS_SIGV4,
        /** User and a digest of the password in the header X-WSSE. */
        WSSE,
        /** A Windows login (MS-NTHT), of each connection; the user as DOMAIN\\user. */
        NTLM,
        /** A client certificate, in the TLS handshake. */
        MTLS,
        /** The author's code makes the proof. */
        SCRIPT;

        /** Whether the system is asked for something first: a token, a session, a challenge. */
        public boolean asks() {
            return oauth2() || this == SESSION_LOGIN || this == DIGEST;
        }

        /** Whether a token endpoint is asked for tokens (RFC 6749). */
        public boolean oauth2() {
            return switch (this) {
                case OAUTH2_CLIENT_CREDENTIALS, OAUTH2_AUTHORIZATION_CODE, OAUTH2_JWT_BEARER, OAUTH2_PASSWORD -> true;
                default -> false;
            };
        }
    }
}
