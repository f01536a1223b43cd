package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Single calls beside the load. */
final class Calls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Calls() {}

    static String send(String method, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + url + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Orders that the counterpart has taken. */
    static long ordersTaken(int counterpart) throws IOException, InterruptedException {
        JsonNode counts = Json.MAPPER.readTree(send("GET", "http://127.0.0.1:" + counterpart + "/counts"));
        return counts.path("orders").asLong();
    }

    static void reset(int counterpart) throws IOException, InterruptedException {
        send("POST", "http://127.0.0.1:" + counterpart + "/reset");
    }

    /** Waits until the counterpart has taken so many orders. */
    static void awaitOrders(int counterpart, long orders) throws IOException, InterruptedException {
        long end = System.nanoTime() + 300_000_000_000L;
        while (ordersTaken(counterpart) < orders) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "after 300 s only " + ordersTaken(counterpart) + " of " + orders + " orders came");
            }
            Thread.sleep(20);
        }
    }
}
