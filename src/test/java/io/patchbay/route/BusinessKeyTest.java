package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.BusinessKeys;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What records are about is kept with those that fail, and told of when the same pass later. */
class BusinessKeyTest {

    private static final String FLOW = """
            settings: { businessKey: [ order.number, id ] }
            shapes:
              - { id: small, onError: skip, filter: { drop: { field: total, as: number, above: 100 } } }
              - { id: push, send: {} }
            """;

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();

    @BeforeEach
    void start() {
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    private List<BusinessKeys> failed() {
        return flows.checkpoints.failed.stream().map(FailedPayload::keys).toList();
    }

    @Test
    void aFailedPayloadHasTheFirstValueThatEachRecordHas() throws Exception {
        String text = FLOW.replace("onError: skip, filter: { drop:", "assert: { that:")
                .replace("above", "below");
        flows.run(text, aStart(json("""
                [ { "order": { "number": "A-1" }, "id": 7, "total": 1 }, { "id": 8, "total": 200 }, { "id": 8, "total": 1 } ]
                """)));
        flows.run(text, claim(aStart("run-2", json("[ { \"total\": 200 }, { \"id\": 9, \"total\": 1 } ]")), 1, 0));

        assertThat(failed())
                .as("each record that failed, and the rest of its page, which is held")
                .containsExactly(
                        new BusinessKeys(List.of("8"), true),
                        new BusinessKeys(List.of("A-1", "8"), true),
                        new BusinessKeys(List.of(), false),
                        new BusinessKeys(List.of("9"), true));
    }

    @Test
    void theSameIsToldOfWhenItPassesTheShapeInALaterRun() throws Exception {
        flows.run(FLOW, aStart(json("[ { \"id\": 1, \"total\": \"?\" }, { \"id\": 2, \"total\": \"?\" } ]")));
        assertThat(flows.checkpoints.passed).isEmpty();

        RunRecord later = flows.run(
                FLOW,
                claim(aStart("run-2", json("[ { \"id\": 1, \"total\": 2 }, { \"id\": 2, \"total\": \"?\" } ]")), 1, 0));
        assertThat(flows.checkpoints.passed)
                .as("neither what failed again, nor at another shape")
                .containsExactly("small:1");
        assertThat(later.logs())
                .extracting(RunRecord.LogLine::text)
                .contains("resolved 1 failed payload of earlier runs: the same passed");
    }
}
