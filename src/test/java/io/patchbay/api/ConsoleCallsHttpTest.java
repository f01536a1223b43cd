package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ops.security.LocalUser;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.ops.security.Role;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The console's pages call the API with the session of who is logged in there; nobody else's page can. */
@OverHttp
class ConsoleCallsHttpTest {

    private static final String PASSWORD = "nine blue boats";
    private static final String FLOWS = "/api/v1/flows";
    private static final String START = "/api/v1/flows/orders-to-erp/start";

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private ApiFixture api;

    @Autowired
    private LocalUsers users;

    @BeforeEach
    void logIn(@Autowired ApplicationContext context) throws Exception {
        api = new ApiFixture(context);
        users.add("ada", Role.USER, PASSWORD);
        URI page = api.uri("/login");
        String form = browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).isTrue();
        String body = "username=ada&password=" + encoded(PASSWORD) + "&_csrf=" + encoded(token.group(1));
        HttpRequest login = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(browser.send(login, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(302);
        // The token is made anew with a login; the first page behind it brings it.
        send(HttpRequest.newBuilder(api.uri("/connect")).header("Accept", "*/*"));
    }

    @AfterEach
    void forget() {
        users.list().stream().map(LocalUser::name).forEach(users::remove);
    }

    @Test
    void aPageOfTheConsoleReadsAndActsAsWhoIsLoggedIn() throws Exception {
        assertThat(send(ours("GET", FLOWS)).statusCode()).isEqualTo(200);
        assertThat(send(ours("POST", START).header("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(send(ours("POST", START)
                                .header("Origin", "http://" + api.uri("/").getAuthority()))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void theRoleHoldsAsItDoesForPasswords() throws Exception {
        problem(send(ours("GET", "/api/v1/keys")), 403, "The role user has no right to administer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aCookieAloneIsNobody(String verb) throws Exception {
        problem(send(request(verb, verb.equals("GET") ? FLOWS : START)), 401, "bearer token");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void whatAFormOfAnotherSiteCanSendIsNobody() throws Exception {
        problem(
                send(request("POST", START)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "https://elsewhere.example")
                        .header("Sec-Fetch-Site", "cross-site")),
                401,
                "bearer token");
        assertThat(api.flows.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void aTokenFromAPageThatIsNotOursIsRefused(String site) throws Exception {
        problem(send(ours("GET", FLOWS).header("Sec-Fetch-Site", site)), 403, "console's own pages");
        problem(send(ours("POST", START).header("Sec-Fetch-Site", site)), 403, "console's own pages");
        assertThat(api.flows.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "null", "http://localhost.elsewhere.example"})
    void anotherOriginIsRefused(String origin) throws Exception {
        problem(send(ours("POST", START).header("Origin", origin)), 403, "console's own pages");
        problem(send(ours("GET", FLOWS).header("Origin", origin)), 403, "console's own pages");
    }

    @Test
    void anOriginThatEndsLikeOursIsAnother() throws Exception {
        String own = api.uri("/").getAuthority();
        problem(
                send(ours("POST", START).header("Origin", "http://elsewhere.example//" + own)),
                403,
                "console's own pages");
        problem(
                send(ours("POST", START).header("Origin", "http://elsewhere.example#//" + own)),
                403,
                "console's own pages");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void whatChangesSomethingMustSayWhereItComesFrom() throws Exception {
        problem(send(ours("POST", START)), 403, "console's own pages");
        assertThat(api.flows.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "00000000-0000-0000-0000-000000000000"})
    void anotherTokenIsRefused(String token) throws Exception {
        problem(send(request("GET", FLOWS).header("X-XSRF-TOKEN", token)), 403, "console's own pages");
    }

    @Test
    void aSessionIsNotLookedAtBesideOtherProofs() throws Exception {
        problem(send(ours("GET", FLOWS).header("Authorization", "Bearer wrong")), 401, "bearer token");
        problem(send(ours("GET", FLOWS).header("Authorization", "Negotiate x")), 401, "bearer token");
    }

    @Test
    void theApiNeitherMakesNorChangesASession() throws Exception {
        String before = value("PATCHBAY_SESSION");
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = send(ours("GET", FLOWS));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        assertThat(value("PATCHBAY_SESSION")).isEqualTo(before);

        HttpResponse<String> stranger = api.client.send(
                HttpRequest.newBuilder(api.uri(FLOWS))
                        .header("X-XSRF-TOKEN", "t")
                        .header("Cookie", "XSRF-TOKEN=t; PATCHBAY_SESSION=0123456789ABCDEF")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        problem(stranger, 401, "bearer token");
        assertThat(stranger.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aSessionOfWhoIsChangedEndsHereToo() throws Exception {
        users.role("ada", Role.READ_ONLY);

        problem(send(ours("GET", FLOWS)), 401, "bearer token");
    }

    private HttpRequest.Builder ours(String verb, String path) {
        return request(verb, path).header("X-XSRF-TOKEN", value("XSRF-TOKEN"));
    }

    private HttpRequest.Builder request(String verb, String path) {
        return HttpRequest.newBuilder(api.uri(path)).method(verb, BodyPublishers.noBody());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String value(String cookie) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals(cookie))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
