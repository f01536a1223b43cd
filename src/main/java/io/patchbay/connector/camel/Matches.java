package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of the answer to one call, by what they are matched by; those that nobody asked for are left out. */
final class Matches {

    /** Records that one call may keep. */
    static final int MOST = 10_000;

    private final Matching matching;
    private final Map<String, List<JsonNode>> found = new LinkedHashMap<>();
    private final Set<JsonNode> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean named;
    private long seen;
    private long passedOver;

    private Matches(Matching matching, Part part) {
        this.matching = matching;
        part.items()
                .forEach(item ->
                        matching.keys(item).forEach(key -> found.computeIfAbsent(key, any -> new ArrayList<>(1))));
    }

    /** Those of an answer. */
    static Matches of(Matching matching, Part part, Payload answer) throws StepException {
        Matches matches = new Matches(matching, part);
        matches.add(answer);
        return matches;
    }

    /** Makes a call. @return the records of its answer that match, once each */
    static Payload ask(Matching matching, Part part, Sending sending, Request request) throws StepException {
        Operation operation = sending.operation();
        Matches matches = new Matches(matching, part);
        if (operation.endpoint().many()) {
            Begin whole = new Begin("match", null, 0, null, "", Growing.OFF);
            matches.addAll(ListCall.list(sending.endpoint(), operation, request, whole), request);
        } else {
            matches.add(operation.call(request));
        }
        matches.check(operation.endpoint().id());
        if (matches.passedOver > 0) {
            sending.log(
                    LogLevel.WARN,
                    "'" + operation.endpoint().id() + "' has several records with the same '"
                            + matching.match().answer() + "': each record gets the first one, and "
                            + matches.passedOver + " were passed over (match.many: true gives them all)");
        }
        return request.payload().withBody(new Body.Tree(matches.records()), RecordPath.ROOT_LIST);
    }

    private void addAll(Pull opened, Request request) throws StepException {
        try (Pull pull = opened) {
            request.trace().onCancel(pull::close);
            Pull.Element element = pull.next();
            for (; element instanceof Pull.Page page; element = pull.next()) {
                if (!Deletes.tells(page.payload())) {
                    add(page.payload());
                }
            }
            if (element instanceof Pull.Failed failed) {
                throw failed.why();
            }
        }
    }

    private void add(Payload page) throws StepException {
        if (page.isEmpty()) {
            return;
        }
        for (JsonNode record : page.records()) {
            seen++;
            for (String key : matching.answered(record)) {
                named = true;
                add(key, record);
            }
        }
    }

    private void add(String key, JsonNode record) throws StepException {
        List<JsonNode> all = found.get(key);
        if (all == null) {
            return; // nobody asked for it
        }
        if (!matching.match().many() && !all.isEmpty()) {
            passedOver++;
            return;
        }
        all.add(record);
        kept.add(record);
        if (kept.size() > MOST) {
            throw new StepException(
                    Owner.LIMIT, "TOO_MANY_MATCHES", "more than " + MOST + " records match those of one call");
        }
    }

    /** A path that leads nowhere is an error, and not an answer without matches. */
    private void check(String endpoint) throws StepException {
        if (seen > 0 && !named) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_MATCH_KEY",
                    "no record of the answer of '" + endpoint + "' has '"
                            + matching.match().answer() + "' (match.answer), so none can be matched");
        }
    }

    private ArrayNode records() {
        Set<JsonNode> once = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayNode all = Json.NODES.arrayNode();
        found.values().forEach(some -> some.stream().filter(once::add).forEach(all::add));
        return all;
    }

    /** What a record gets. */
    JsonNode of(Item item) {
        Set<JsonNode> once = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayNode list = Json.NODES.arrayNode();
        for (String key : matching.keys(item)) {
            found.getOrDefault(key, List.of()).stream().filter(once::add).forEach(list::add);
        }
        return matching.match().many() ? list : list.isEmpty() ? matching.nothing() : list.get(0);
    }
}
