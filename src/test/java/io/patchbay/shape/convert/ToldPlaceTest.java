package io.patchbay.shape.convert;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
