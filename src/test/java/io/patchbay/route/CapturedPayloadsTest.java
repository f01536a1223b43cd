package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that are kept for people to look at. */
class CapturedPayloadsTest {

    private static final String SECRET = "s3cr3t-grün-of-an-instance";

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();

    @BeforeEach
    void start() {
        flows.redactor = text -> text.replace(SECRET, "***");
        flows.types.add(new Broken());
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    @Test
    void aSecretThatASystemEchoesIsNotInThePayloadsThatAreKept() throws Exception {
        flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - { id: echo, manualPayload: { json: [{ n: 1, sent: "%s", name: "café" }] } }
                  - { id: first, send: {} }
                """.formatted(SECRET));

        assertThat(flows.history.captured)
                .isNotEmpty()
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRET))
                .anySatisfy(text -> assertThat(text).contains("***", "caf\u00e9"));
    }

    @Test
    void contentThatLooksLikeShapesGetsNoIds() throws Exception {
        flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - manualPayload: { json: [ { n: 1, shapes: [ { map: uk } ], catch: [ { filter: fine } ] } ] }
                  - send: {}
                """);

        assertThat(flows.history.captured)
                .extracting(CapturedPayload::shape, each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .contains(tuple(
                        "manual-payload",
                        "[{\"n\":1,\"shapes\":[{\"map\":\"uk\"}],\"catch\":[{\"filter\":\"fine\"}]}]"));
    }

    @Test
    void ofALargePayloadOnlyTheBeginningIsWrittenAndNoSecretAcrossItsEndIsKept() throws Exception {
        String long1 = "x".repeat(64 * 1024 - 40);
        flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - { id: large, manualPayload: { json: { a: "%s", sent: "%s %s", b: "%s" } } }
                  - { id: next, map: { fields: [ { to: a, from: a } ] } }
                """.formatted(long1, "y".repeat(16), SECRET, "ü".repeat(20_000)));

        CapturedPayload kept = flows.history.captured.stream()
                .filter(each -> each.shape().equals("large") && each.direction() == CapturedPayload.Direction.OUT)
                .findFirst()
                .orElseThrow();
        assertThat(kept.size()).isGreaterThan(100_000);
        assertThat(kept.bytes()).hasSize(64 * 1024);
        assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                .doesNotContain("s3cr3t")
                .contains("yyyy ***");
    }

    @Test
    void aPayloadThatCannotBeCapturedGoesOn() throws Exception {
        flows.redactor = text -> {
            if (text.contains("too much")) {
                throw new OutOfMemoryError("of the test");
            }
            return text;
        };
        RunRecord record = flows.run("""
                settings: { capture: { payloads: all } }
                shapes:
                  - { id: echo, manualPayload: { json: { n: 1, text: "too much" } } }
                  - { id: first, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flows.shapes.effects).containsExactly("first:1");
        assertThat(record.logs())
                .extracting(RunRecord.LogLine::text)
                .contains("a payload could not be captured: java.lang.OutOfMemoryError: of the test");
    }

    @Test
    void anErrorThatNobodyExpectsEndsTheRunAndKeepsThePayload() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1 } }
                  - { id: broken, brokenTree: {} }
                  - { id: first, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.reason()).contains("of the test");
        assertThat(flows.shapes.effects).isEmpty();
        assertThat(flows.checkpoints.failed)
                .extracting(FailedPayload::shape, FailedPayload::state)
                .containsExactly(tuple("broken", FailedPayload.State.HELD));
    }

    /** Hands on a list that no one can look at. */
    @SuppressWarnings("unchecked") // a list's deepCopy is what it inherits
    private static final class Broken extends TestShape<TestShape.None> {
        Broken() {
            super("brokenTree", None.class, Contract.one());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> payload.withBody(
                    new Body.Tree(new ArrayNode(Json.NODES) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public int size() {
                            throw new OutOfMemoryError("of the test");
                        }
                    }),
                    RecordPath.ROOT_LIST));
        }
    }
}
