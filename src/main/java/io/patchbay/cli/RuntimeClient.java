package io.patchbay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to a running program through its API. */
final class RuntimeClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** An answer that took this long would not come any more; a start waits for the disk of a busy machine. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** The same for a body of a million rows. */
    private static final Duration LONG = Duration.ofMinutes(30);

    /** So long who follows something waits for a runtime that is started anew. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final URI address;
    private final @Nullable String token;
    private final @Nullable PrintWriter told;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private boolean answered;

    /** @param token the administrator's, or a key; null for what is open to everyone */
    RuntimeClient(URI address, @Nullable String token) {
        this(address, token, null);
    }

    private RuntimeClient(URI address, @Nullable String token, @Nullable PrintWriter told) {
        this.address = address;
        this.token = token;
        this.told = told;
    }

    /**
     * The same for who follows something: a runtime that answered before, and does not any more, is waited for.
     *
     * @param told where that is said
     */
    RuntimeClient patient(PrintWriter told) {
        RuntimeClient patient = new RuntimeClient(address, token, told);
        patient.answered = answered;
        return patient;
    }

    /** Text as it can stand in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What is at a path. @throws Refused when the runtime refuses or does not answer */
    JsonNode get(String path) {
        return good(asked(path));
    }

    /** What is at a path; empty when nothing is there. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = asked(path);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(good(answer));
    }

    /** What is at a path, as text, whatever its type. */
    String text(String path) {
        HttpResponse<String> answer = send(request(path).GET(), ANSWER);
        return answer.statusCode() == 200 ? answer.body() : good(answer).toString();
    }

    /** Sends a body. */
    JsonNode post(String path, String contentType, BodyPublisher body) {
        return good(send(request(path).header("Content-Type", contentType).POST(body), ANSWER));
    }

    /** Sends a body that takes long to be worked on. */
    JsonNode send(String path, String contentType, BodyPublisher body) {
        return good(send(request(path).header("Content-Type", contentType).POST(body), LONG));
    }

    /** Takes content as it comes. */
    interface Taking {
        /** Takes all of it. */
        void from(InputStream content) throws IOException;
    }

    /** Writes what is at a path to a file, as it comes. @throws IOException when the file cannot be written */
    void save(String path, Path file) throws IOException {
        take(path, content -> Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Hands on what is at a path, as it comes. @throws IOException when it is not taken */
    void take(String path, Taking taking) throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(request(path).GET().timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == 200) {
                    taking.from(body);
                    return;
                }
            }
        } catch (ConnectException | HttpTimeoutException e) {
            throw new Refused(Refused.FAILED, "No runtime answers at " + address + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refused.FAILED, "Interrupted.");
        }
        get(path); // says why not
    }

    /** Changes what is at a path (RFC 7396). */
    JsonNode patch(String path, String document) {
        return good(send(
                request(path)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString(document)),
                ANSWER));
    }

    /** Sends nothing. */
    JsonNode post(String path) {
        return good(send(request(path).POST(BodyPublishers.noBody()), ANSWER));
    }

    /** Deletes what is at a path. */
    JsonNode delete(String path) {
        return good(send(request(path).DELETE(), ANSWER));
    }

    /** The status and text at a path, whatever they are. */
    HttpResponse<String> look(String path, Duration atMost) {
        return send(request(path).GET(), atMost);
    }

    private HttpResponse<String> asked(String path) {
        return answered && told != null
                ? waited(path, told)
                : send(request(path).GET(), ANSWER);
    }

    private HttpResponse<String> waited(String path, PrintWriter told) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (boolean first = true; ; first = false) {
            try {
                return send(request(path).GET(), ANSWER);
            } catch (Refused e) {
                if (!e.away() || System.nanoTime() > until) {
                    throw e;
                }
                if (first) {
                    told.println("No runtime answers at " + address + " any more; waiting for it.");
                    told.flush();
                }
                Interval.pass(BETWEEN);
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Duration atMost) {
        try {
            HttpResponse<String> answer = client.send(
                    request.timeout(atMost).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            answered = true;
            return answer;
        } catch (ConnectException e) {
            throw Refused.away("No runtime answers at " + address
                    + ".\n  hint: start one with `patchbay`, or name another with" + " --url or PATCHBAY_URL");
        } catch (HttpTimeoutException e) {
            throw Refused.away("The runtime at " + address + " does not answer.");
        } catch (IOException e) {
            throw Refused.away("The connection to " + address + " failed: " + String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refused.FAILED, "Interrupted.");
        }
    }

    private JsonNode good(HttpResponse<String> answer) {
        JsonNode body = json(answer.body());
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            if (body.isMissingNode()) {
                throw new Refused(Refused.FAILED, "What answers at " + address + " is not a Patchbay.");
            }
            return body;
        }
        if (status == 401) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "The runtime does not accept the token in " + Terminal.KEY + " or " + Terminal.TOKEN + ".");
        }
        boolean caller = status >= 400 && status < 500 && status != 429;
        String detail = body.path("detail").asText("it answered " + status);
        String later = answer.headers()
                .firstValue("Retry-After")
                .map(seconds -> " Try again in " + seconds + " s.")
                .orElse("");
        throw new Refused(caller ? Refused.WRONG_USE : Refused.FAILED, "The runtime refuses: " + detail + later);
    }

    private static JsonNode json(String text) {
        try {
            return io.patchbay.payload.Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
    }
}
