package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.camel.InstanceCalls.Outcome;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.secret.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person sees of an answer. */
class CallViewTest {

    private final Redactor redactor = new Redactor();

    @BeforeEach
    void learn() {
        redactor.learn("a", "Schlüssel-€1");
        redactor.learn("b", "größer");
    }

    private CallView view(Payload answer) {
        return CallView.of(new Outcome(List.of(), answer, null, List.of(), Duration.ZERO), redactor::redact);
    }

    private static Payload bytes(byte[] content) {
        return Payload.empty(Lineage.ofRun("call-1"))
                .withBody(new Body.Bytes(content, "application/octet-stream"), RecordPath.ROOT);
    }

    @Test
    void hidesSecretsBeyondAsciiInTheAnswer() throws Exception {
        Payload answer =
                Payload.of(Lineage.ofRun("call-1"), Json.MAPPER.readTree("{\"echo\":\"it is Schlüssel-€1, Jörg\"}"));

        assertThat(view(answer).text()).isEqualTo("{\"echo\":\"it is ***, Jörg\"}");
    }

    @Test
    void hidesSecretsInContentThatIsNoUtf8AndLeavesTheRest() {
        byte[] echo = "größer ü".getBytes(StandardCharsets.ISO_8859_1);
        byte[] other = {(byte) 0xff, 0, (byte) 0xfe};

        assertThat(Base64.getDecoder().decode(view(bytes(echo)).base64()))
                .isEqualTo("*** ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Base64.getDecoder().decode(view(bytes(other)).base64())).isEqualTo(other);
    }

    @Test
    void hidesSecretsInMetadata() {
        Payload answer = Payload.empty(Lineage.ofRun("call-1")).withMeta("header.X-Echo", "a größer b");

        assertThat(view(answer).meta()).containsEntry("header.X-Echo", "a *** b");
    }
}
