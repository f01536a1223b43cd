package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in a connector's {@code fixtures/}: what a call of an endpoint must ask the system, what the system answers to that, and
 * what must come of it. {@code ***} stands for a secret, {@code *} for anything, {@code {origin}} for the system's address.
 */
@Doc("A recorded exchange of the connector with the system")
public record FixtureConfig(
        @Doc("Endpoint that is called") String endpoint,

        @Doc("What is passed to its inputs") @Default("{}") Map<String, JsonNode> with,

        @Doc("Which way to prove who calls the instance has; by default the connector's first") @Nullable
        String auth,

        @Doc("Settings of the instance that differ from the connector's examples and defaults") @Default("{}")
        Map<String, JsonNode> settings,

        @Doc(
                "Whether the instance has its token or session already, or was challenged: none is asked for, and *** stands for it")
        @Default("false")
        boolean loggedIn,

        @Doc("When the call is made, like '2026-03-01T12:00:00Z'; by default now") @Nullable
        Instant now,

        @Doc("How far the run before came in a list that grows; by default there was none") @Nullable
        String cursor,

        @Doc(
                "Keys of the records that the list had in the run before, each a value of its primaryKey, or a list of them; by default none")
        @Default("[]")
        List<JsonNode> known,

        @Doc("What is sent") @Nullable JsonNode payload,

        @Doc("What the system must be asked") @Nullable RequestConfig request,

        @Doc("What it answers") @Nullable ResponseConfig response,

        @Doc(
                "Several requests with their answers, in order, in place of 'request' and 'response': the call is made as in a flow,"
                        + " with all pages of a list, all batches and all questions about a job. Nothing waits")
        @Default("[]")
        List<ExchangeConfig> exchanges,

        @Doc("How many records must come") @Nullable Integer records,

        @Doc("The first record that must come") @Nullable JsonNode first,

        @Doc("The records that must come") @Nullable List<JsonNode> yields,

        @Doc("The records that must be told as deleted, which are none of the others") @Nullable
        List<JsonNode> deleted,

        @Doc("How the call must fail") @Nullable FailureConfig failure,

        @Doc("Which records of the payload the answer must be read to refuse, by position from 0, and why")
        @Default("{}")
        Map<String, String> failed) {

    /** @throws IllegalArgumentException if it has no exchange, or two forms of them */
    public FixtureConfig {
        if (!exchanges.isEmpty() && (request != null || response != null)) {
            throw new IllegalArgumentException("'exchanges' stands in place of 'request' and 'response'");
        }
        if (exchanges.isEmpty() && response == null && (failure == null || request != null)) {
            throw new IllegalArgumentException(
                    "a fixture needs 'response' with 'request', or 'exchanges'; or 'failure' alone when nothing is asked");
        }
        if (cursor != null && exchanges.isEmpty()) {
            throw new IllegalArgumentException("a 'cursor' needs 'exchanges': a flow reads on where it came");
        }
        if ((deleted != null || !known.isEmpty()) && exchanges.isEmpty()) {
            throw new IllegalArgumentException("'known' and 'deleted' need 'exchanges': deletes are told to flows");
        }
    }

    /** All exchanges, in order; none when the call fails before. Without a request for what is no HTTP. */
    public List<ExchangeConfig> all() {
        return response == null ? exchanges : List.of(new ExchangeConfig(request, response));
    }

    /** A request with its answer. */
    @Doc("A request with its answer")
    public record ExchangeConfig(
            @Doc("What the system must be asked") @Nullable RequestConfig request,

            @Doc("What it answers") ResponseConfig response) {}

    /** What must be asked. */
    @Doc("What the system must be asked")
    public record RequestConfig(
            @Doc("HTTP method") String method,

            @Doc("Path, as it goes over the wire") String path,

            @Doc("All query parameters; one that comes several times has a list") @Default("{}")
            Map<String, JsonNode> query,

            @Doc("Headers that must be there, among others") @Default("{}")
            Map<String, JsonNode> headers,

            @Doc("The body as JSON") @Nullable JsonNode body,

            @Doc("The body as form fields, like a=1&b=2, in any order") @Nullable
            String form,

            @Doc("The body as an XML document") @Nullable String xml,

            @Doc("The body as text") @Nullable String text,

            @Doc("The body that is no text, in Base64") @Nullable
            String base64) {}

    /** What is answered. */
    @Doc("What the system answers")
    public record ResponseConfig(
            @Doc("HTTP status") @Default("200") int status,

            @Doc("Headers; Content-Type is application/json when it is not given") @Default("{}")
            Map<String, JsonNode> headers,

            @Doc("The body as JSON") @Nullable JsonNode body,

            @Doc("The body as text") @Nullable String text,

            @Doc("The body that is no text, in Base64") @Nullable
            String base64) {

        /** @throws IllegalArgumentException if base64 is none */
        public ResponseConfig {
            if (base64 != null) {
                bytes(base64);
            }
        }

        /** What Base64 stands for; line breaks in it count for nothing. */
        public static byte[] bytes(String base64) {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'base64' is no Base64: " + e.getMessage(), e);
            }
        }
    }

    /** How a call fails. */
    @Doc("How the call must fail")
    public record FailureConfig(
            @Doc("Code of the failure") String code,

            @Doc("A part of its sentence") @Default("''") String message) {}
}
