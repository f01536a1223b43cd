package io.patchbay.connector.auth;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody in front of a browser at the {@link AuthorizationServer}. */
public final class Person {

    private final String name;
    private final String password;
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public Person(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /** Logs in and lets the client in. @return what the server sends the browser back with */
    public Map<String, String> consents(URI authorize) throws IOException, InterruptedException {
        return query(returns(authorize).getRawQuery());
    }

    /** The same. @return where the server sends the browser */
    public URI returns(URI authorize) throws IOException, InterruptedException {
        HttpResponse<String> login = get(authorize);
        URI form = location(authorize, login);
        HttpResponse<String> in = browser.send(
                HttpRequest.newBuilder(form)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + name + "&password=" + password))
                        .build(),
                BodyHandlers.ofString());
        URI again = location(form, in);
        return location(again, get(again));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(uri).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    private static URI location(URI from, HttpResponse<String> answer) {
        return from.resolve(answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
    }

    /** Uses a refresh token as the client {@code client-id} does. */
    public String refresh(String url, String token) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString("client-id:client-secret".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", "Basic " + basic)
                        .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=" + token))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
        return answer.body();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }
}
