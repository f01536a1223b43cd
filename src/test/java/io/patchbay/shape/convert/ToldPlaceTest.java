package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.patchbay.format.BrokenContent;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.PlacedShape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that is broken is told with its file, its number, its byte, its field, and why. */
class ToldPlaceTest {

    private static final Set<FormatName> WHOLE = Set.of(FormatName.TEXT, FormatName.FORM);

    static Stream<BrokenContent> all() {
        return BrokenContent.all().stream();
    }

    private static Payload file(String name, byte[] bytes) {
        return PlacedShape.payload(Json.NODES.missingNode())
                .withBody(new Body.Bytes(bytes, "application/octet-stream"), RecordPath.ROOT)
                .withMeta("file.name", name);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFormatSaysWhatIsWrongAndWhere(BrokenContent broken) {
        String more = broken.settings().isEmpty() ? "" : ", " + broken.settings();
        String chunk = WHOLE.contains(broken.format()) ? "" : ", chunk: 10";
        PlacedShape shape = PlacedShape.of(
                new ConvertShape(), "{ from: " + broken.format().word() + ", to: json" + more + chunk + " }");

        assertThatThrownBy(() -> shape.work(file("stock.dat", broken.bytes()), new FakeAttempt()))
                .isInstanceOf(StepException.class)
                .hasMessageContainingAll(broken.said("stock.dat"));
    }

    static Stream<Arguments> brokenBesideRecords() {
        String two = "<r>\n<i>Öl</i><i>€</i>\n";
        return Stream.of(
                arguments(two, "", "ends too early (line 3, column 1; behind record 2, byte 25)"),
                arguments(two + " ", "", "ends too early (line 3, column 2; behind record 2, byte 26)"),
                arguments(two, "</r", "ends too early (line 3, column 4; behind record 2, byte 28)"),
                arguments(two, "</x>", "breaks its rules (line 3, column 3; behind record 2, byte 27)"),
                arguments(two + "</r>\n", "x", "(line 4, column 1; behind the root element, behind record 2, byte 30)"),
                arguments(two + "</r>\r\n", "<i/>", "behind the root element, behind record 2, byte 32)"),
                arguments("<r><a>1</a>", "</x>", "before any record, byte 13)"),
                arguments(two, "<i =1/>", "column 4; record 3, byte 25)"),
                arguments(two, "<i>1</i><", "behind record 3, byte 34)"));
    }

    /** What is wrong between records is none of them; what is a tag of one is. */
    @ParameterizedTest
    @MethodSource("brokenBesideRecords")
    void xmlThatIsBrokenBesideRecordsSaysBehindWhich(String good, String broken, String said) {
        PlacedShape shape =
                PlacedShape.of(new ConvertShape(), "{ from: xml, to: json, records: '$.r.i[*]', chunk: 10 }");
        byte[] bytes = (good + broken).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> shape.work(file("stock.xml", bytes), new FakeAttempt()))
                .hasMessageStartingWith("file 'stock.xml': the ")
                .hasMessageContaining(said);
    }

    @Test
    void aMemberOfAZipFileIsToldWithBothNames() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write("x,y\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        PlacedShape shape = PlacedShape.of(new ConvertShape(), "{ to: json, unpack: zip }");

        assertThatThrownBy(() -> shape.work(file("in.zip", bytes.toByteArray()), new FakeAttempt()))
                .hasMessageStartingWith("member 'a.csv' of the zip file 'in.zip': the content is no CSV")
                .hasMessageContainingAll(List.of("record 1", "byte 4").toArray(String[]::new));
    }
}
