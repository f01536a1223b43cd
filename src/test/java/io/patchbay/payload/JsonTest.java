package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How JSON is read everywhere. */
class JsonTest {

    private static final String SAID = "an object has more than 100000 keys";

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "[{\"a\":{", "}}]"));
    }

    private static Payload payload(byte[] bytes) {
        return new Payload(new Lineage("r"), new Body.Bytes(bytes, "application/json"), RecordPath.ROOT, Map.of());
    }

    @Test
    void anObjectOfAMillionKeysIsRefusedHoweverItIsRead() {
        String text = keys(1_000_000);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.MAPPER.readTree(bytes)).hasMessageContaining(SAID);
        assertThatThrownBy(() -> Json.MAPPER.readTree(text)).hasMessageContaining(SAID);
        assertThatThrownBy(() -> Json.MAPPER.readTree(new StringReader(text))).hasMessageContaining(SAID);
        assertThatThrownBy(() -> Json.MAPPER.readTree(new ByteArrayInputStream(bytes)))
                .hasMessageContaining(SAID);
        assertThatThrownBy(() ->
                        Json.MAPPER.readerFor(JsonNode.class).readValues(bytes).readAll())
                .hasMessageContaining(SAID);
        assertThatThrownBy(() -> payload(bytes).tree())
                .isInstanceOf(StepException.class)
                .hasMessageMatching("(?s).*the JSON is beyond a bound \\(line 1, column \\d+\\): " + SAID + ".*");
    }

    @Test
    void anExponentThatNoNumberCarriesIsRefusedAndALargeOneIsKept() throws IOException {
        byte[] bytes = "{\"a\":[1e99999999999]}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> payload(bytes).tree())
                .isInstanceOf(StepException.class)
                .hasMessageContaining("a number has a larger exponent than can be carried");
        assertThat(Json.MAPPER.readTree("[-1e1000000000]")).hasToString("[-1E+1000000000]");
    }

    /** It ends at the key that is one too many: nothing behind that is read. */
    @Test
    void aDocumentOfKeysThatNeverEndsEnds() {
        InputStream endless = new InputStream() {
            private String piece = "{";
            private int at;
            private int number;

            @Override
            public int read() {
                if (at == piece.length()) {
                    piece = "\"k" + number++ + "\":1,";
                    at = 0;
                }
                return piece.charAt(at++);
            }
        };

        assertThatThrownBy(() -> Json.MAPPER.readTree(endless)).hasMessageContaining(SAID);
    }

    @Test
    void aCopyOfTheReaderIsBoundedToo() throws IOException {
        ObjectMapper copy = Json.MAPPER.copy();

        assertThat(copy.readTree("[1.10]")).hasToString("[1.10]");
        assertThatThrownBy(() -> copy.readTree(keys(100_001))).hasMessageContaining("more than 100000 keys");
        assertThatThrownBy(() -> copy.readTree("[".repeat(201))).hasMessageContaining("depth");
    }

    @Test
    void asManyKeysAsAreTakenAreRead() throws IOException {
        assertThat(Json.MAPPER.readTree(keys(100_000)).at("/0/a")).hasSize(100_000);
        String list = "[" + "{\"a\":1,\"b\":{\"c\":1}},".repeat(150_000) + "1]";
        assertThat(Json.MAPPER.readTree(list)).hasSize(150_001);
    }

    @Test
    void whatAFlowMadeAndKeptIsReadAgainWithMoreKeys() throws IOException {
        ObjectNode many = Json.NODES.objectNode();
        IntStream.range(0, 150_000).forEach(i -> many.put("k" + i, i));
        Payload payload = payload(new byte[0]).withBody(new Body.Tree(many), RecordPath.ROOT);

        assertThat(PayloadCodec.fromBytes(PayloadCodec.toBytes(payload)).body()).isEqualTo(payload.body());
    }
}
