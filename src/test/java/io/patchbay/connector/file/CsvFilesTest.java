package io.patchbay.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.camel.Asides;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of comma separated values are read as records and written of them. */
class CsvFilesTest extends FilesOfABox {

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    private void connector(String read, String write) throws Exception {
        world.write("connectors/box/connector.yaml", """
                connector: box
                version: 1.0.0
                requester: {baseUrl: 'file:data/files', maxResponse: 1GB}
                endpoints:
                  rows.read: {kind: read, inputs: {path: {default: '.'}}, file: {op: read, path: '${with.path}', %s}}
                  rows.write: {kind: upsert, file: {op: write, path: out.csv, csv: {%s}}}
                """.formatted(read, write));
        world.write("connectors/box/instances/box.yaml", "{instance: box, connector: box}");
        world.reload();
    }

    private List<Pull.Element> pull(@Nullable JsonNode from) throws Exception {
        FakeAttempt goingOn = new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
        return world.pull("connector:box/rows.read", goingOn, null);
    }

    private List<Payload> pages() throws Exception {
        List<Payload> pages = new ArrayList<>();
        for (Pull.Element one : pull(null)) {
            if (one instanceof Pull.Failed failed) {
                throw failed.why();
            }
            if (one instanceof Pull.Page page) {
                pages.add(page.payload());
            }
        }
        return pages;
    }

    private String written(String csv, String records) throws Exception {
        connector("pattern: '*.csv', csv: {}", csv);
        world.answer("connector:box/rows.write", World.payload(records), attempt, null);
        return Files.readString(folder.resolve("out.csv"), StandardCharsets.UTF_8)
                .replace("\r\n", "~");
    }

    @Test
    void rowsOfFilesBecomeRecordsSoManyAtATime() throws Exception {
        connector("pattern: '*.csv', csv: {chunk: 2}", "");
        Files.writeString(folder.resolve("a.csv"), "\uFEFF\"id\",name\n1,Ann\n2,\"B, C\"\n3,\n");
        Files.writeString(folder.resolve("b.csv"), "id\n4\n");
        Files.writeString(folder.resolve("c.csv"), "");

        List<Payload> pages = pages();

        assertThat(pages)
                .extracting(page -> page.tree().toString())
                .containsExactly(
                        "[{\"id\":\"1\",\"name\":\"Ann\"},{\"id\":\"2\",\"name\":\"B, C\"}]",
                        "[{\"id\":\"3\",\"name\":\"\"}]",
                        "[{\"id\":\"4\"}]");
        assertThat(pages).extracting(page -> page.meta().get("file.name")).containsExactly("a.csv", "a.csv", "b.csv");
    }

    @Test
    void delimiterQuoteCharacterSetAndColumnsAreAsTheFileHasThem() throws Exception {
        connector(
                "pattern: 'a.csv', csv: {delimiter: ';', quote: \"'\", encoding: windows-1252, header: false, columns: [x, y]}",
                "");
        Files.writeString(folder.resolve("a.csv"), "'ä;€';2\n", Charset.forName("windows-1252"));

        assertThat(pages().get(0).tree().toString()).isEqualTo("[{\"x\":\"ä;€\",\"y\":\"2\"}]");
    }

    @Test
    void aPullThatBrokeGoesOnBehindTheRowsThatWereDelivered() throws Exception {
        connector("pattern: '*.csv', csv: {chunk: 2}", "");
        Files.writeString(folder.resolve("a.csv"), "id\n1\n2\n3\n");
        JsonNode next = ((Pull.Page) pull(null).get(0)).next();

        List<Pull.Element> rest = pull(next);

        assertThat(((Pull.Page) rest.get(0)).payload().tree().toString()).isEqualTo("[{\"id\":\"3\"}]");

        Files.writeString(folder.resolve("a.csv"), "id\n7\n8\n9\n");
        assertThat(((Pull.Page) pull(next).get(0)).payload().tree().toString())
                .as("another file begins anew")
                .isEqualTo("[{\"id\":\"7\"},{\"id\":\"8\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a,b~1,2,3 | row 2 has 3 values, and there are 2 columns (record 1, line 2, byte 4)",
                "a,a~1,2 | a name stands twice",
                "a~\"1 | break the rules of quotes and lines (record 1, line 2, byte 2, field 'a')",
            })
    void aFileThatIsNoneIsToldWithItsName(String content, String said) throws Exception {
        connector("pattern: bad.csv, csv: {}", "");
        Files.writeString(folder.resolve("bad.csv"), content.replace('~', '\n'));

        assertThatThrownBy(this::pages)
                .isInstanceOf(StepException.class)
                .hasMessageContaining("file 'bad.csv' cannot be read as csv")
                .hasMessageContaining(said);
    }

