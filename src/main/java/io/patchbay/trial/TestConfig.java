package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.LogLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests of a flow, in {@code <id>.test.yaml} beside it. In what is expected, {@code *} in a text stands for anything. */
@Doc("Tests of a flow")
public record TestConfig(
        @Doc("Id of the flow that is tested") String test,

        @Doc("What time it is in all cases, like 2026-01-01T08:00:00Z; by default the real one") @Nullable
        Instant clock,

        @Doc("Values of secrets by name, where any text does not do, as for a key") @Default("{}")
        Map<String, String> secrets,

        @Doc("What systems answer in all cases, by id of the shape that asks; a case may say otherwise") @Default("{}")
        Map<String, AnswersConfig> connections,

        @Doc("The cases") List<CaseConfig> cases) {

    /** @throws IllegalArgumentException if there is no case, or two have one name */
    public TestConfig {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("a test needs at least one case");
        }
        long names = cases.stream().map(CaseConfig::name).distinct().count();
        if (names < cases.size()) {
            throw new IllegalArgumentException("two cases have the same name");
        }
    }

    /** One case. */
    @Doc("One case: how a run begins, what systems answer, what must come of it")
    public record CaseConfig(
            @Doc("What it shows, as a sentence; unique in the file")
            String name,

            @Doc("What time it is; waits of the flow are over at once and move it") @Nullable
            Instant clock,

            @Doc("How the run begins; by default with an empty payload") @Default("{}")
            StartConfig start,

            @Doc("What systems answer, by id of the shape that asks") @Default("{}")
            Map<String, AnswersConfig> connections,

            @Doc("What must come of it") @Nullable ExpectConfig expect) {}

    /** How a run begins. */
    @Doc("How the run begins")
    public record StartConfig(
            @Doc("Kind of the trigger, like webhook; by default the flow's first, or manual") @Nullable
            String trigger,

            @Doc("The payload as JSON") @Nullable JsonNode json,

            @Doc("The payload as text, or a whole number of lines of it") @Nullable
            String text,

            @Doc("The payload that is no text, in Base64") @Nullable
            String base64,

            @Doc("Media type of the text; by default text/plain") @Nullable
            String contentType,

            @Doc("Query parameters of a webhook or callback that has no body: they are the payload") @Nullable
            Map<String, JsonNode> parameters,

            @Doc("Metadata of the payload by name, as the trigger gives it, like path.sku") @Default("{}")
            Map<String, String> meta,

            @Doc("Values of the flow's variables") @Default("{}")
            Map<String, JsonNode> variables,

            @Doc("Id of the shape at which the payload enters, as in a replay; by default the first") @Nullable
            String at) {

        /** @throws IllegalArgumentException if there are several payloads */
        public StartConfig {
            int payloads = (json == null ? 0 : 1)
                    + (text == null ? 0 : 1)
                    + (base64 == null ? 0 : 1)
                    + (parameters == null ? 0 : 1);
            if (payloads > 1) {
                throw new IllegalArgumentException("a start has one of 'json', 'text', 'base64' and 'parameters'");
            }
            if (base64 != null) {
                Bytes.of(base64);
            }
        }
    }

    /** What a system answers to a shape. */
    @Doc("What a system answers to a shape")
    public record AnswersConfig(
            @Doc("The answer to every request") @Nullable AnswerConfig answer,

            @Doc(
                    "Answers, each to one request: to the first one that fits where it has 'to', else in order; a list ends with what its pages say")
            @Default("[]")
            List<AnswerConfig> answers,

            @Doc("true: the answers that the connector's fixtures of the endpoint have recorded; or the name of one")
            @Nullable
            JsonNode fixtures,

            @Doc(
                    "Payloads that come of the calls, in order, without a request: for what was recorded, and where the answers of a system are not known")
            @Default("[]")
            List<YieldConfig> yields) {

        /** @throws IllegalArgumentException if it has none or several forms */
        public AnswersConfig {
            boolean recorded = fixtures != null;
            if ((answer == null ? 0 : 1) + (answers.isEmpty() ? 0 : 1) + (recorded ? 1 : 0) + (yields.isEmpty() ? 0 : 1)
                    != 1) {
                throw new IllegalArgumentException(
                        "one of 'answer', 'answers', 'fixtures' and 'yields' says what is answered");
            }
            if (fixtures != null && !fixtures.isTextual() && !(fixtures.isBoolean() && fixtures.booleanValue())) {
                throw new IllegalArgumentException("'fixtures' is true, or the name of a fixture");
            }
        }
    }

    /** What comes of a call. */
    @Doc("A payload that comes of a call, or a failure")
    public record YieldConfig(
            @Doc("The payload as JSON; none of all is the end of a list") @Nullable
            JsonNode body,

            @Doc("The payload as text") @Nullable String text,

            @Doc("The payload that is no text, in Base64") @Nullable
            String base64,

            @Doc("Media type; by default application/json for a body and text/plain for a text") @Nullable
            String contentType,

            @Doc("Metadata of the payload by name, besides that of what was asked with") @Default("{}")
            Map<String, String> meta,

            @Doc("Whether a list ends behind it; the last one always does") @Default("false")
            boolean end,

            @Doc("Code with which the call fails, once and for all") @Nullable
            String error,

            @Doc("What a failure says") @Nullable String message) {

        /** @throws IllegalArgumentException if there are several */
        public YieldConfig {
            noPause(error);
            int all = (body == null ? 0 : 1)
                    + (text == null ? 0 : 1)
                    + (base64 == null ? 0 : 1)
                    + (error == null ? 0 : 1);
            if (all > 1) {
                throw new IllegalArgumentException("what is yielded has one of 'body', 'text', 'base64' and 'error'");
            }
            if (base64 != null) {
                Bytes.of(base64);
            }
        }
    }

    private static void noPause(@Nullable String error) {
        if ("PAUSED".equals(error)) {
            throw new IllegalArgumentException(
                    "'error' cannot be PAUSED: a run that meets a pause does not fail, it waits");
        }
    }

    /** One answer. */
    @Doc("One answer")
    public record AnswerConfig(
            @Doc("The request that it answers, as far as given; by default the next one") @Nullable
            RequestConfig to,

            @Doc("HTTP status") @Default("200") int status,

            @Doc("Headers; Content-Type is application/json when it is not given") @Default("{}")
            Map<String, String> headers,

            @Doc("The body as JSON") @Nullable JsonNode body,

            @Doc("The body as text") @Nullable String text,

            @Doc("The body that is no text, in Base64") @Nullable
            String base64,

            @Doc(
                    "Code with which there is no answer: TIMEOUT, CONNECT_FAILED, CONNECT_TIMEOUT, UNKNOWN_HOST, NO_ANSWER or TRUNCATED break the wire, any other one fails the call")
            @Nullable
            String error,

            @Doc("What a failure by 'error' says") @Nullable String message,

            @Doc("How many requests it answers") @Default("1")
            int times) {

        /** @throws IllegalArgumentException if there are several bodies */
        public AnswerConfig {
            int bodies = (body == null ? 0 : 1) + (text == null ? 0 : 1) + (base64 == null ? 0 : 1);
            noPause(error);
            if (bodies > 1 || (bodies == 1 && error != null)) {
                throw new IllegalArgumentException("an answer has one of 'body', 'text', 'base64' and 'error'");
            }
            if (times < 1) {
                throw new IllegalArgumentException("'times' must be at least 1, got " + times);
            }
            if (base64 != null) {
                Bytes.of(base64);
            }
        }
    }

    /** A request, as far as given. */
    @Doc("A request, as far as it is given")
    public record RequestConfig(
            @Doc("HTTP method") @Nullable String method,

            @Doc("Path, as it goes over the wire") @Nullable String path,

            @Doc("Query parameters; one that comes several times has a list") @Nullable
            Map<String, JsonNode> query,

            @Doc("Headers, by name in any case") @Nullable Map<String, String> headers,

            @Doc("Inputs of an endpoint that speaks no HTTP") @Nullable
            Map<String, JsonNode> with,

            @Doc("The body: JSON as a value, anything else as text") @Nullable
            JsonNode body) {}

    /** What must come of a case. */
    @Doc("What must come of a case; what is not given may be anything")
    public record ExpectConfig(
            @Doc("How the run must end") @Nullable Outcome outcome,

            @Doc("Why it did not succeed") @Nullable String reason,

            @Doc("What passed shapes, by id") @Nullable Map<String, ShapeConfig> shapes,

            @Doc("All requests of shapes, in order, by id of the shape") @Nullable
            Map<String, List<RequestConfig>> requests,

            @Doc("Lines that the run's log must have in this order, among others") @Nullable
            List<LogConfig> logs,

            @Doc("Variables at the end") @Nullable Map<String, JsonNode> variables,

            @Doc("All payloads that failed, in order") @Nullable
            List<FailedConfig> failed,

            @Doc("All starts of other flows, in order") @Nullable
            List<StartedConfig> starts,

            @Doc("All messages to people, in order") @Nullable
            List<MailConfig> mails,

            @Doc("What the caller of a callback is answered") @Nullable
            CallbackConfig answer) {}

    /** How a run ends. */
    public enum Outcome {
        /** Nothing failed. */
        SUCCEEDED,
        /** Some payloads failed. */
        PARTIAL,
        /** A failure stopped it, or all failed. */
        FAILED,
        /** A bound stopped it. */
        STOPPED
    }

    /** What passed a shape. */
    @Doc("What passed a shape")
    public record ShapeConfig(
            @Doc("Whether any payload must reach it") @Nullable
            Boolean reached,

            @Doc("All payloads in, in order: JSON as a value, anything else as text") @Nullable
            List<JsonNode> in,

            @Doc("All payloads out, in order") @Nullable List<JsonNode> out,

            @Doc("Records in") @Nullable Long recordsIn,

            @Doc("Records out") @Nullable Long recordsOut,

            @Doc("Tries") @Nullable Long attempts) {}

    /** A line of the log. */
    @Doc("A line of the run's log")
    public record LogConfig(
            @Doc("Id of the shape") @Nullable String shape,

            @Doc("How loud") @Nullable LogLevel level,

            @Doc("What it says") @Nullable String text) {}

    /** A failed payload. */
    @Doc("A failed payload")
    public record FailedConfig(
            @Doc("Id of the shape in which it failed") @Nullable
            String shape,

            @Doc("Code of the failure") @Nullable String code,

            @Doc("What the failure says") @Nullable String message,

            @Doc("The payload") @Nullable JsonNode payload) {}

    /** A start of another flow. */
    @Doc("A start of another flow")
    public record StartedConfig(
            @Doc("Id of the shape that starts it") @Nullable String shape,

            @Doc("Id of the flow") @Nullable String flow,

            @Doc("The payload that it gets") @Nullable JsonNode payload,

            @Doc("Variables that it gets") @Nullable Map<String, JsonNode> variables) {}

    /** A message to people. */
    @Doc("A message to people")
    public record MailConfig(
            @Doc("Receivers; a group by its name") @Nullable List<String> to,

            @Doc("Subject of the mail, title of the message") @Nullable
            String subject,

            @Doc("Text") @Nullable String text) {}

    /** An answer to a caller. */
    @Doc("An answer to a caller")
    public record CallbackConfig(
            @Doc("HTTP status") @Nullable Integer status,

            @Doc("Media type") @Nullable String contentType,

            @Doc("Body: JSON as a value, anything else as text") @Nullable
            JsonNode body) {}
}
