package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.ops.security.OidcIssuer;
import io.patchbay.ops.security.Role;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People log in at an OpenID provider, a real one: the whole walk of a browser, and each way in which it must lead nowhere. */
class OidcLoginHttpTest extends OidcProgram {

    private static final String PASSWORD = "nine blue boats";

    @ParameterizedTest
    @CsvSource({"root,administrator", "max,manager", "ada,user", "eve,read-only"})
    void whoComesBackIsLoggedInWithTheRoleOfTheirGroup(String person, String role) throws Exception {
        issuer.up();

        HttpResponse<String> back = logIn(person, "");

        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(onward(back)).isEqualTo("/hawtio/");
        JsonNode told = session();
        assertThat(told.path("name").asText()).isEqualTo(person + "@example.com");
        assertThat(told.path("kind").asText()).isEqualTo("oidc");
        assertThat(told.path("role").asText()).isEqualTo(role);
        assertThat(Instant.parse(told.path("endsAt").asText())).isAfter(Instant.now());
        JsonNode entry = audited("?actor=" + person + "@example.com").get(0);
        assertThat(entry.path("action").asText()).isEqualTo("login");
        assertThat(entry.path("kind").asText()).isEqualTo("oidc");
        assertThat(entry.path("role").asText()).isEqualTo(role);
        assertThat(entry.path("subject").asText()).isEqualTo(person + " at " + issuer.url());
    }

    @Test
    void theRoleHoldsAsForEveryoneElse() throws Exception {
        issuer.up();
        logIn("eve", "");

        problem(
                send(ours("POST", "/api/v1/flows/orders-to-erp/start").header("Sec-Fetch-Site", "same-origin")),
                403,
                "The role read-only has no right to run");
    }

