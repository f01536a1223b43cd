package io.patchbay.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.camel.Asides;
import io.patchbay.connector.camel.World;
import io.patchbay.format.BrokenContent;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the formats that a conversion knows are read as records and written of them. */
class FormatFilesTest extends FilesOfABox {

    private static final String FIXED =
            "format: fixed, fixed: {columns: [{name: sku, width: 5}, {name: qty, width: 4, align: right}]}";

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    private void connector(String file, String read, String write) throws Exception {
        world.write("connectors/box/connector.yaml", """
                connector: box
                version: 1.0.0
                requester: {baseUrl: 'file:data/files', maxResponse: 1GB}
                endpoints:
                  some.read: {kind: read, file: {op: read, path: '%s', content: {%s}}}
                  some.write: {kind: upsert, file: {op: write, path: '%s', content: {%s}}}
                """.formatted(file, read, file, write));
        world.write("connectors/box/instances/box.yaml", "{instance: box, connector: box}");
        world.reload();
    }

    private List<Pull.Element> pull(@Nullable JsonNode from) throws Exception {
        FakeAttempt goingOn = new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
        return world.pull("connector:box/some.read", goingOn, null);
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

    private void write(String records) throws Exception {
        world.answer("connector:box/some.write", World.payload(records), attempt, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "stock.xlsx | format: xlsx, xlsx: {sheet: Stock} | format: xlsx, xlsx: {sheet: Stock}",
                "stock.yaml | format: auto | format: yaml",
                "stock.ndjson.gz | format: auto | format: ndjson, gzip: true",
                "stock.tsv | format: tsv | format: tsv",
                "stock.json | format: json | format: json",
                "stock.xml | format: xml, records: '$.stock.item[*]' | format: xml, root: stock, element: item",
                "stock.txt | " + FIXED + " | " + FIXED,
            })
    void recordsThatAreWrittenComeBackSoManyAtATime(String file, String read, String write) throws Exception {
        connector(file, read + ", chunk: 2", write);

        write("[{\"sku\":\"A1\",\"qty\":\"2\"},{\"sku\":\"B\",\"qty\":\"3\"},{\"sku\":\"C\",\"qty\":\"4\"}]");

        assertThat(pages())
                .extracting(page -> page.tree().toString())
                .containsExactly(
                        "[{\"sku\":\"A1\",\"qty\":\"2\"},{\"sku\":\"B\",\"qty\":\"3\"}]",
                        "[{\"sku\":\"C\",\"qty\":\"4\"}]");
        assertThat(pages()).extracting(page -> page.meta().get("file.name")).containsOnly(file);
        try (var left = Files.walk(home)) {
            assertThat(left.filter(path -> path.toString().endsWith(".spill"))).isEmpty();
        }
    }

    @Test
    void columnsOfFixedWidthStandWhereTheyAreWanted() throws Exception {
        connector("stock.txt", FIXED, FIXED);

        write("[{\"sku\":\"A1\",\"qty\":2},{\"sku\":\"B\",\"qty\":13}]");

        assertThat(Files.readString(folder.resolve("stock.txt"))).isEqualTo("A1      2\nB      13\n");
    }

    @Test
    void anInterchangeHasTheTimeOfItsRunSoThatAnotherTryWritesTheSame() throws Exception {
        connector("orders.edi", "format: edifact", "format: edifact");

        write("""
                [{"interchange":{"sender":"A","recipient":"B"},
                  "message":{"type":"ORDERS","version":"D","release":"96A","agency":"UN"},
                  "segments":[{"tag":"BGM","elements":["220","7"]}]}]
                """);

        String time = DateTimeFormatter.ofPattern("yyMMdd:HHmm")
                .withZone(ZoneOffset.UTC)
                .format(attempt.queuedAt());
        assertThat(Files.readString(folder.resolve("orders.edi"))).contains("UNB+UNOC:3+A+B+" + time + "+");
    }

    @Test
    void aFileThatIsWantedPackedIsGzip() throws Exception {
        connector("stock.gz", "format: ndjson", "format: ndjson, gzip: true");

        write("[{\"sku\":\"A1\"}]");

        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("stock.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"sku\":\"A1\"}\n");
        }
    }

