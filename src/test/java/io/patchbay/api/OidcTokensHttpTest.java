package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the provider says of who comes back: what is taken, and what proves nothing. */
class OidcTokensHttpTest extends OidcProgram {

    @Test
    void whatTheTokenLacksIsAskedFor() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.claims(all -> all.remove("groups")));
        issuer.tellsWhenAsked(Map.of("groups", "told-when-asked"));

        logIn("nobody", "");

        assertThat(session().path("role").asText()).isEqualTo("user");
        assertThat(issuer.asked()).contains("/userinfo");
    }

    @Test
    void whatIsSaidOfSomebodyElseDoesNotCount() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.claims(all -> all.remove("groups")));
        issuer.tellsWhenAsked(Map.of("sub", "root", "groups", "group-of-root"));

        assertThat(refusal(logIn("nobody", ""))).contains("does not prove who you are");
        isNobody();
    }

    @Test
    void aTokenWithoutANameIsRefused() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.claim("preferred_username", "ada\n[1;31m"));

        assertThat(refusal(logIn("ada", ""))).contains("what you are called", "name-claim");
        isNobody();
    }

    @Test
    void aTokenForAnotherLoginIsRefused() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.claim("nonce", "another"));

        isNoProof("ada");
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        issuer.up();
        Instant now = Instant.now();
        issuer.claims(claims -> claims.issuedAt(now.minusSeconds(600)).expiresAt(now.minusSeconds(120)));

        isNoProof("ada");
    }

    @Test
    void aTokenForAnotherProgramIsRefused() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.audience(List.of("another")));

        isNoProof("ada");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        issuer.up();
        issuer.claims(claims -> claims.issuer("https://elsewhere.example"));

        isNoProof("ada");
    }

    @Test
    void aTokenThatWasChangedIsRefused() throws Exception {
        issuer.up();
        issuer.tampers(token(payload -> payload.replace("group-of-eve", "group-of-root")));

        isNoProof("eve");
    }

    @Test
    void aTokenWithoutASignatureIsRefused() throws Exception {
        issuer.up();
        issuer.tampers(answer -> answer.replaceAll(
                "\"id_token\":\"[^.]+\\.([^.]+)\\.[^\"]+\"",
                "\"id_token\":\"" + encoded("{\"alg\":\"none\"}") + ".$1.\""));

        isNoProof("eve");
    }

    @Test
    void anAnswerWithoutATokenIsRefused() throws Exception {
        issuer.up();
        issuer.tampers(answer -> answer.replace("\"id_token\"", "\"other\""));

        isNoProof("ada");
    }

    @Test
    void aKeyThatTheIssuerChangedIsTakenAndTheOldOneIsNot() throws Exception {
        issuer.up();
        assertThat(logIn("ada", "").statusCode()).isEqualTo(200);
        issuer.rotatesItsKey();

        assertThat(logIn("ada", "").statusCode()).isEqualTo(200);

        // Signed with the key of before, which is published no more when the token is looked at.
        issuer.tampers(answer -> {
            issuer.rotatesItsKey();
            return answer;
        });
        assertThat(refusal(logIn("ada", ""))).contains("does not prove who you are");
    }

    private void isNoProof(String person) throws Exception {
        assertThat(refusal(logIn(person, ""))).contains("does not prove who you are");
        isNobody();
        assertThat(awaited("?outcome=denied").path("subject").asText()).isEqualTo("at " + issuer.url() + ": token");
    }
}
