package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PkceTest {

    /** RFC 7636, appendix B. */
    @Test
    void makesTheChallengeOfTheRfc() {
        assertThat(Pkce.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    /** RFC 7636, section 4.1: 43 to 128 unreserved characters. */
    @Test
    void makesANewVerifierEachTime() {
        Pkce one = Pkce.fresh();

        assertThat(one.verifier())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(Pkce.fresh().verifier());
        assertThat(one.toString()).doesNotContain(one.verifier());
    }
}
