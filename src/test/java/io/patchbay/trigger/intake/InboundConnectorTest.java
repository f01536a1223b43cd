package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.inbound.Caller;
import io.patchbay.trigger.inbound.Callers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Patchbay sends to another: the connector {@code inbound-api} against the real inbound API. */
class InboundConnectorTest {

    @TempDir
    private Path folder;

    private IntakeFixture intake;
    private World world;
    private Callers.Created caller;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(Files.createDirectories(folder.resolve("hub")));
        caller = intake.callers.create("shop", new Caller.Limits(100, null));
        intake.deploy(
                "inbound: { name: orders, schema: { required: [number] } }",
                "inbound: { name: wrapped, envelope: payload }",
                "inbound: { name: others, callers: [till] }");
        world = new World(Files.createDirectories(folder.resolve("shop")));
        world.write(
                "connectors/inbound-api/connector.yaml",
                Files.readString(Path.of("connectors/inbound-api/connector.yaml")));
        world.write(
                "connectors/inbound-api/instances/hub.yaml",
                "{instance: hub, connector: inbound-api, settings: {scheme: http, host: 127.0.0.1, port: %d, clientId: '%s',"
                                .formatted(intake.intake.port(), caller.caller().clientId())
                        + " clientSecret: '${secret.HUB}'}}");
        world.secret("HUB", caller.secret());
        world.reload();
    }

    @AfterEach
    void close() {
        world.close();
        intake.close();
    }

    private String send(String uri, String payload) throws Exception {
        return world.answer(
                        "connector:hub/" + uri,
                        World.payload(payload),
                        new FakeAttempt(Map.of(), Map.of(), null, 0),
                        null)
                .parsed()
                .tree()
                .toString();
    }

    @Test
    void aPayloadStartsOneRunThereHoweverOftenItIsSent() throws Exception {
        assertThat(send("payloads.send?name=orders", "{\"number\":\"7\"}")).isEqualTo("{\"run\":\"run-1\"}");
        assertThat(send("payloads.send?name=orders", "{\"number\":\"7\"}")).isEqualTo("{\"run\":\"run-1\"}");

        assertThat(intake.starts.started).singleElement().satisfies(start -> {
            assertThat(start.text()).isEqualTo("{\"number\":\"7\"}");
            assertThat(start.meta()).containsEntry("inbound.caller", "shop");
        });
    }

    @Test
    void aTextTravelsInItsEnvelope() throws Exception {
        send("payloads.send-text?name=wrapped&text=RAW(<order id=\"7\"/>)", "{}");

        assertThat(intake.starts.started)
                .singleElement()
                .satisfies(start -> assertThat(start.text()).isEqualTo("<order id=\"7\"/>"));
    }

    @Test
    void whatIsRefusedThereFailsWithASentence() {
        refused("payloads.send?name=orders", "HTTP_422", "The payload is not as the flow there wants it.");
        refused("payloads.send?name=others", "HTTP_403", "does not name this caller");
        refused("payloads.send?name=nobody", "HTTP_404", "No flow there takes payloads under this name.");
        assertThat(intake.starts.started).isEmpty();
    }

    private void refused(String uri, String code, String sentence) {
        assertThatThrownBy(() -> send(uri, "{\"id\":1}"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }
}