    @Test
    void messagesOfAnInterchangeAreRecords() throws Exception {
        connector("orders.edi", "format: edifact", "format: edifact");
        Files.writeString(
                folder.resolve("orders.edi"),
                "UNA:+.? 'UNB+UNOC:3+SHOP+ERP+260301:1000+1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'UNT+3+1'"
                        + "UNH+2+ORDERS:D:96A:UN'BGM+220+PO-2+9'UNT+3+2'UNZ+2+1'");

        assertThat(pages()).singleElement().satisfies(page -> {
            assertThat(page.records()).hasSize(2);
            assertThat(page.records().get(1).toString()).contains("PO-2");
        });
    }

    @Test
    void aPullThatBrokeGoesOnBehindTheRecordsThatWereDelivered() throws Exception {
        connector("stock.xlsx", "format: xlsx, chunk: 2", "format: xlsx");
        write("[{\"id\":1},{\"id\":2},{\"id\":3}]");
        JsonNode next = ((Pull.Page) pull(null).get(0)).next();

        assertThat(((Pull.Page) pull(next).get(0)).payload().records()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: ndjson | {\"a\":1}~{\"a\": | record 2",
                "format: xlsx | no workbook | xlsx",
                "format: yaml | - a: [ | yaml",
                FIXED + " | A1      2~B      13 and more | record 2",
                "format: edifact | UNB+UNOC:3+A+B | edifact",
                "format: auto | nothing that is known | 'content.format' can name it",
                "format: auto | <a><b/></a> | 'content.records' must say",
                "format: csv | a,b~1,2~1,2,3 | record 2",
            })
    void aFileThatIsBrokenIsToldWithItsNameAndTheRecord(String read, String content, String said) throws Exception {
        connector("bad.dat", read, "format: json");
        Files.writeString(folder.resolve("bad.dat"), content.replace('~', '\n') + "\n");

        assertThatThrownBy(this::pages)
                .isInstanceOf(StepException.class)
                .hasMessageContaining("file 'bad.dat'")
                .hasMessageContaining(said);
    }

    static Stream<BrokenContent> broken() {
        Set<FormatName> whole = Set.of(FormatName.TEXT, FormatName.FORM);
        return BrokenContent.all().stream().filter(one -> !whole.contains(one.format()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenRecordOfEachFormatIsToldWithFileNumberByteFieldAndReason(BrokenContent broken) throws Exception {
        String more = broken.settings().isEmpty() ? "" : ", " + broken.settings();
        connector("bad.dat", "format: " + broken.format().word() + more, "format: json");
        Files.write(folder.resolve("bad.dat"), broken.bytes());

        assertThatThrownBy(this::pages)
                .isInstanceOf(StepException.class)
                .hasMessageContainingAll(broken.said("bad.dat"));
    }

    private List<Pull.Element> skipping(@Nullable JsonNode from) throws Exception {
        return world.pull("connector:box/some.read", attempt(from), Asides.SKIPS);
    }

    private static FakeAttempt attempt(@Nullable JsonNode from) {
        return new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
    }

    private static List<String> told(List<Pull.Element> elements) {
        return elements.stream()
                .map(one -> one instanceof Pull.Page page
                        ? textOf(page.payload())
                        : one instanceof Pull.Aside aside
                                ? "aside " + aside.payload().lineage() + " "
                                        + textOf(aside.payload()).strip()
                                : one.getClass().getSimpleName())
                .toList();
    }

    private static String textOf(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aRecordThatIsBrokenGoesAsideAndTheOthersGoOn() throws Exception {
        connector("stock.ndjson", "format: ndjson, chunk: 2", "format: json");
        Files.writeString(
                folder.resolve("stock.ndjson"), "{\"a\":1}\n{\"a\":\n{\"a\":3}\n{\"a\":4}\n{\"a\"\n{\"a\":6}\n");

        List<Pull.Element> all = skipping(null);

        assertThat(told(all))
                .containsExactly(
                        "aside run-1/it!#1 {\"a\":",
                        "[{\"a\":1},{\"a\":3}]",
                        "aside run-1/it!#4 {\"a\"",
                        "[{\"a\":4},{\"a\":6}]",
                        "End");
        assertThat(((Pull.Aside) all.get(0)).payload().meta()).containsEntry("file.name", "stock.ndjson");
        assertThat(((Pull.Aside) all.get(0)).why())
                .hasMessageContaining("file 'stock.ndjson'")
                .hasMessageContaining("record 2")
                .hasMessageContaining("byte 8");
    }

    @Test
    void aPullThatBrokePutsTheSameRecordsAsideAgain() throws Exception {
        connector("stock.ndjson", "format: ndjson, chunk: 1", "format: json");
        Files.writeString(folder.resolve("stock.ndjson"), "no\n{\"a\":2}\n{\"a\":3}\nno\n{\"a\":5}\n");
        JsonNode next = skipping(null).stream()
                .filter(Pull.Page.class::isInstance)
                .map(page -> ((Pull.Page) page).next())
                .findFirst()
                .orElseThrow();

        assertThat(told(skipping(next)))
                .containsExactly("aside run-1/it!#0 no", "aside run-1/it!#3 no", "[{\"a\":3}]", "[{\"a\":5}]", "End");
    }

    @Test
    void recordsOfSeveralFilesAreToldApart() throws Exception {
        world.write("connectors/box/connector.yaml", """
                connector: box
                version: 1.0.0
                requester: {baseUrl: 'file:data/files'}
                endpoints:
                  some.read: {kind: read, file: {op: read, pattern: '*.csv', content: {format: auto}}}
                """);
        world.write("connectors/box/instances/box.yaml", "{instance: box, connector: box}");
        world.reload();
        Files.writeString(folder.resolve("a.csv"), "a,b\n1,2,3\n");
        Files.writeString(folder.resolve("b.csv"), "a,b\n1,2,3\n4,5\n");

        List<Pull.Element> all = skipping(null);

        assertThat(all).hasSize(4).element(2).isInstanceOf(Pull.Page.class);
        assertThat(all.subList(0, 2))
                .extracting(one -> ((Pull.Aside) one).payload().meta().get("file.name"))
                .containsExactly("a.csv", "b.csv");
        assertThat(all.subList(0, 2))
                .extracting(one -> ((Pull.Aside) one).payload().lineage())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | a,b~1,2~1,2,3 | a,b~1,3 | [{\"a\":\"1\",\"b\":\"3\"}]",
                "format: ndjson | {\"a\":1}~{\"a\": | {\"a\":2} | [{\"a\":2}]",
                FIXED + " | A1      2~B      13 and more | B      13 | [{\"sku\":\"B\",\"qty\":\"13\"}]",
            })
    void aRecordThatWentAsideIsReadAloneWhenItIsMended(String read, String content, String mended, String record)
            throws Exception {
        connector("bad.dat", read, "format: json");
        Files.writeString(folder.resolve("bad.dat"), content.replace('~', '\n') + "\n");
        Payload aside = skipping(null).stream()
                .filter(Pull.Aside.class::isInstance)
                .map(one -> ((Pull.Aside) one).payload())
                .findFirst()
                .orElseThrow();
        Files.delete(folder.resolve("bad.dat"));

        assertThatThrownBy(() -> again(aside)).hasMessageContaining("file 'bad.dat'");
        assertThat(again(Asides.mended(aside, mended)))
                .extracting(one -> one instanceof Pull.Page page ? textOf(page.payload()) : "End")
                .containsExactly(record, "End");
        assertThat(again(aside.withBody(new Body.Tree(Json.MAPPER.readTree("{\"x\":1}")), RecordPath.ROOT)))
                .extracting(one -> one instanceof Pull.Page page ? textOf(page.payload()) : "End")
                .containsExactly("[{\"x\":1}]", "End");
    }

    private List<Pull.Element> again(Payload aside) throws Exception {
        return Asides.again(world, "connector:box/some.read", aside, attempt);
    }

    @Test
    void aRecordThatWentAsideDoesNotReadTheFileAsWhatItHasBecome() throws Exception {
        connector("stock.ndjson", "format: ndjson", "format: json");
        Files.writeString(folder.resolve("stock.ndjson"), "no\n");
        Payload aside = ((Pull.Aside) skipping(null).get(0)).payload();
        world.write("connectors/box/connector.yaml", """
                connector: box
                version: 1.0.1
                requester: {baseUrl: 'file:data/files'}
                endpoints:
                  some.read: {kind: read, file: {op: read, path: stock.ndjson}}
                """);
        world.reload();

        assertThatThrownBy(() -> again(aside)).hasMessageContaining("replay it as a record from the next shape");
    }

    @Test
    void tooManyBrokenRecordsAreNoSlips() throws Exception {
        connector("stock.ndjson", "format: ndjson", "format: json");
        Files.writeString(folder.resolve("stock.ndjson"), "no\n".repeat(10_001));

        assertThat(skipping(null))
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why()).hasMessageContaining("more than 10000 records are wrong"));
    }

    @Test
    void aPackedFileThatWasCutFails() throws Exception {
        connector("cut.ndjson.gz", "format: auto", "format: ndjson");
        Path file = folder.resolve("cut.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"a\":1}\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(this::pages)
                .isInstanceOf(StepException.class)
                .hasMessageContaining(
                        "'cut.ndjson.gz' cannot be read as ndjson: it is packed with gzip, and damaged or cut");
    }

    @Test
    void whatAFormatCannotCarryIsToldAndNothingIsWritten() throws Exception {
        connector("stock.txt", FIXED, FIXED);

        assertThatThrownBy(() -> write("[{\"sku\":\"A1\",\"qty\":2},{\"sku\":\"TOO LONG\",\"qty\":2}]"))
                .hasMessageContaining("record 2 ");
        assertThat(folder.resolve("stock.txt")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "op: write, content: {format: csv, unpack: zip} | 'unpack' belongs to what is read",
                "op: read, content: {format: text} | is no list of records",
                "op: read, content: {format: xml} | needs 'records'",
                "op: read, content: {format: fixed} | needs 'fixed'",
                "op: write, content: {format: auto} | is for what is read",
                "op: read, content: {format: json, xlsx: {}} | 'xlsx' belongs to 'format: xlsx'",
                "op: read, csv: {}, content: {format: csv} | a file has one format",
                "op: read, csv: {header: false} | without a header row 'columns' must name the columns",
                "op: read, content: {format: csv, csv: {header: false}} | without a header row 'columns' must name the columns",
                "op: read, csv: {columns: [a, a]} | a name stands twice in 'columns'",
                "op: read, csv: {delimiter: ';;'} | delimiter must be one character",
                "op: delete, content: {format: csv} | belongs to read and write",
                "op: read, content: {format: yaml, records: '$.a[*]'} | 'records' belongs to documents",
            })
    void wordsThatDoNotGoTogetherAreProblems(String file, String said) throws Exception {
        world.write(
                "connectors/box/connector.yaml", """
                connector: box
                version: 1.0.0
                requester: {baseUrl: 'file:data/files'}
                endpoints:
                  some: {kind: %s, file: {path: a, %s}}
                """.formatted(file.startsWith("op: read") ? "read" : "upsert", file));

        assertThatThrownBy(world::reload).hasMessageContaining(said);
    }
}
