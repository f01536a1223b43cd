package io.patchbay.ops.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.connector.auth.AuthorizationServer;
import io.patchbay.connector.auth.Person;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A person connects an instance: the whole program, a browser's cookies, and a Spring Authorization Server. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + ConnectPagesIT.TOKEN, "patchbay.public-url=https://patchbay.example.com"
        })
class ConnectPagesIT {

    static final String TOKEN = "token-for-the-browser-0123";

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern REFRESH = Pattern.compile("content=\"0;url=([^\"]+)\"");

    @TempDir
    static Path home;

    private static AuthorizationServer server;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        server = new AuthorizationServer(Duration.ofMinutes(10), AuthorizationServer.REDIRECT);
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(folder.resolveSibling("connector.yaml"), """
                connector: shop
                version: 1.0.0
                settings: {secrets: [clientId, clientSecret]}
                auth:
                  user:
                    type: oauth2AuthorizationCode
                    token: {authorizeUrl: '%1$s/oauth2/authorize', url: '%1$s/oauth2/token', scopes: [orders]}
                requester: {baseUrl: '%1$s', allowedHosts: ['127.0.0.1']}
                check: {endpoint: keys.get}
                endpoints:
                  keys.get: {kind: read, method: GET, path: /oauth2/jwks}
                """.formatted(server.url()));
        Files.writeString(folder.resolve("shop.yaml"), """
                {instance: shop, connector: shop, settings: {clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}}
                """);
        registry.add("patchbay.home", home::toString);
        registry.add("PATCHBAY_SECRET_ID", () -> "client-id");
        registry.add("PATCHBAY_SECRET_SECRET", () -> "client-secret");
        registry.add("patchbay.store.url", () -> "jdbc:h2:file:" + home.resolve("db"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Somebody's browser at Patchbay. */
    private final class Browser {
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Accept", "text/html")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        Browser logsIn() throws IOException, InterruptedException {
            String csrf = found(CSRF, get("/login").body());
            assertThat(post("/login", "username=admin&password=" + TOKEN + "&_csrf=" + csrf)
                            .statusCode())
                    .isEqualTo(302);
            return this;
        }

        /** Begins on the instance's page, and lets it in at the other system. @return what comes back, path and query */
        String connects() throws IOException, InterruptedException {
            String csrf = found(CSRF, get("/connect/instances/shop").body());
            HttpResponse<String> away = post("/connect/instances/shop", "_csrf=" + csrf);
            assertThat(away.statusCode()).isEqualTo(303);
            URI address = URI.create(away.headers().firstValue("Location").orElseThrow());
            URI back = new Person("ada", "lovelace").returns(address);
            assertThat(back.toString()).startsWith("https://patchbay.example.com/connect/callback?");
            return back.getRawPath() + "?" + back.getRawQuery();
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private String api(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/instances/" + path))
                                .header("Authorization", "Bearer " + TOKEN)
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void connectsAnInstanceAndTakesEachAnswerOnceAndInItsOwnBrowser() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> api("GET", "shop").contains("\"shop\""));
        assertThat(new Browser().get("/connect/instances/shop").headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/login?to=%2Fconnect%2Finstances%2Fshop");
        assertThat(api("POST", "shop/check"))
                .contains(
                        "\"failedAuthentication\"",
                        "connect it at https://patchbay.example.com/connect/instances/shop");
        Browser browser = new Browser().logsIn();
        assertThat(browser.get("/connect").body()).contains("href=\"connect/instances/shop\"");
        assertThat(browser.get("/connect/instances/shop").body())
                .contains("not connected", "https://patchbay.example.com/connect/callback");
        assertThat(browser.post("/connect/instances/shop", "_csrf=wrong").statusCode())
                .isEqualTo(403);

        String answer = browser.connects();
        HttpResponse<String> arrived = new Browser().get(answer); // the session's cookie is not sent from another site
        assertThat(arrived.statusCode()).isEqualTo(200);
        String done = "/connect/" + found(REFRESH, arrived.body()).replace("&amp;", "&");

        assertThat(new Browser().logsIn().get(done).statusCode()).isEqualTo(403); // stolen
        assertThat(browser.get(done.replace("state=", "state=x")).statusCode()).isEqualTo(403);
        assertThat(browser.get(done).body()).contains("The instance is connected.", "connected since");
        HttpResponse<String> again = browser.get(done); // replayed
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("or was used before");

        assertThat(api("GET", "shop/connection"))
                .contains("\"connected\":true", "\"renews\":true")
                .doesNotContain("eyJ");
        assertThat(api("POST", "shop/check")).contains("\"operational\"");
        assertThat(api("DELETE", "shop/connection")).contains("\"connected\":false", "declares no token.revokeUrl");
        assertThat(api("POST", "shop/check")).contains("\"NOT_CONNECTED\"");
    }

    @Test
    void sayWhatTheOtherSystemSaidAndShowsNothingOfItAsMarkup() throws Exception {
        Browser browser = new Browser().logsIn();
        String csrf = found(CSRF, browser.get("/connect/instances/shop").body());
        HttpResponse<String> away = browser.post("/connect/instances/shop", "_csrf=" + csrf);
        String state = found(
                Pattern.compile("state=([^&]+)"),
                away.headers().firstValue("Location").orElseThrow());

        HttpResponse<String> refused =
                browser.get("/connect/done?error=access_denied&iss=" + server.url() + "&state=" + state);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("the system did not let the instance in (access_denied)");
        assertThat(refused.headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'; style-src 'sha256-");
        HttpResponse<String> markup = browser.get("/connect/callback?state=%22%3E%3Cscript%3E&code=%27%3Cb%3E");
        assertThat(markup.body()).doesNotContain("<script>").doesNotContain("<b>");
        assertThat(browser.get("/connect/instances/none").statusCode()).isEqualTo(404);
    }
}
