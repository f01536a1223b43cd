package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How a person lets an instance into a system, in a browser (RFC 6749 section 4.1). */
public interface Consent {

    /**
     * Where the browser is sent.
     *
     * @param state comes back with the code (section 10.12)
     * @param pkce the challenge of it goes along, unless the definition says that the server does not know it
     * @throws StepException when a setting does not fit
     */
    URI authorize(String state, Pkce pkce) throws StepException;

    /** The issuer that an answer must name (RFC 9207); null when none is declared. */
    @Nullable
    String issuer();

    /** Gets tokens for a code and keeps them. @throws StepException when there are none */
    void redeem(String code, Pkce pkce) throws StepException;

    /** What is kept, or null: then the instance is not connected. */
    @Nullable
    Tokens kept() throws StepException;

    /**
     * Forgets the tokens, and tells the server so where the definition says how (RFC 7009).
     *
     * @return what the server did not do, as a sentence; null when all was done
     * @throws StepException when they cannot be forgotten
     */
    @Nullable
    String disconnect() throws StepException;

    /** Which scopes were asked for and not given, separated by commas; null for none. */
    @Nullable
    String missingScopes(Tokens tokens);
}
