package io.patchbay.connector.definition;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call that opens a session. */
@Doc("A call that opens a session")
public record LoginConfig(
        @Doc(
                "The endpoint that logs in; it is called without a proof and without inputs, and its query and body may hold secrets")
        String endpoint,

        @Doc("Where the session's token stands in the answer") @Nullable
        String tokenPath,

        @Doc(
                "Regular expression (RE2) that the token must match; where it has a group, that is the token, like '.*,(.+)'")
        @Nullable
        String tokenPattern,

        @Doc(
                "Where the answer names the server for all further calls of the session, which takes the place of baseUrl; it must"
                        + " be among the allowedHosts")
        @Nullable
        String serverPath,

        @Doc("The answer's header that holds the session's token") @Nullable
        String header,

        @Doc("The cookie that the answer sets, or * for all; it goes back as a cookie unless 'inject' says otherwise")
        @Nullable
        String cookie,

        @Doc("How long a session is good; without it until the system refuses it") @Nullable
        Duration ttl,

        @Doc("The endpoint that ends a session, called when the instance's connection is closed") @Nullable
        String logoutEndpoint) {

    /** @throws IllegalArgumentException if it is not said where the session stands, or in several places */
    public LoginConfig {
        long given =
                Stream.of(tokenPath, header, cookie).filter(one -> one != null).count();
        if (given != 1) {
            throw new WrongValueException(
                    "login needs exactly one of tokenPath, header and cookie",
                    "where the answer of '" + endpoint + "' holds the session, like tokenPath: $.token");
        }
        if (tokenPattern != null && cookie != null) {
            throw new WrongValueException("'tokenPattern' belongs to tokenPath and header", "take it out");
        }
    }
}
