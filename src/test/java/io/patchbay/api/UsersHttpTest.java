package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** People: how they are managed, how they log in, and when their sessions end. */
@OverHttp
class UsersHttpTest {

    private static final String PATH = "/api/v1/users";
    private static final String PASSWORD = "nine blue boats";

    private ApiFixture api;

    @Autowired
    private LocalUsers users;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @AfterEach
    void forget() {
        users.list().stream().map(LocalUser::name).forEach(users::remove);
    }

    @Test
    void makesChangesAndEndsAUser() throws Exception {
        JsonNode made = api.fits(
                post(PATH, "{\"name\":\"ada\",\"role\":\"user\",\"password\":\"" + PASSWORD + "\"}"), PATH, "post");
        assertThat(made.path("role").asText()).isEqualTo("user");
        assertThat(api.ok(api.get(PATH), PATH, "get").toString())
                .contains("ada")
                .doesNotContain("argon2", PASSWORD);
        assertThat(by("GET", "/api/v1/flows", "ada", PASSWORD).statusCode()).isEqualTo(200);

        api.ok(post(PATH + "/ada/role", "{\"role\":\"read-only\"}"), PATH + "/{name}/role", "post");
        problem(by("POST", "/api/v1/flows/orders-to-erp/start", "ada", PASSWORD), 403, "The role read-only");
        api.ok(post(PATH + "/ada/password", "{\"password\":\"ten green horses\"}"), PATH + "/{name}/password", "post");
        problem(by("GET", "/api/v1/flows", "ada", PASSWORD), 401, "name and password");
        JsonNode code = api.ok(post(PATH + "/ada/code", ""), PATH + "/{name}/code", "post");
        assertThat(code.path("uri").asText())
                .isEqualTo("otpauth://totp/Patchbay:ada?secret="
                        + code.path("secret").asText() + "&issuer=Patchbay");
        problem(by("GET", "/api/v1/flows", "ada", "ten green horses"), 401, "name and password");
        api.ok(delete(PATH + "/ada/code"), PATH + "/{name}/code", "delete");
        assertThat(by("GET", "/api/v1/flows", "ada", "ten green horses").statusCode())
                .isEqualTo(200);

        api.ok(delete(PATH + "/ada"), PATH + "/{name}", "delete");
        problem(by("GET", "/api/v1/flows", "ada", "ten green horses"), 401, "name and password");
        problem(delete(PATH + "/ada"), 404, "'ada'");
    }

    @Test
    void saysWhatIsWrongWithAUser() throws Exception {
        problem(post(PATH, "{\"name\":\"ada\",\"role\":\"boss\",\"password\":\"x\"}"), 400, "role 'boss' is not known");
        problem(post(PATH, "{\"name\":\"ada\",\"role\":\"user\",\"password\":\"short\"}"), 400, "14 to 128 characters");
        problem(post(PATH, "{\"name\":\"ada\",\"role\":\"user\"}"), 400, "password is missing");
        problem(post(PATH, "{\"name\":\"ada\",\"rule\":\"user\"}"), 400, "Key 'rule' is not known");
        users.add("ada", Role.USER, PASSWORD);
        problem(post(PATH + "/ada/role", "{\"rule\":1}"), 400, "there is role.");
    }

    @Test
    void aManagerDecidesAboutThoseBelowAlone() throws Exception {
        users.add("max", Role.MANAGER, PASSWORD);
        users.add("ada", Role.USER, PASSWORD);
        users.add("eve", Role.ADMINISTRATOR, PASSWORD);
        String newUser = "{\"name\":\"bob\",\"role\":\"%s\",\"password\":\"ten green horses\"}";

        assertThat(by("POST", PATH, "max", PASSWORD, newUser.formatted("read-only"))
                        .statusCode())
                .isEqualTo(201);
        problem(by("POST", PATH, "max", PASSWORD, newUser.formatted("manager")), 403, "users and read-only alone");
        problem(by("POST", PATH + "/ada/role", "max", PASSWORD, "{\"role\":\"administrator\"}"), 403, "alone");
        problem(by("POST", PATH + "/max/role", "max", PASSWORD, "{\"role\":\"administrator\"}"), 403, "alone");
        problem(by("DELETE", PATH + "/eve", "max", PASSWORD), 403, "not about administrator");
        problem(by("POST", PATH + "/eve/password", "max", PASSWORD, "{\"password\":\"x\"}"), 403, "alone");
        problem(by("POST", PATH + "/eve/code", "max", PASSWORD, ""), 403, "alone");
    }

