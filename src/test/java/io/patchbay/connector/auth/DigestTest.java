package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final String RFC7616 = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    private static Outgoing get(String uri) {
        return new Outgoing("GET", URI.create(uri), List.of(), Outgoing.EMPTY);
    }

    private static AnswerHeaders with(String... challenges) {
        return name -> name.equals("WWW-Authenticate") ? List.of(challenges) : List.of();
    }

    private static String answer(Digest digest, Outgoing request, String... challenges) throws Exception {
        assertThat(digest.proof(request)).isEqualTo(Proof.NONE);
        assertThat(digest.refused(Proof.NONE, with(challenges))).isTrue();
        return digest.proof(request).parts().get(0).value();
    }

    private static Digest mufasa(String password, String cnonce) {
        return new Digest("Mufasa", password, () -> cnonce);
    }

    /** RFC 7616, section 3.9.1. */
    @Test
    void answersTheChallengesOfTheRfc() throws Exception {
        String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        Outgoing request = get("http://www.example.org/dir/index.html");

        String md5 = answer(mufasa("Circle of Life", cnonce), request, "Digest " + RFC7616.formatted("MD5"));
        String strongest = answer(
                mufasa("Circle of Life", cnonce),
                request,
                "Digest " + RFC7616.formatted("MD5") + ", Digest " + RFC7616.formatted("SHA-256"),
                "Basic realm=\"x\"");

        assertThat(md5)
                .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                        + " algorithm=MD5, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                        + " response=\"8ca523f5e9506fed4657c9700eebdbec\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
        assertThat(strongest)
                .contains("algorithm=SHA-256")
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    /** RFC 2617, section 3.5. */
    @Test
    void answersTheChallengeOfTheOlderRfc() throws Exception {
        String answer = answer(
                mufasa("Circle Of Life", "0a4f113b"),
                get("http://www.nowhere.org/dir/index.html"),
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        assertThat(answer)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .doesNotContain("algorithm");
    }

    /** RFC 7616, section 3.9.2: the user's name is hashed, or written in the form of RFC 8187. */
    @Test
    void hidesTheNameOfTheUserWhenTheServerWantsThat() throws Exception {
        String challenge = "Digest realm=\"api@example.org\", qop=\"auth\", algorithm=SHA-512-256,"
                + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", charset=UTF-8, userhash=";
        Outgoing request = get("http://api.example.org/doe.json");
        Digest digest = new Digest("Jäsøn Doe", "Secret, or not?", () -> "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm");
        Digest other = new Digest("Jäsøn Doe", "Secret, or not?", () -> "c");

        String answer = answer(digest, request, challenge + "true");

        assertThat(answer).contains("userhash=true").doesNotContain("Doe\"");
        assertThat(answer(other, request, challenge + "false")).contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe,");
    }

    @Test
    void readsSeveralChallengesOfOneHeader() {
        assertThat(Challenge.of(List.of("Negotiate, Basic realm=\"a, \\\"b\\\"\" , Digest nonce=n,QOP=\"auth\"", "?")))
                .extracting(Challenge::toString)
                .hasSize(3)
                .element(1)
                .isEqualTo("Challenge[scheme=basic, parameters={realm=a, \"b\"}]");
    }

    @Test
    void goesOnWhenAnotherCallGotTheNewChallengeFirst() throws Exception {
        Digest digest = mufasa("Circle of Life", "c");
        Outgoing request = get("http://a.example/x");
        digest.refused(Proof.NONE, with("Digest realm=r, nonce=n1, qop=auth"));
        Proof one = digest.proof(request);
        Proof other = digest.proof(request);

        assertThat(digest.refused(one, with("Digest realm=r, nonce=n2, qop=auth")))
                .isTrue();
        assertThat(digest.refused(other, with("Digest realm=r, nonce=n2, qop=auth")))
                .isTrue();

        Proof answer = digest.proof(request);
        assertThat(answer.parts().get(0).value()).contains("nonce=\"n2\"");
        assertThat(digest.refused(answer, with("Digest realm=r, nonce=n2, qop=auth, stale=true")))
                .isTrue();
        assertThat(digest.refused(answer, with("Digest realm=r, nonce=n2, qop=auth")))
                .isFalse();
    }

    /** RFC 7616, section 3.4.2. */
    @Test
    void makesTheKeyOfASessionOnce() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Digest digest = new Digest("ada", "pass", () -> "c" + count.incrementAndGet());
        Outgoing request = get("http://a.example/x");
        digest.refused(Proof.NONE, with("Digest realm=r, nonce=n, qop=auth, algorithm=MD5-sess"));

        for (String nc : List.of("00000001", "00000002")) {
            String answer = digest.proof(request).parts().get(0).value();
            String key = md5(md5("ada:r:pass") + ":n:c1");
            assertThat(answer)
                    .contains("cnonce=\"c1\"")
                    .contains("response=\"" + md5(key + ":n:" + nc + ":c1:auth:" + md5("GET:/x")) + "\"");
        }
    }

    private static String md5(String text) {
        return HexFormat.of().formatHex(Hashes.digest("MD5", Hashes.utf8(text)));
    }

    @Test
    void givesUpWhenUserOrPasswordAreWrong() throws Exception {
        Digest digest = mufasa("wrong", "c");
        Outgoing request = get("http://a.example/x");
        digest.refused(Proof.NONE, with("Digest realm=r, nonce=n1, qop=auth"));
        Proof proof = digest.proof(request);

        assertThat(digest.refused(proof, with("Digest realm=r, nonce=n2, qop=auth, stale=false")))
                .isFalse();
        assertThat(digest.refused(proof, with("Basic realm=r"))).isFalse();
        assertThat(digest.refused(Proof.NONE, with("Digest realm=r, nonce=n, algorithm=SHA-999")))
                .isFalse();
    }
}
