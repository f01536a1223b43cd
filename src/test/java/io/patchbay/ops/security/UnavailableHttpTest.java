package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.store.Store;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** What is answered when nobody can be looked up: over a real port, each time with a program of its own. */
@DisableJmx(false)
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + UnavailableHttpTest.TOKEN,
            "spring.datasource.url=jdbc:h2:mem:unavailable"
        })
class UnavailableHttpTest {

    static final String TOKEN = "right-token-0123456789";
    private static final String FLOWS = "/api/v1/flows";

    @LocalServerPort
    private int port;

    @Autowired
    private LocalUsers users;

    @Test
    void saysThatTooManyPasswordsAreLookedAt() throws Exception {
        CountDownLatch taken = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        Runnable holding = () -> users.turns().take(() -> {
            taken.countDown();
            return awaited(go);
        });
        Thread one = new Thread(holding);
        Thread two = new Thread(holding);
        one.start();
        two.start();
        taken.await();
        try {
            isUnavailable(send(request(FLOWS).header("Authorization", basic("ada", "nine blue boats"))));
            isUnavailable(send(request("/connect").header("Authorization", basic("ada", "nine blue boats"))));
            isUnavailable(login());
            assertThat(send(request(FLOWS).header("Authorization", "Bearer " + TOKEN))
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            go.countDown();
            one.join();
            two.join();
        }
    }

    @Test
    void saysThatTheDatabaseIsAway(@Autowired Store store) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        users.add("ada", Role.READ_ONLY, "nine blue boats");
        assertThat(login(browser, "ada", "nine blue boats").statusCode()).isEqualTo(302);

        store.database().close();

        isUnavailable(send(request(FLOWS).header("Authorization", "Bearer " + KeyText.make(new SecureRandom()))));
        isUnavailable(send(request(FLOWS).header("Authorization", basic("ada", "nine blue boats"))));
        isUnavailable(login());
        isUnavailable(browser.send(request("/connect").build(), HttpResponse.BodyHandlers.ofString()));
        isUnavailable(send(request("/api/v1/users").header("Authorization", "Bearer " + TOKEN)));
    }

    private HttpResponse<String> login() throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        return login(browser, "ada", "nine blue boats");
    }

    private HttpResponse<String> login(HttpClient browser, String name, String password) throws Exception {
        browser.send(request("/login").build(), HttpResponse.BodyHandlers.ofString());
        String token = ((CookieManager) browser.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                        .map(HttpCookie::getValue)
                        .findFirst()
                        .orElseThrow();
        String form = "username=" + name + "&password=" + password.replace(' ', '+') + "&_csrf=" + token;
        return browser.send(
                request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void isUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("try again").doesNotContain("SQL", "Exception");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static String basic(String name, String password) {
        String proof = name + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(proof.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