    @Test
    void asksWithAProofOfItsOwnAStateAndANonce() throws Exception {
        issuer.up();
        String away = location(get("/login/oidc"));

        assertThat(away)
                .startsWith(issuer.url() + "/oauth2/authorize?")
                .contains("response_type=code", "code_challenge_method=S256", "code_challenge=", "state=", "nonce=")
                .contains("redirect_uri=" + OidcIssuer.PUBLIC + "/login/oidc/callback");
        assertThat(cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName))
                .as("no session for strangers")
                .contains("PATCHBAY_LOGIN")
                .doesNotContain("PATCHBAY_SESSION");
        assertThat(location(get("/login/oidc"))).isNotEqualTo(away);
    }

    @Test
    void whoHasNoRoleIsRefusedWithASentence() throws Exception {
        issuer.up();

        HttpResponse<String> back = logIn("nobody", "");

        assertThat(refusal(back)).contains("nothing that it says of you has a role here", "oidc.roles");
        isNobody();
        JsonNode entry = awaited("?outcome=denied");
        assertThat(entry.path("action").asText()).isEqualTo("login");
        assertThat(entry.path("actor").asText()).isEqualTo("-");
        assertThat(entry.path("subject").asText())
                .isEqualTo("at " + issuer.url() + ": role, nobody@example.com (nobody)");
        assertThat(entry.path("status").asInt()).isEqualTo(403);
    }

    @Test
    void aRoleThatIsTakenAwayCountsFromTheNextLogin() throws Exception {
        issuer.up();
        logIn("ada", "");
        issuer.claims(claims -> claims.claim("groups", List.of("everybody")));

        assertThat(session().path("role").asText()).isEqualTo("user");
        assertThat(refusal(logIn("ada", ""))).contains("role here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=another", "state=", "x=y", "state={state}&state={state}"})
    void anAnswerThatBelongsToNoLoginOfThisBrowserIsRefused(String state) throws Exception {
        issuer.up();
        Map<String, String> came = comesBack("ada");

        HttpResponse<String> back = get(
                "/login/oidc/callback?code=" + came.get("code") + "&" + state.replace("{state}", came.get("state")));

        assertThat(refusal(back)).contains("not begun in this browser");
        isNobody();
        assertThat(issuer.asked()).as("nothing is asked for it").doesNotContain("/oauth2/token");
    }

    @Test
    void anAnswerInAnotherBrowserIsRefusedAndAnAnswerIsGoodOnce() throws Exception {
        issuer.up();
        Map<String, String> came = comesBack("ada");
        String path = "/login/oidc/callback?code=" + came.get("code") + "&state=" + came.get("state");

        HttpResponse<String> other = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(api.uri(path)).build(), BodyHandlers.ofString());
        assertThat(location(other)).endsWith("/login?refused=stale");

        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(refusal(get(path))).contains("used before");
    }

    @Test
    void aForgedLoginOfTheBrowserIsNone() throws Exception {
        issuer.up();
        HttpRequest forged = HttpRequest.newBuilder(api.uri("/login/oidc/callback?code=c&state=s"))
                .header("Cookie", "PATCHBAY_LOGIN=s%0An%0Av%0A/hawtio/%0A9999-12-31T23:59:59Z")
                .build();

        assertThat(location(HttpClient.newHttpClient().send(forged, BodyHandlers.ofString())))
                .endsWith("/login?refused=stale");
    }

    @Test
    void anotherIssuerBehindTheAnswerIsRefused() throws Exception {
        issuer.up();
        Map<String, String> came = comesBack("ada");

        assertThat(refusal(get("/login/oidc/callback?code=" + came.get("code") + "&state=" + came.get("state")
                        + "&iss=https://elsewhere.example")))
                .contains("does not prove");
    }

    @Test
    void whoIsNotLetInAtTheProviderIsToldSo() throws Exception {
        issuer.up();
        String state = query(location(get("/login/oidc"))).get("state");

        assertThat(refusal(get("/login/oidc/callback?error=access_denied&error_description=%3Cb%3E&state="
                        + URLEncoder.encode(state, StandardCharsets.UTF_8))))
                .contains("did not let you in")
                .doesNotContain("<b>");
    }

    @Test
    void aCodeThatIsNoneIsRefused() throws Exception {
        issuer.up();
        Map<String, String> came = comesBack("ada");

        assertThat(refusal(get("/login/oidc/callback?code=made-up&state=" + came.get("state"))))
                .contains("used before");
        isNobody();
    }

    @Test
    void anIssuerThatIsAwayIsToldAndLocksNobodyOut() throws Exception {
        issuer.up();
        Map<String, String> came = comesBack("ada");
        issuer.down();

        assertThat(refusal(get("/login/oidc/callback?code=" + came.get("code") + "&state=" + came.get("state"))))
                .contains("does not answer now");
        users.add("local", Role.USER, PASSWORD);
        assertThat(byPassword("local", PASSWORD, "").statusCode()).isEqualTo(302);
        assertThat(session().path("kind").asText()).isEqualTo("user");

        issuer.up();
        assertThat(logIn("ada", "").statusCode()).isEqualTo(200);
    }

    @Test
    void wrongLoginsAtTheProviderLockNobodyOut() throws Exception {
        issuer.up();
        users.add("local", Role.USER, PASSWORD);
        for (int i = 0; i < 60; i++) {
            assertThat(location(get("/login/oidc/callback?code=c&state=s"))).contains("refused=stale");
        }

        assertThat(byPassword("local", PASSWORD, "").headers().firstValue("Location"))
                .get()
                .asString()
                .doesNotContain("error");
    }

    @ParameterizedTest
    @CsvSource({
        "/hawtio/flows/orders-to-erp, /hawtio/flows/orders-to-erp",
        "/hawtio/runs#status=failed, /hawtio/runs#status=failed",
        "/connect/instances/shop?x=y, /connect/instances/shop?x=y",
        "https://elsewhere.example/hawtio/, /hawtio/",
        "//elsewhere.example/hawtio/, /hawtio/",
        "/\\elsewhere.example, /hawtio/",
        "/hawtio@elsewhere.example, /hawtio/",
        "/hawtio/\"onload=alert(1), /hawtio/",
        "/hawtio/auth/logout, /hawtio/",
        "javascript:alert(1), /hawtio/"
    })
    void aLoginLeadsToThePageOfOursThatWasAskedForAndNowhereElse(String asked, String led) throws Exception {
        issuer.up();
        users.add("local", Role.USER, PASSWORD);

        assertThat(onward(logIn("ada", asked))).isEqualTo(led);
        assertThat(location(byPassword("local", PASSWORD, asked)))
                .isIn(led, api.uri(led).toString());
    }

    @Test
    void aPageThatIsAskedForWithoutALoginIsComeBackTo() throws Exception {
        String form = location(browserGet("/hawtio/flows/orders-to-erp?a=b"));
        assertThat(form).endsWith("/login?to=%2Fhawtio%2Fflows%2Forders-to-erp%3Fa%3Db");
        String page = get(URI.create(form).getRawPath() + "?" + URI.create(form).getRawQuery())
                .body();

        assertThat(page)
                .contains("name=\"to\" value=\"/hawtio/flows/orders-to-erp?a=b\"")
                .contains("href=\"login/oidc?to=%2Fhawtio%2Fflows%2Forders-to-erp%3Fa%3Db\"")
                .contains("Log in at Acme &lt;Login&gt;");
        assertThat(location(browserGet("/hawtio/"))).endsWith("/login");
    }

    @Test
    void whoFollowsALinkOfAnotherSiteIsAskedForTheirSessionOnceMore() throws Exception {
        HttpResponse<String> answer = send(request("GET", "/hawtio/runs")
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Sec-Fetch-Site", "cross-site"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("script-src 'sha256-");
        assertThat(answer.body()).contains("<a href=\"/hawtio/runs\">Go on</a>");
        assertThat(send(request("GET", "/hawtio/")
                                .header("Accept", "text/html,*/*;q=0.8")
                                .header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(location(send(request("GET", "/hawtio/runs")
                        .header("Accept", "text/html,*/*;q=0.8")
                        .header("Sec-Fetch-Site", "same-origin"))))
                .endsWith("/login?to=%2Fhawtio%2Fruns");
    }

    @Test
    void aWrongPasswordKeepsWhereItWasToLead() throws Exception {
        users.add("local", Role.USER, PASSWORD);

        assertThat(location(byPassword("local", "not this one", "/hawtio/runs")))
                .endsWith("/login?error&to=%2Fhawtio%2Fruns");
        assertThat(get("/login?error&to=https://elsewhere.example").body())
                .contains("User or password is wrong")
                .doesNotContain("elsewhere");
    }

    @Test
    void whoLogsOutIsNobody() throws Exception {
        issuer.up();
        logIn("ada", "");
        session();
        String before = value("PATCHBAY_SESSION");

        HttpResponse<String> out = send(
                request("POST", "/logout").header("Accept", "text/html").header("X-XSRF-TOKEN", value("XSRF-TOKEN")));

        assertThat(location(out)).endsWith("/login?logout");
        assertThat(get("/login?logout").body()).contains("You are logged out.");
        assertThat(before).isNotEmpty();
        isNobody();
    }

    @Test
    void aLoginGivesTheSessionAnotherName() throws Exception {
        issuer.up();
        users.add("local", Role.USER, PASSWORD);
        byPassword("local", PASSWORD, "");
        String before = value("PATCHBAY_SESSION");

        logIn("ada", "");

        assertThat(value("PATCHBAY_SESSION")).isNotEmpty().isNotEqualTo(before);
    }
}
