package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.StandIn;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.trial.TestConfig.AnswerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** All systems of a case: they answer what its file says, and what they were asked is kept by shape. */
final class Systems implements StandIn {

    private static final String RECORDING_ENDS = "RECORDING_ENDS";

    private final Map<String, Replies> replies;
    private final Map<String, Yields> yields;
    private final Map<String, List<ObjectNode>> requests = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * All systems.
     *
     * @param replies by id of the shape that asks
     * @param yields by id of the shape, in place of replies
     */
    Systems(Map<String, Replies> replies, Map<String, Yields> yields) {
        this.yields = yields;
        this.replies = replies;
    }

    /** What was asked, by id of the shape. */
    synchronized Map<String, List<ObjectNode>> requests() {
        Map<String, List<ObjectNode>> all = new LinkedHashMap<>();
        requests.forEach((shape, list) -> all.put(shape, List.copyOf(list)));
        return all;
    }

    /** What was asked that the file has no answer for, as sentences. */
    synchronized List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public boolean reachesNothing() {
        return true;
    }

    @Override
    public Answer answer(Asked asked) throws IOException, StepException {
        AnswerConfig answer = next(asked.call(), request(asked), asked.method() + " " + asked.target());
        if (answer == null) {
            throw none(asked.call());
        }
        if (answer.error() != null) {
            throw broken(answer.error(), answer);
        }
        byte[] body = Replies.body(answer);
        Map<String, String> headers = new LinkedHashMap<>();
        Replies.headers(answer).forEach((name, value) -> headers.put(name, located(value, asked)));
        String text = answer.base64() == null ? new String(body, StandardCharsets.UTF_8) : "";
        return new Answer(
                answer.status(),
                headers,
                text.contains("{origin}") ? located(text, asked).getBytes(StandardCharsets.UTF_8) : body);
    }

    /** A list of which a fixture has recorded the first pages ends where the recording does. What is given as payloads asks nobody. */
    @Override
    public Operation operation(String instance, Operation operation) {
        return new Delegating(operation) {
            @Override
            public Pull pull(Request request, Begin begin) throws StepException {
                Yields given = given(request);
                return given == null ? new Recorded(super.pull(request, begin)) : given.pull(request, begin, records());
            }

            @Override
            public Payload call(Request request) throws StepException {
                Yields given = given(request);
                return given == null ? super.call(request) : given.call(request, records());
            }

            @Override
            public @Nullable Payload first(Request request) throws StepException {
                Yields given = given(request);
                return given == null ? super.first(request) : given.call(request, records());
            }

            private @Nullable RecordPath records() {
                return endpoint().call() instanceof Endpoint.HttpCall http
                        ? http.selection().path()
                        : null;
            }

            private @Nullable Yields given(Request request) {
                Yields given = yields.get(request.trace().shape());
                if (given != null) {
                    keep(
                            new Call(
                                    "",
                                    request.trace().shape(),
                                    instance,
                                    endpoint().id(),
                                    endpoint().acts()),
                            asked(endpoint().id(), request));
                }
                return given;
            }
        };
    }

    private record Recorded(Pull pull) implements Pull {
        @Override
        public Element next() {
            Element element = pull.next();
            return element instanceof Failed failed && failed.why().code().equals(RECORDING_ENDS) ? new End() : element;
        }

        @Override
        public void close() {
            pull.close();
        }
    }

    @Override
    public Payloads payloads() {
        return this::yielded;
    }

    /** What comes of a flow that a shape calls and waits for; null for nothing. */
    @Nullable
    Payload called(FlowCalls.Identity identity, String flow, Payload payload, Map<String, JsonNode> variables)
            throws StepException {
        ObjectNode asked = Json.NODES.objectNode().put("method", flow);
        ObjectNode with = asked.putObject("with");
        variables.forEach(with::set);
        asked.set("body", content(payload));
        Call call = new Call(identity.run(), identity.shape(), "", flow, false);
        AnswerConfig answer = next(call, asked, "flow '" + flow + "'");
        if (answer == null) {
            throw none(call);
        }
        if (answer.error() != null) {
            throw failure(answer.error(), answer);
        }
        byte[] body = Replies.body(answer);
        if (body.length == 0) {
            return null;
        }
        String type = String.valueOf(Replies.headers(answer).get("Content-Type"));
        Payload result = payload.withBody(new Body.Bytes(body, type), RecordPath.ROOT);
        return Json.isType(type) ? result.parsed() : result;
    }

    /** What is decided about a payload that would wait; null for yes, where the file says nothing. */
    @Nullable
    AnswerConfig decided(String run, String shape, ObjectNode asked, Payload payload) throws StepException {
        asked.set("body", content(payload));
        Call call = new Call(run, shape, "", asked.path("method").asText(), false);
        if (!replies.containsKey(shape)) {
            keep(call, asked);
            return null;
        }
        AnswerConfig answer = next(call, asked, "for an " + call.endpoint());
        if (answer == null) {
            throw none(call);
        }
        return answer;
    }

    /** An event that a shape told. */
    void told(String shape, ObjectNode asked) {
        keep(new Call("", shape, "", "release", true), asked);
    }

