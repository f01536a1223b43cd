package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.collect.CollectShape;
import io.patchbay.shape.map.MapShape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Reads hostile content in every way, in a process of little memory. Prints what came of each: how many records, asides, and why it ended. */
public final class HostileContent {

    private static final String XSLT = """
            each: payload
            xslt: |
              <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                <xsl:template match="/payload"><r><xsl:value-of select="count(*)"/></r></xsl:template>
              </xsl:stylesheet>
            """;

    private static final String FORTY = "0123456789".repeat(4);

    private final Path folder;
    private final boolean skips;

    private HostileContent(Path folder, boolean skips) {
        this.folder = folder;
        this.skips = skips;
    }

    /**
     * Content.
     *
     * @param settings keys of the conversion beside 'from'
     */
    private record Case(String name, String from, String settings, Path file) {}

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        boolean died = false;
        for (Case one : cases(folder)) {
            for (boolean skips : new boolean[] {true, false}) {
                died |= new HostileContent(folder, skips).all(one);
            }
            Files.delete(one.file());
        }
        System.exit(died ? 1 : 0);
    }

    private static List<Case> cases(Path folder) throws IOException {
        List<Case> all = new ArrayList<>();
        all.add(text(folder, "tail", "json", "", "[{\"a\":1},{\"a\":2}", 1, "", "] {\"a\":3}"));
        all.add(text(folder, "cut", "json", "", "[{\"a\":1}", 1, "", ",{\"a\":"));
        all.add(text(folder, "deep", "json", "", "[1,", 10_000, "[", ""));
        all.add(text(folder, "keys", "json", "", "[1,{", 1_000_000, "\"k#\":#,", "\"z\":1}]"));
        all.add(text(folder, "large-text", "json", "", "[1,\"", 600_000, FORTY, "\"]"));
        all.add(text(folder, "many-lists", "json", "", "[1,[", 4_000_000, "[],", "[]]]"));
        all.add(text(folder, "objects", "json", "", "[1,[", 220_000, "{\"a\":{\"b\":{\"c\":#}}},", "1]]"));
        all.add(text(folder, "records", "json", "", "[", 300_000, "{\"a\":{\"b\":#}},", "1]"));
        all.add(text(folder, "twice", "json", "", "[", 50_000, "{\"a\":#,\"a\":2},", "1]"));
        all.add(text(folder, "lines", "ndjson", "", "{\"a\":1}\n", 20_000, "{\"a\":\n", ""));
        all.add(text(folder, "large-line", "ndjson", "", "{\"a\":1}\n{\"a\":\"", 150_000, FORTY, "\"}\n"));
        all.add(text(folder, "ragged", "csv", "", "a,b\n1,2\n", 20_000, "1,2,3,#\n", ""));
        all.add(text(folder, "large-field", "csv", "", "a,b\n1,2\n\"", 150_000, FORTY, "\",1\n"));
        all.add(text(folder, "columns", "csv", "", "a,b\n1,2\n", 1_000_000, ",#", "\n"));
        Path mixed = folder.resolve("mixed");
        Files.write(mixed, "a,b\nÄ,ö\nx,y\n".getBytes(StandardCharsets.ISO_8859_1));
        all.add(new Case("mixed", "csv", "", mixed));
        all.add(text(folder, "yaml-deep", "yaml", "", "- 1\n- ", 10_000, "[", ""));
        all.add(text(
                folder,
                "yaml-aliases",
                "yaml",
                "",
                "- &a [" + "x, ".repeat(1000) + "x]\n",
                20_000,
                "- [*a, *a]\n",
                ""));
        all.add(text(folder, "yaml-objects", "yaml", "", "- 1\n-\n", 80_000, "  - {a: {b: #}}\n", ""));
        all.add(text(
                folder,
                "xml-bomb",
                "xml",
                "records: '$.r.n[*]'",
                "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r><n>&b;</n>",
                1,
                "",
                "</r>"));
        all.add(text(folder, "xml-large", "xml", "records: '$.r.n[*]'", "<r><n>1</n><n>", 150_000, FORTY, "</n></r>"));
        all.add(text(
                folder, "xml-names", "xml", "records: '$.r.n[*]'", "<r><n>1</n><n>", 300_000, "<k#/>", "</n></r>"));
        all.add(text(
                folder,
                "xml-objects",
                "xml",
                "records: '$.r.n[*]'",
                "<r><n>1</n><n>",
                200_000,
                "<k><j><i/></j></k>",
                "</n></r>"));
        all.add(text(
                folder,
                "messages",
                "edifact",
                "",
                "UNB+UNOC:3+A+B+260301:1200+7'",
                5_000,
                "UNH+#+ORDERS:D:96A:UN'BGM+220+X#+9'DTM+137:20260301:102'UNT+4+#'",
                "UNZ+5000+7'"));
        all.add(text(
                folder,
                "segments",
                "edifact",
                "",
                "UNB+UNOC:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'",
                600_000,
                "FTX+AAI+++#'",
                "UNZ+1+7'"));
        all.add(workbook(folder, "xlsx-bomb", 1, "0".repeat(1000), 300_000));
        all.add(workbook(folder, "xlsx-texts", 1_000_000, "", 1));
        Path bomb = folder.resolve("zip-bomb");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(bomb)))) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            byte[] block = "0".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 120; i++) {
                zip.write(block);
            }
        }
        all.add(new Case("zip-bomb", "csv", "unpack: zip", bomb));
        return all;
    }

    private static Case text(
            Path folder, String name, String from, String settings, String start, int times, String piece, String end)
            throws IOException {
        return written(folder, name, from, settings, out -> {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times; i++) {
                out.write((piece.indexOf('#') < 0 ? piece : piece.replace("#", String.valueOf(i + 1)))
                        .getBytes(StandardCharsets.UTF_8));
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Case written(Path folder, String name, String from, String settings, Writing writing)
            throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            writing.to(out);
        }
        return new Case(name, from, settings, file);
    }

    /** A workbook with so many shared texts, the first of which is so long, and a row. */
    private static Case workbook(Path folder, String name, int texts, String piece, int pieces) throws IOException {
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        return written(folder, name, "xlsx", "", out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            part(
                    zip,
                    "[Content_Types].xml",
                    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
            part(
                    zip,
                    "_rels/.rels",
                    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                            + "<Relationship Id='r1' Type='" + office
                            + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
            part(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns='" + main + "' xmlns:r='" + office
                            + "'><sheets><sheet name='s' sheetId='1' r:id='r1'/></sheets></workbook>");
            part(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                            + "<Relationship Id='r1' Type='" + office + "/worksheet' Target='worksheets/sheet1.xml'/>"
                            + "<Relationship Id='r2' Type='" + office
                            + "/sharedStrings' Target='sharedStrings.xml'/></Relationships>");
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write(("<sst xmlns='" + main + "'><si><t>").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < pieces; i++) {
                zip.write(piece.getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</t></si>".getBytes(StandardCharsets.UTF_8));
            for (int i = 1; i < texts; i++) {
                zip.write(("<si><t>text " + i + "</t></si>").getBytes(StandardCharsets.UTF_8));
            }
            zip.write("</sst>".getBytes(StandardCharsets.UTF_8));
            part(
                    zip,
                    "xl/worksheets/sheet1.xml",
                    "<worksheet xmlns='" + main + "'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>"
                            + "<row r='2'><c r='A2'><v>1</v></c></row></sheetData></worksheet>");
            zip.finish();
        });
    }

    private static void part(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Way {
        String read() throws Exception;
    }

    /** Whether memory was too small. */
    private boolean all(Case one) {
        String list = one.settings().isEmpty() ? "" : ", " + one.settings();
        boolean died = told(
                one, "whole", () -> shape(new ConvertShape(), "{ to: json, from: " + one.from() + list + " }", one));
        if (one.settings().startsWith("unpack")) {
            return died | told(one, "endpoint", () -> endpoint(one));
        }
        died |= told(
                one,
                "chunk",
                () -> shape(new ConvertShape(), "{ to: json, from: " + one.from() + ", chunk: 100" + list + " }", one));
        died |= told(one, "endpoint", () -> endpoint(one));
        if (one.from().equals("json")) {
            died |= told(one, "collect", () -> shape(new CollectShape(), "{ all: true, to: ndjson }", one));
            died |= told(one, "map", () -> shape(new MapShape(), "{ fields: [ { to: x, from: a } ] }", one));
            died |= told(one, "jq", () -> shape(new MapShape(), "{ jq: '{ x: . }' }", one));
            died |= told(one, "xslt", () -> shape(new MapShape(), XSLT, one));
            died |= told(one, "jsonata", () -> shape(new MapShape(), "{ jsonata: '{ \"x\": $ }' }", one));
        }
        return died;
    }

    private boolean told(Case one, String way, Way read) {
        String came;
        boolean died = false;
        try {
            came = read.read();
        } catch (StepException e) {
            came = e.code() + " " + e.getMessage();
        } catch (OutOfMemoryError e) {
            came = "NO MEMORY";
            died = true;
        } catch (Exception | StackOverflowError e) {
            came = "UNCLEAR " + e;
            died = true;
        }
        System.out.println(one.name() + " " + way + " " + (skips ? "skip" : "stop") + ": "
                + came.substring(0, Math.min(240, came.length())));
        return died;
    }

    private static Payload payload(Case one) throws IOException {
        Body file = new Body.Stored(
                one.file(),
                one.from().equals("json") ? "application/json" : "application/octet-stream",
                Files.size(one.file()));
        return PlacedShape.payload(Json.NODES.missingNode()).withBody(file, RecordPath.ROOT);
    }

    private String shape(ShapeType<?> type, String settings, Case one) throws Exception {
        PlacedShape shape =
                PlacedShape.of(type, settings, PlacedShape.surroundings(Map.of(), Map.of(), Map.of()), skips);
        FakeAttempt attempt = new FakeAttempt() {
            @Override
            public Path spillFolder() {
                return folder.resolve("spill");
            }
        };
        if (!(shape.plan() instanceof Plan.Yielding) && !(shape.plan() instanceof Plan.Collecting)) {
            return "ok " + shape.work(payload(one), attempt).size() + ", "
                    + attempt.failed().size() + " aside";
        }
        int pages = 0;
        int asides = 0;
        String first = "";
        try (Pull pull = shape.plan() instanceof Plan.Yielding many
                ? many.work().open(payload(one), attempt)
                : ((Plan.Collecting) shape.plan())
                        .work()
                        .open(List.of(payload(one)), Lineage.ofRun("run-1"), attempt)) {
            while (true) {
                Pull.Element next = pull.next();
                if (next instanceof Pull.Failed failed) {
                    throw failed.why();
                } else if (next instanceof Pull.End) {
                    return "ok " + pages + ", " + asides + " aside" + first;
                }
                pages += next instanceof Pull.Page ? 1 : 0;
                if (next instanceof Pull.Aside aside && asides++ == 0) {
                    first = ": " + aside.why().code() + " " + aside.why().getMessage();
                }
            }
        }
    }

    private String endpoint(Case one) throws Exception {
        String records = one.settings().startsWith("records")
                ? one.settings().substring(10, one.settings().length() - 1)
                : null;
        FormatName name = FormatName.valueOf(one.from().toUpperCase(Locale.ROOT));
        ContentConfig config = new ContentConfig(
                name,
                100,
                StandardCharsets.UTF_8,
                records,
                null,
                null,
                false,
                one.settings().startsWith("unpack") ? ContentConfig.Unpack.ZIP : null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Payload payload = payload(one);
        ReadContent content = new ReadContent(
                payload, "file '" + one.name() + "'", "file", null, "content.charset", true, folder.resolve("spill"));
        BrokenRecords broken = new BrokenRecords("it", skips, BrokenRecords.Told.NUMBER);
        broken.begin();
        int count = 0;
        try (RecordSource all = ContentReader.read(content, name, config)) {
            for (JsonNode next = broken.next(all, payload, "p", () -> {});
                    next != null;
                    next = broken.next(all, payload, "p", () -> {})) {
                count++;
            }
        }
        return "ok " + count + ", " + broken.unread() + " aside";
    }
}
