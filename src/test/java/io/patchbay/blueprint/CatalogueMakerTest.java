package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues that are made of archives. */
class CatalogueMakerTest {

    @TempDir
    Path folder;

    @AutoClose
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(folder);
    }

    @Test
    void makingItAnewIsAlwaysLater() throws Exception {
        shelf.byFolder();
        shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);
        shelf.publish("1.1.0");

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).entries())
                .extracting(Catalogues.Entry::version)
                .containsExactly("1.1.0");
    }

    @Test
    void theMakerRefusesWhatNobodyCouldInstall() throws Exception {
        Files.writeString(shelf.published().resolve("evil.zip"), "no zip");
        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> CatalogueMaker.make(shelf.published(), archives, shelf.clock()))
                    .hasMessageContaining("no zip file");
            Files.copy(
                    shelf.published().resolve("orders-1.0.0.zip"),
                    shelf.published().resolve("evil.zip"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> CatalogueMaker.make(shelf.published(), archives, shelf.clock()))
                    .hasMessageContaining("which another archive has, too");
            Path empty = Files.createDirectory(folder.resolve("empty"));
            assertThatThrownBy(() -> CatalogueMaker.make(empty, archives, shelf.clock()))
                    .hasMessageContaining("there are no archives");
        }
        assertThat(new String(Files.readAllBytes(shelf.published().resolve("catalogue.json")), StandardCharsets.UTF_8))
                .contains("orders-1.0.0.zip")
                .doesNotContain("evil");
    }

    @Test
    void theMakerRefusesAnArchiveWhoseConnectorIsNotTheOneThatItWasPackedWith() throws Exception {
        Path tampered = Files.createDirectory(folder.resolve("tampered"));
        Bench bench = new Bench(Files.createDirectory(folder.resolve("bench")));
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "connectors: { shop: 1.0.0 }\n");
        Bench.write(bench.source().resolve("connectors/shop/connector.yaml"), "connector: shop\nversion: 1.0.0\n");
        byte[] packed = bench.blueprints().pack("orders");
        String connector = "connectors/shop/connector.yaml";

        try (Archives archives = new Archives(folder, List.of(), true)) {
            Files.write(
                    tampered.resolve("orders.zip"),
                    with(packed, connector, "connector: shop\nversion: 1.0.0\n# other\n"));
            assertThatThrownBy(() -> CatalogueMaker.make(tampered, archives, shelf.clock()))
                    .isInstanceOf(BlueprintException.class)
                    .hasMessageContaining(
                            "orders.zip: connector 'shop' has other files than blueprint.yaml says (1.0.0 sha256:");
            Files.write(tampered.resolve("orders.zip"), with(packed, connector, null));
            assertThatThrownBy(() -> CatalogueMaker.make(tampered, archives, shelf.clock()))
                    .hasMessageContaining("connector 'shop' is not in it");
            assertThat(tampered.resolve("catalogue.json")).doesNotExist();
            Files.write(tampered.resolve("orders.zip"), packed);
            assertThat(CatalogueMaker.make(tampered, archives, shelf.clock())).containsExactly("orders 1.0.0");
        }
    }

    /** The same archive with another content of one file, or without it. */
    private static byte[] with(byte[] archive, String name, @Nullable String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] own = in.readAllBytes();
                boolean meant = entry.getName().equals(name);
                if (meant && content == null) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(meant ? content.getBytes(StandardCharsets.UTF_8) : own);
            }
        }
        return bytes.toByteArray();
    }
}