    private static ObjectNode asked(String endpoint, Request request) {
        ObjectNode asked = Json.NODES.objectNode().put("method", endpoint);
        asked.set("with", request.with());
        asked.set("body", content(request.payload()));
        return asked;
    }

    private Yielded yielded(Call call, Request request) throws StepException {
        ObjectNode asked = asked(call.endpoint(), request);
        Yields given = yields.get(call.shape());
        if (given != null) {
            keep(call, asked);
            Payload left = given.call(request, null);
            return new Yielded(left.bytes(), left.body().contentType(), true);
        }
        Replies own = replies.get(call.shape());
        if (own == null && call.acts()) {
            keep(call, asked);
            return new Yielded(null, "application/json", true);
        }
        AnswerConfig answer = next(call, asked, call.endpoint());
        if (answer == null && own != null && own.given() > 0 && !call.acts()) {
            return new Yielded(null, "application/json", true); // the end of a list
        }
        if (answer == null) {
            throw none(call);
        }
        if (answer.error() != null) {
            throw failure(answer.error(), answer);
        }
        byte[] body = Replies.body(answer);
        return new Yielded(
                body.length == 0 ? null : body,
                String.valueOf(Replies.headers(answer).get("Content-Type")),
                own == null || !own.more());
    }

    private @Nullable AnswerConfig next(Call call, ObjectNode asked, String shown) throws StepException {
        keep(call, asked);
        Replies own = replies.get(call.shape());
        AnswerConfig answer = own == null ? null : own.next(asked);
        if (answer == null && own != null && own.endsARecording()) {
            unasked(call);
            throw new StepException(Owner.AUTHOR, RECORDING_ENDS, "the fixture has recorded no further answer");
        }
        if (answer == null) {
            synchronized (this) {
                missing.add(
                        own == null
                                ? who(call) + " asks " + shown
                                        + ", and the case has no answers for it under 'connections'"
                                : who(call) + " asks " + shown + " as request "
                                        + asked(call).size()
                                        + ", and the case has no answer left that fits it");
            }
        }
        return answer;
    }

    private static String who(Call call) {
        return call.shape().isEmpty() ? "instance '" + call.instance() + "'" : "shape '" + call.shape() + "'";
    }

    /** What was asked behind the end of a recording counts for nothing. */
    private synchronized void unasked(Call call) {
        List<ObjectNode> own = asked(call);
        own.remove(own.size() - 1);
    }

    private synchronized void keep(Call call, ObjectNode asked) {
        asked(call).add(asked);
    }

    private List<ObjectNode> asked(Call call) {
        return requests.computeIfAbsent(call.shape(), any -> new ArrayList<>());
    }

    private static StepException none(Call call) {
        return new StepException(
                Owner.AUTHOR,
                "NO_TEST_ANSWER",
                "the test has no answer for " + who(call) + " (" + call.endpoint() + ")");
    }

    private static JsonNode content(Payload payload) {
        return Bytes.shown(payload.bytes(), payload.body().contentType());
    }

    private static String located(String text, Asked asked) {
        URI uri = URI.create(asked.target());
        return text.replace("{origin}", uri.getScheme() + "://" + uri.getRawAuthority());
    }

    /** A request as a test file expects it. */
    static ObjectNode request(Asked asked) {
        URI uri = URI.create(asked.target());
        ObjectNode request =
                Json.NODES.objectNode().put("method", asked.method()).put("path", uri.getRawPath());
        if (uri.getRawQuery() != null) {
            request.set("query", pairs(uri.getRawQuery()));
        }
        ObjectNode headers = request.putObject("headers");
        asked.headers().forEach(headers::put);
        String type = "";
        for (Map.Entry<String, String> header : asked.headers().entrySet()) {
            type = header.getKey().equalsIgnoreCase("Content-Type") ? header.getValue() : type;
        }
        if (asked.body().length > 0) {
            request.set("body", Bytes.shown(asked.body(), type));
        }
        return request;
    }

    private static ObjectNode pairs(String query) {
        ObjectNode pairs = Json.NODES.objectNode();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            if (!pairs.has(name)) {
                pairs.put(name, value);
            } else if (pairs.get(name) instanceof ArrayNode several) {
                several.add(value);
            } else {
                pairs.set(name, Json.NODES.arrayNode().add(pairs.get(name)).add(value));
            }
        }
        return pairs;
    }

    private static IOException broken(String code, AnswerConfig answer) throws StepException {
        String why = answer.message() == null ? "said by the test" : answer.message();
        return switch (code) {
            case "TIMEOUT" -> new SocketTimeoutException(why);
            case "CONNECT_FAILED" -> new ConnectException(why);
            case "CONNECT_TIMEOUT" -> new ConnectTimeoutException(why);
            case "UNKNOWN_HOST" -> new UnknownHostException(why);
            case "NO_ANSWER" -> new NoHttpResponseException(why);
            case "TRUNCATED" -> new ConnectionClosedException(why);
            default -> throw failure(code, answer);
        };
    }

    private static StepException failure(String code, AnswerConfig answer) {
        return new StepException(
                Owner.REMOTE, code, answer.message() == null ? "the test says " + code : answer.message());
    }
}
