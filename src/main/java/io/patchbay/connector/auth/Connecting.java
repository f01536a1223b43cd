package io.patchbay.connector.auth;

import io.patchbay.connector.Percent;
import org.jspecify.annotations.Nullable;

/**
 * What instances need that a person connects in a browser.
 *
 * @param tokens where tokens are kept
 * @param publicUrl address under which browsers reach this program, without a slash at its end
 * @param given a token or session that every instance has already, so that none is asked for; null outside of tests of connectors
 */
public record Connecting(
        TokenStore tokens, String publicUrl, @Nullable String given) {

    /** For what calls no system. */
    public static final Connecting NONE = new Connecting(TokenStore.NONE, "http://localhost:8080");

    /** Path of the pages. */
    public static final String PATH = "/connect";

    public Connecting {
        publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** Where tokens are asked for as each instance says. */
    public Connecting(TokenStore tokens, String publicUrl) {
        this(tokens, publicUrl, null);
    }

    /** The page on which a person connects an instance. */
    public String page(String instance) {
        return publicUrl + PATH + "/instances/" + Percent.encoded(instance);
    }

    /** The redirection endpoint (RFC 6749 section 3.1.2), which a client is registered with. */
    public String redirect() {
        return publicUrl + PATH + "/callback";
    }
}