    @Test
    void aRowThatIsWrongGoesAsideWhereTheRunGoesOn() throws Exception {
        connector("pattern: bad.csv, csv: {}", "");
        Files.writeString(folder.resolve("bad.csv"), "id\n1\n2,3\n4\n");

        List<Pull.Element> all = world.pull("connector:box/rows.read", attempt, Asides.SKIPS);

        assertThat(((Pull.Aside) all.get(0)).why())
                .hasMessageContaining("file 'bad.csv' cannot be read as csv: row 3 has 2 values")
                .hasMessageContaining("record 2, line 3, byte 5");
        assertThat(((Pull.Page) all.get(1)).payload().tree().toString()).isEqualTo("[{\"id\":\"1\"},{\"id\":\"4\"}]");
    }

    @Test
    void contentInAnotherCharacterSetIsToldAndNotReplaced() throws Exception {
        connector("pattern: '*.csv', csv: {}", "");
        Files.writeString(folder.resolve("a.csv"), "a\nä\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(this::pages)
                .hasMessageContaining(
                        "none of its character set (UTF-8); 'csv.encoding' can name another one (record 1, line 2");
    }

    @Test
    void aQuoteThatIsNeverClosedDoesNotFillTheMemory() throws Exception {
        connector("pattern: '*.csv', csv: {}", "");
        Files.writeString(folder.resolve("a.csv"), "a\n\"" + "x\n".repeat(10_000_000));

        assertThatThrownBy(this::pages).hasMessageContaining("is a quote not closed?");
    }

    @Test
    void recordsAreWrittenWithTheFieldsOfTheFirst() throws Exception {
        assertThat(written("", "[{\"id\": 1, \"name\": \"A, \\\"B\\\"\"}, {\"name\": null, \"id\": 2.50}]"))
                .isEqualTo("id,name~1,\"A, \"\"B\"\"\"~2.50,~");
    }

    @Test
    void columnsSayWhichFieldsAreWritten() throws Exception {
        assertThat(written("columns: [b, a], delimiter: ';', header: false", "[{\"a\": [1], \"b\": true, \"c\": 3}]"))
                .isEqualTo("true;[1]~");
    }

    @Test
    void textLikeAFormulaIsQuotedWhereThatIsWanted() throws Exception {
        String records = "[{\"a\": \"=1+1\"}, {\"a\": \"-5\"}, {\"a\": -5}, {\"a\": \"@x\"}]";
        assertThat(written("formulas: quote", records)).isEqualTo("a~'=1+1~-5~-5~'@x~");
        assertThat(written("", records)).isEqualTo("a~=1+1~-5~-5~@x~");
    }

    @Test
    void whatCannotBeWrittenIsToldAndNothingIsWritten() {
        assertThatThrownBy(() -> written("", "[{\"a\": 1}, {\"a\": 1, \"b\": 2}]"))
                .hasMessageContaining("record 2 has the field 'b', which the first record has not");
        assertThatThrownBy(() -> written("encoding: ISO-8859-1", "[{\"a\": \"€\"}]"))
                .hasMessageContaining("record 1 holds a character that ISO-8859-1 has not");
        assertThatThrownBy(() -> written("quote: ''", "[{\"a\": \"x,y\"}]")).hasMessageContaining("without quotes");
        assertThatThrownBy(() -> written("", "[1]")).hasMessageContaining("is no record with fields");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void rowsWithoutNamesAreWrittenInTheOrderOfTheFirst() throws Exception {
        assertThat(written("header: false", "[{\"b\": 1, \"a\": \"x\"}, {\"a\": \"y\"}]"))
                .isEqualTo("1,x~\"\",y~");
    }

    @Test
    void whatIsWrittenWithoutQuotesIsReadAsItWas() throws Exception {
        written("quote: ''", "[{\"a\": \"in\\\\out\", \"b\": \"say \\\"x\\\"\"}]");
        connector("pattern: out.csv, csv: {quote: ''}", "");

        assertThat(pages().get(0).tree().toString()).isEqualTo("[{\"a\":\"in\\\\out\",\"b\":\"say \\\"x\\\"\"}]");
    }

    @Test
    void aFileThatIsPackedIsReadToo() throws Exception {
        connector("pattern: '*.csv.gz', csv: {}", "");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
            out.write("id\n1\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(pages().get(0).tree().toString()).isEqualTo("[{\"id\":\"1\"}]");
    }

    @Test
    void manyRecordsComeBackAsTheyWent() throws Exception {
        String records = IntStream.range(0, 1_201)
                .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        written("", records);

        assertThat(pages()).extracting(Payload::recordCount).containsExactly(1_000, 201);
        assertThat(pages().get(1).records().get(200).path("id").asText()).isEqualTo("1200");
    }
}
