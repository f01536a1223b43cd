package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.auth.Person;
import io.patchbay.ops.security.OidcIssuer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser before the program and the provider: what people do there, and what the program says then. */
abstract class OidcWalk {

    static final String SESSION = "/api/v1/session";
    static final Pattern REFRESH = Pattern.compile("content=\"0;url=([^\"]+)\"");
    static final ObjectMapper JSON = new ObjectMapper();
    final CookieManager cookies = new CookieManager();
    final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
    ApiFixture api;

    /** The browser at the provider and back. @return the answer to what it comes back with */
    HttpResponse<String> logIn(String person, String to) throws Exception {
        String query = to.isEmpty() ? "" : "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
        URI away = URI.create(location(get("/login/oidc" + query)));
        URI back = new Person(person, OidcIssuer.PASSWORD).returns(away);
        assertThat(back.toString()).startsWith(OidcIssuer.PUBLIC + "/login/oidc/callback?");
        return get(back.getRawPath() + "?" + back.getRawQuery());
    }

    Map<String, String> comesBack(String person) throws Exception {
        return new Person(person, OidcIssuer.PASSWORD).consents(URI.create(location(get("/login/oidc"))));
    }

    HttpResponse<String> byPassword(String name, String password, String to) throws Exception {
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get("/login").body());
        assertThat(csrf.find()).isTrue();
        return send(request(
                        "POST",
                        "/login",
                        "username=" + name + "&password=" + url(password) + "&to=" + url(to) + "&_csrf="
                                + url(csrf.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    /** What the login page says to who was led back to it. */
    String refusal(HttpResponse<String> back) throws Exception {
        assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
        URI form = URI.create(location(back));
        assertThat(form.getRawQuery()).startsWith("refused=");
        return get(form.getRawPath() + "?" + form.getRawQuery()).body();
    }

    static String onward(HttpResponse<String> back) {
        Matcher led = REFRESH.matcher(back.body());
        assertThat(led.find()).as(back.statusCode() + back.body()).isTrue();
        return led.group(1);
    }

    JsonNode session() throws Exception {
        // The token is made anew with a login; the first page behind it brings it.
        send(request("GET", "/connect").header("Accept", "*/*"));
        HttpResponse<String> answer = send(ours("GET", SESSION));
        return api.ok(answer, SESSION, "get");
    }

    JsonNode audited(String query) throws Exception {
        return JSON.readTree(api.get("/api/v1/audit" + query).body()).path("data");
    }

    /** Nobody who was not let waits for the disk. */
    JsonNode awaited(String query) throws Exception {
        await().until(() -> !audited(query).isEmpty());
        return audited(query).get(0);
    }

    static UnaryOperator<String> token(UnaryOperator<String> change) {
        return answer -> {
            try {
                ObjectNode all = (ObjectNode) JSON.readTree(answer);
                String[] parts = all.path("id_token").asText().split("\\.", -1);
                String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                parts[1] = encoded(change.apply(payload));
                return all.put("id_token", String.join(".", parts)).toString();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, String> query(String address) {
        Map<String, String> fields = new java.util.HashMap<>();
        for (String pair : URI.create(address).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request("GET", path));
    }

    HttpResponse<String> browserGet(String path) throws Exception {
        return send(request("GET", path).header("Accept", "text/html,*/*;q=0.8"));
    }

    HttpRequest.Builder ours(String verb, String path) {
        return request(verb, path).header("X-XSRF-TOKEN", value("XSRF-TOKEN"));
    }

    HttpRequest.Builder request(String verb, String path) {
        return HttpRequest.newBuilder(api.uri(path)).method(verb, BodyPublishers.noBody());
    }

    HttpRequest.Builder request(String verb, String path, String body) {
        return HttpRequest.newBuilder(api.uri(path)).method(verb, BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    String value(String cookie) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(one -> one.getName().equals(cookie))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
