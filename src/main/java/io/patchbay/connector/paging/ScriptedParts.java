package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.HeaderNames;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parts of a request as code of an author returned them, each of which may be sent. */
public final class ScriptedParts {

    private static final String URL = "url";
    private static final String QUERY = "query";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    private static final Set<String> PARTS = Set.of(URL, QUERY, HEADERS, BODY);

    private final Script script;
    private final String problem;
    private final ObjectNode parts;
    private final Map<String, String> query;
    private final Map<String, String> headers;

    private ScriptedParts(Script script, String problem, ObjectNode parts) throws StepException {
        this.script = script;
        this.problem = problem;
        this.parts = parts;
        this.query = texts(QUERY);
        this.headers = texts(HEADERS);
    }

    /**
     * Looks at what was returned.
     *
     * @param jsonBody whether members of a body can be sent
     * @param problem code of the failure when something is wrong
     * @throws StepException when a part is none that can be sent
     */
    public static ScriptedParts of(JsonNode returned, Script script, boolean jsonBody, String problem)
            throws StepException {
        if (!(returned instanceof ObjectNode object)) {
            throw failure(script, problem, "it must return nothing, or an object with " + shown());
        }
        for (var part : object.properties()) {
            String name = part.getKey();
            if (!PARTS.contains(name)) {
                throw failure(script, problem, "'" + name + "' is no part of what it may return: " + shown());
            }
            JsonNode value = part.getValue();
            if (!name.equals(URL) && !value.isNull() && !value.isObject()) {
                throw failure(script, problem, "'" + name + "' is an object: names and values");
            }
        }
        ScriptedParts parts = new ScriptedParts(script, problem, object);
        parts.check(jsonBody);
        return parts;
    }

    private void check(boolean jsonBody) throws StepException {
        JsonNode url = parts.path(URL);
        if (parts.hasNonNull(URL) && (!url.isTextual() || parts.hasNonNull(QUERY))) {
            throw wrong("'url' is a text, and has its query in it");
        }
        if (parts.hasNonNull(BODY) && !jsonBody) {
            throw wrong("'body' can be given only where the method is POST and the body is of type json or graphql");
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!HeaderNames.given(header.getKey())) {
                throw wrong("header '" + header.getKey() + "' cannot be given");
            }
            if (header.getValue().chars().anyMatch(c -> !HeaderNames.carries(c))) {
                throw wrong("the value of header '" + header.getKey() + "' holds a character that no header can carry");
            }
        }
    }

    private Map<String, String> texts(String part) throws StepException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var value : parts.path(part).properties()) {
            if (value.getValue().isContainerNode()) {
                throw wrong("'" + part + "." + value.getKey() + "' must be a text, a number, true or false");
            }
            if (!value.getValue().isNull()) {
                texts.put(value.getKey(), value.getValue().asText());
            }
        }
        return texts;
    }

    /** Where the request goes, or null. */
    public @Nullable String url() {
        return parts.hasNonNull(URL) ? parts.path(URL).textValue() : null;
    }

    /** Query parameters. */
    public Map<String, String> query() {
        return query;
    }

    /** Headers. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Members of a JSON body. */
    public Map<String, JsonNode> body() {
        Map<String, JsonNode> body = new LinkedHashMap<>();
        parts.path(BODY).properties().forEach(member -> body.put(member.getKey(), member.getValue()));
        return body;
    }

    /** What is wrong with it, as a failure. */
    public StepException wrong(String what) {
        return failure(script, problem, what);
    }

    private static StepException failure(Script script, String problem, String what) {
        return new StepException(Owner.AUTHOR, problem, script.file() + ": " + what);
    }

    private static String shown() {
        return String.join(", ", new TreeSet<>(PARTS));
    }
}
