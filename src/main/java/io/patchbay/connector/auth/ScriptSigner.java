package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.HeaderNames;
import io.patchbay.connector.ScriptCalls;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Digests;
import io.patchbay.script.Script;
import io.patchbay.secret.Redactor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The author's code makes the proof: it is shown the request and the settings that it may know, and returns headers and query
 * parameters. It cannot change where the request goes. What it throws is not shown, and what it returns is made known to the
 * redactor unless it is plain ({@link PlainValue}) or a setting that is no secret.
 */
final class ScriptSigner implements Authorizer {

    private static final int LARGEST_BODY = 256 * 1024;
    private static final int LONGEST = 16 * 1024;
    private static final int MOST = 50;
    private static final Set<String> PARTS = Set.of("headers", "query");

    private final Code code;
    private final ScriptCalls calls;
    private final String owner;
    private final Clock clock;
    private final Redactor redactor;

    /**
     * What is called.
     *
     * @param settings that it may know
     * @param secrets names of those of them that are secrets
     * @param query names of the parameters that it may return
     */
    record Code(Script script, ObjectNode settings, Set<String> secrets, Set<String> query) {
        Code {
            secrets = Set.copyOf(secrets);
            query = Set.copyOf(query);
        }
    }

    ScriptSigner(Code code, ScriptCalls calls, Surroundings surroundings) {
        this.code = code;
        this.calls = calls;
        this.owner = surroundings.owner();
        this.clock = surroundings.clock();
        this.redactor = surroundings.redactor();
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        JsonNode returned = calls.callWithSecrets(code.script(), told(request), code.settings());
        if (!(returned instanceof ObjectNode parts)) {
            throw wrong("it must return an object with headers or query");
        }
        for (String name : names(parts)) {
            if (!PARTS.contains(name)) {
                throw wrong("it may return headers and query, and nothing else");
            }
        }
        List<Proof.Part> proof = new ArrayList<>();
        for (String name : names(parts.path("headers"))) {
            if (!HeaderNames.proof(name)) {
                throw wrong("it returns a header that it cannot give, or one that is no name of a header");
            }
            if (!redactor.redact(name).equals(name)) {
                throw wrong("it returns a header with a secret in its name; names are recorded");
            }
            add(proof, Proof.Into.HEADER, name, parts.path("headers").path(name));
        }
        for (String name : names(parts.path("query"))) {
            if (!code.query().contains(name)) {
                throw wrong("it returns a query parameter that the auth does not name under 'query'");
            }
            add(proof, Proof.Into.QUERY, name, parts.path("query").path(name));
        }
        if (proof.size() > MOST) {
            throw wrong("it returns more than " + MOST + " headers and parameters");
        }
        return new Proof(proof);
    }

    private void add(List<Proof.Part> proof, Proof.Into into, String name, JsonNode value) throws StepException {
        if (value.isNull()) {
            return;
        }
        String text = value.isContainerNode() ? "" : value.asText();
        if (value.isContainerNode() || text.length() > LONGEST || !text.chars().allMatch(HeaderNames::carries)) {
            throw wrong("what it returns for " + (into == Proof.Into.HEADER ? "a header" : "'" + name + "'")
                    + " must be a text of at most " + LONGEST / 1024
                    + " KB without line breaks or other control characters, and without characters beyond Latin-1");
        }
        boolean plain = into == Proof.Into.HEADER ? PlainValue.inHeader(name, text) : PlainValue.inQuery(text);
        if (!plain && !ofASetting(text)) {
            redactor.learn("script:" + owner + ":" + name, text);
        }
        proof.add(new Proof.Part(into, name, text));
    }

    /** Whether it is the value of a setting that is no secret. */
    private boolean ofASetting(String text) {
        return names(code.settings()).stream()
                .filter(name -> !code.secrets().contains(name))
                .anyMatch(name -> code.settings().path(name).asText().equals(text));
    }

    private ObjectNode told(Outgoing request) throws StepException {
        ObjectNode told = Json.NODES.objectNode();
        told.put("method", request.method()).put("url", request.uri().toString());
        told.put("host", request.host()).put("path", request.path());
        told.put(
                "queryString",
                request.uri().getRawQuery() == null ? "" : request.uri().getRawQuery());
        ArrayNode query = told.putArray("query");
        request.query().forEach(field -> query.addArray().add(field.name()).add(field.value()));
        ObjectNode headers = told.putObject("headers");
        request.headers().forEach(field -> headers.put(field.name().toLowerCase(Locale.ROOT), field.value()));
        byte[] body = request.body().all();
        told.put("body", text(body));
        ObjectNode hashes = told.putObject("bodyHash");
        Digests.NAMES.forEach(
                (name, digest) -> hashes.put(name, HexFormat.of().formatHex(Hashes.digest(digest, body))));
        return told.put("now", clock.millis());
    }

    /** A body that is text, and none too large to be worth it; a signature over a larger one is over its hash. */
    private static @Nullable String text(byte[] body) {
        try {
            return body.length > LARGEST_BODY
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private StepException wrong(String what) {
        return new StepException(Owner.AUTHOR, "BAD_PROOF", code.script().file() + ": " + what);
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return false;
    }

    @Override
    public boolean signs() {
        return true;
    }
}
