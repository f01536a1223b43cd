package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Join;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one answer: what nobody asked for is left out, and no more pages are asked for than are needed. */
final class Reading {

    /** Under this stands what is found where nothing is matched. */
    static final String ALL = "";

    /** The status that says that a thing is not there. */
    static final int NOT_THERE = 404;

    private final Join join;
    private final Function<JsonNode, Scope> scopes;
    private final Map<String, List<JsonNode>> found = new HashMap<>();
    private final @Nullable List<JsonNode> whole;
    private boolean named;
    private int seen;
    private int passedOver;

    /**
     * A reading.
     *
     * @param keys what may be matched
     * @param all whether the answer is kept whole, too
     * @param scopes where paths of a record read
     */
    Reading(Join join, Collection<String> keys, boolean all, Function<JsonNode, Scope> scopes) {
        this.join = join;
        this.scopes = scopes;
        this.whole = all ? new ArrayList<>() : null;
        keys.forEach(key -> found.put(key, new ArrayList<>(1)));
    }

    /**
     * Makes one try of a request.
     *
     * @param missing whether an answer that says that the thing is not there is an empty one
     */
    void ask(ConnectorEndpoint endpoint, Operation operation, Request request, boolean missing) throws StepException {
        String id = operation.endpoint().id();
        if (operation.endpoint().many()) {
            Begin begin = new Begin("join", null, 0, null, "", Growing.OFF);
            pages(ListCall.list(endpoint, operation, request, begin), request);
        } else {
            page(answer(operation, request, missing));
        }
        if (seen > 0 && !named && join.by() != null) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_MATCH_KEY",
                    "no record of the answer of '" + id + "' has '" + join.by().answer()
                            + "' (match.answer), so none can be matched");
        }
    }

    private static Payload answer(Operation operation, Request request, boolean missing) throws StepException {
        try {
            return operation.call(request.fitting());
        } catch (StepException e) {
            if (missing && e.code().equals("HTTP_" + NOT_THERE)) {
                return request.payload();
            }
            throw e;
        }
    }

    private void pages(Pull opened, Request request) throws StepException {
        try (Pull pull = opened) {
            request.trace().onCancel(pull::close);
            Pull.Element element = pull.next();
            for (; element instanceof Pull.Page page; element = pull.next()) {
                if (!Deletes.tells(page.payload())) {
                    page(page.payload());
                }
                if (enough()) {
                    return;
                }
            }
            if (element instanceof Pull.Failed failed) {
                throw failed.why();
            }
        }
    }

    private boolean enough() {
        int most = most();
        return join.by() == null
                && whole == null
                && found.getOrDefault(ALL, List.of()).size() >= most;
    }

    private int most() {
        return join.onMany() == Join.Many.FIRST ? 1 : join.onMany() == Join.Many.FAIL ? 2 : Integer.MAX_VALUE;
    }

    private void page(Payload page) throws StepException {
        if (!page.isEmpty()) {
            records(page.records());
        }
    }

    /** Reads records of an answer. */
    void records(List<JsonNode> records) throws StepException {
        for (JsonNode record : records) {
            seen++;
            if (seen > join.bounds().most()) {
                throw tooMany(join);
            }
            if (whole != null) {
                whole.add(record);
            }
            for (String key : keys(record)) {
                named = true;
                add(key, record);
            }
        }
    }

    static StepException tooMany(Join join) {
        return new StepException(
                Owner.LIMIT,
                "TOO_MANY_MATCHES",
                "more than " + join.bounds().most() + " records were answered (most); ask for less, or raise 'most'");
    }

    private Set<String> keys(JsonNode record) throws StepException {
        Join.By by = join.by();
        return by == null
                ? Set.of(ALL)
                : Matching.texts(by.answer().find(record, scopes.apply(record))).keySet();
    }

    private void add(String key, JsonNode record) {
        List<JsonNode> all = found.get(key);
        if (all == null) {
            return; // nobody asked for it
        }
        if (all.size() < most()) {
            all.add(record);
        } else {
            passedOver++;
        }
    }

    /** What was found under a key. */
    List<JsonNode> of(String key) {
        return found.getOrDefault(key, List.of());
    }

    /** All that was answered; empty where that is not kept. */
    List<JsonNode> whole() {
        return whole == null ? List.of() : whole;
    }

    /** Records that were passed over because each record that asks gets the first. */
    int passedOver() {
        return join.onMany() == Join.Many.FIRST ? passedOver : 0;
    }
}
