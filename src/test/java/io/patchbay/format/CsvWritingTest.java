package io.patchbay.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records become rows. */
class CsvWritingTest {

    private static final String LONE = "\uD83D";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RecordWriter writer() throws IOException {
        return Formats.of(FormatName.CSV).write(out, FormatSettings.DEFAULT);
    }

    private static JsonNode record(String json) throws IOException {
        return Json.MAPPER.readTree(json);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {LONE, "plain " + LONE, "what? " + LONE, "Bär " + LONE, "日本 " + LONE + " ?"})
    void halfOfACharacterIsRefusedAndTheRowsAroundItAreWhole(String text) throws IOException {
        try (RecordWriter rows = writer()) {
            rows.write(record("{\"a\":\"first?\"}"));
            assertThatThrownBy(() -> rows.write(Json.NODES.objectNode().put("a", text)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("half of a character");
            rows.write(record("{\"a\":\"last 😀\"}"));
        }

        assertThat(written()).isEqualTo("a\r\nfirst?\r\nlast 😀\r\n");
    }

    @Test
    void valuesStandInTheirColumnsWhateverTheOrderOfFields() throws IOException {
        try (RecordWriter rows = writer()) {
            rows.write(record("{\"a\":1,\"b\":2,\"c\":3}"));
            rows.write(record("{\"c\":30,\"a\":10,\"b\":20}"));
            rows.write(record("{\"a\":100,\"c\":300}"));
            rows.write(record("{\"a\":7,\"b\":8,\"c\":9}"));
        }

        assertThat(written()).isEqualTo("a,b,c\r\n1,2,3\r\n10,20,30\r\n100,,300\r\n7,8,9\r\n");
    }

    @Test
    void aFieldThatTheFirstRecordHasNotIsRefusedAlsoWhereTheNumberOfFieldsIsTheSame() throws IOException {
        try (RecordWriter rows = writer()) {
            rows.write(record("{\"a\":1,\"b\":2}"));
            assertThatThrownBy(() -> rows.write(record("{\"a\":1,\"other\":2}")))
                    .hasMessageContaining("'other'");
            rows.write(record("{\"a\":3,\"b\":4}"));
        }

        assertThat(written()).isEqualTo("a,b\r\n1,2\r\n3,4\r\n");
    }
}
