package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "\"ä€𝄞 \\u0000\\u001f\"",
                "1.10",
                "-0.000",
                "1e400",
                "-1.5E-400",
                "0.1234567890123456789012345678901234567890",
                "2147483648",
                "-9223372036854775809",
                "123456789012345678901234567890",
                "{\"b\":{\"a\":[1,2.50,null,{}]},\"a\":[[],[\"x\"]],\"\":false}"
            })
    void whatIsReadAgainIsTheSameWithEveryDigit(String text) throws Exception {
        JsonNode value = Json.MAPPER.readTree(text);

        JsonNode again = again(value);

        assertThat(again).isEqualTo(value);
        assertThat(again.toString()).isEqualTo(value.toString());
    }

    @Test
    void namesAndTextsOfEveryLengthAreTheSame() throws Exception {
        ObjectNode value = Json.NODES.objectNode();
        for (int i = 0; i < 3_000; i += 13) {
            value.put("n".repeat(i) + i, "ü".repeat(i))
                    .put(i + "é".repeat(i / 3), new BigDecimal("0." + "7".repeat(i % 900 + 1)));
        }

        assertThat(again(value)).isEqualTo(value);
        assertThat(again(value).toString()).isEqualTo(value.toString());
    }

    @Test
    void doublesStayDoubles() throws Exception {
        JsonNode value = Json.NODES.objectNode().put("double", 0.1).put("float", 0.3f);

        assertThat(again(value)).isEqualTo(value);
        assertThat(again(value).toString()).isEqualTo("{\"double\":0.1,\"float\":0.3}");
    }

    @Test
    void halvesOfCharactersPassABucketOnDisk() {
        ObjectNode half = Json.NODES.objectNode().put("text", "a\uD834b").put("n", 1);
        try (Bucket bucket = new Bucket(folder, 1)) {
            bucket.add(Payload.of(Lineage.ofRun("run").child("rows", 1), half));
            bucket.add(Payload.of(
                    Lineage.ofRun("run").child("rows", 2),
                    Json.NODES.objectNode().put("n", 2)));

            assertThat(bucket)
                    .extracting(payload -> payload.tree().toString())
                    .containsExactly(half.toString(), "{\"n\":2}");
        }
    }

    private static JsonNode again(JsonNode value) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Smile.write(value, out)).isTrue();
        return Smile.read(out.toByteArray());
    }
}
