package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.run.CapturedPayload;
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
}
