package io.patchbay.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/**
 * A server of this machine that the world knows under a name of its own: what is asked of the name is handed on to it as it came.
 *
 * @param host the name
 * @param server where it is, like {@code http://localhost:8080}
 */
public record Forwarded(String host, String server) implements SandboxSystem {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the client makes by itself. */
    private static final List<String> OF_THE_CONNECTION =
            List.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    @Override
    public boolean answersAs(String asked) {
        return asked.equals(host);
    }

    @Override
    public Answer answer(Call call) {
        String query = call.address().getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server + call.address().getRawPath() + (query == null ? "" : "?" + query)))
                .method(call.method(), BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    answer.headers()
                            .firstValue("Content-Type")
                            .map(type -> Map.of("Content-Type", type))
                            .orElse(Map.of()),
                    answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