    @Test
    void everyoneChangesTheirOwnPasswordAndNobodyElses() throws Exception {
        users.add("ada", Role.READ_ONLY, PASSWORD);
        users.add("bob", Role.READ_ONLY, PASSWORD);
        String other = "{\"password\":\"ten green horses\"}";

        problem(by("POST", PATH + "/bob/password", "ada", PASSWORD, other), 403, "nobody but oneself");
        assertThat(by("POST", PATH + "/ada/password", "ada", PASSWORD, other).statusCode())
                .isEqualTo(200);
        assertThat(by("GET", "/api/v1/flows", "ada", "ten green horses").statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesNoPasswordThatAPageOfAnotherSiteMadeABrowserSend() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        String flow = "/api/v1/flows/orders-to-erp/start";

        problem(
                api.send(basic("POST", flow, "ada", PASSWORD, "").header("Sec-Fetch-Site", "cross-site")),
                403,
                "other sites");
        problem(
                api.send(basic("POST", flow, "ada", PASSWORD, "").header("Sec-Fetch-Site", "same-site")),
                403,
                "other sites");
        problem(
                api.send(basic("POST", flow, "ada", PASSWORD, "").header("Origin", "http://elsewhere.example")),
                403,
                "other sites");
        problem(api.send(basic("POST", flow, "ada", PASSWORD, "").header("Origin", "null")), 403, "other sites");
        assertThat(api.flows.asked).isEmpty();
        assertThat(by("POST", flow, "ada", PASSWORD, "").statusCode()).isEqualTo(202);
        assertThat(api.send(basic("POST", flow, "ada", PASSWORD, "").header("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void makesNoSessionForPasswordsOfTheApi() throws Exception {
        users.add("ada", Role.USER, PASSWORD);

        assertThat(by("GET", "/api/v1/flows", "ada", PASSWORD).headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void makesNoSessionForStrangers() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        HttpRequest page = HttpRequest.newBuilder(api.uri("/hawtio/"))
                .header("Accept", "text/html")
                .build();

        assertThat(browser.send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(302);
        assertThat(login(browser, "ada", "not this one").statusCode()).isEqualTo(302);
        assertThat(names(cookies)).containsExactly("XSRF-TOKEN");

        assertThat(login(browser, "ada", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(names(cookies)).contains("PATCHBAY_SESSION");
    }

    private static List<String> names(CookieManager cookies) {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::getName)
                .toList();
    }

    @Test
    void endsASessionWhenTheUserIsChanged() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertThat(login(browser, "ada", "not this one").headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/login?error");
        assertThat(login(browser, "ada", PASSWORD).headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/hawtio/");
        assertThat(seen(browser)).isEqualTo(200);

        users.role("ada", Role.READ_ONLY);

        assertThat(seen(browser)).isEqualTo(401);
        assertThat(login(browser, "ada", PASSWORD).statusCode()).isEqualTo(302);
        assertThat(seen(browser)).isEqualTo(200);
        users.remove("ada");
        assertThat(seen(browser)).isEqualTo(401);
    }

    @Test
    void takesNoLoginWithoutTheTokenOfThePage() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        HttpResponse<String> answer = api.client.send(
                HttpRequest.newBuilder(api.uri("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=ada&password=" + encoded(PASSWORD)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        problem(answer, 403, "came from our own page");
    }

    /** A page behind the login that this program has: the instances to connect. */
    private int seen(HttpClient browser) throws Exception {
        return browser.send(
                        HttpRequest.newBuilder(api.uri("/connect"))
                                .header("Accept", "*/*")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> login(HttpClient browser, String name, String password) throws Exception {
        URI page = api.uri("/login");
        String form = browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).isTrue();
        String body = "username=" + name + "&password=" + encoded(password) + "&_csrf=" + encoded(token.group(1));
        return browser.send(
                HttpRequest.newBuilder(page)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return api.send(api.request(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return api.send(api.request(path).DELETE());
    }

    private HttpResponse<String> by(String verb, String path, String name, String password) throws Exception {
        return by(verb, path, name, password, "");
    }

    private HttpResponse<String> by(String verb, String path, String name, String password, String body)
            throws Exception {
        return api.send(basic(verb, path, name, password, body));
    }

    private HttpRequest.Builder basic(String verb, String path, String name, String password, String body) {
        String proof = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(api.uri(path))
                .header("Authorization", "Basic " + proof)
                .method(verb, BodyPublishers.ofString(body));
    }
}
