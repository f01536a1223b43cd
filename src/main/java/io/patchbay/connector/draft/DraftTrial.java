package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.fixture.Asked;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.FixtureSuite.Verdict;
import io.patchbay.connector.fixture.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the fixtures of a new connector before anybody sees it: what does not pass is left out, and an endpoint without a fixture says
 * why.
 */
final class DraftTrial {

    /** Each takes a moment, and a description may have thousands of examples. */
    private static final int MOST = 200;

    private final Path home;
    private final Draft draft;

    /** @param home a home folder that holds the connector alone */
    DraftTrial(Path home, Draft draft) {
        this.home = home;
        this.draft = draft;
    }

    /** Tries all; the draft is to be written again then. */
    void run() throws IOException {
        for (Connector connector : CatalogReader.once(home).catalog().connectors()) {
            FixtureSuite suite = new FixtureSuite(home, connector, Clock.systemUTC());
            List<String> names = new ArrayList<>(draft.fixtures().keySet());
            for (int i = 0; i < names.size(); i++) {
                if (i >= MOST || !tried(suite, names.get(i))) {
                    draft.fixtures().remove(names.get(i));
                }
            }
        }
        Set<String> without = new TreeSet<>();
        draft.at("endpoints").fieldNames().forEachRemaining(without::add);
        draft.fixtures()
                .values()
                .forEach(one -> without.remove(one.path("endpoint").asText()));
        for (String endpoint : without) {
            draft.at("tests", "withoutFixture")
                    .put(endpoint, "imported without an example that fits; record one by `connector call … --record`");
        }
    }

    /** What a description cannot say of a request, like its envelope, is what the connector asks. */
    private boolean tried(FixtureSuite suite, String name) throws IOException {
        FixtureSuite.Result result = suite.run(name + ".yaml");
        ObjectNode fixture = Objects.requireNonNull(draft.fixtures().get(name));
        if (fixture.path("request").path("text").asText().equals("*")
                && result.asked().size() == 1) {
            fixture.set("request", request(result.asked().get(0), fixture.path("request")));
        }
        return result.verdict() == Verdict.PASSED;
    }

    private static JsonNode request(Asked asked, JsonNode recorded) {
        String type = asked.headers().getOrDefault("Content-Type", "");
        String body = new String(asked.body(), StandardCharsets.UTF_8);
        Map<String, String> headers = new java.util.TreeMap<>();
        recorded.path("headers")
                .fieldNames()
                .forEachRemaining(name -> headers.put(name, asked.headers().getOrDefault(name, "*")));
        return new RecordedRequest(asked.method(), asked.target(), headers, type, body, null).fixture(null);
    }
}
