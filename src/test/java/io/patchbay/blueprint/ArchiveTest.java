package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    @TempDir
    Path folder;

    @Test
    void isTheSameBytesForTheSameFilesAndComesOutAsItWas() throws IOException {
        Bench bench = bench();
        byte[] archive = bench.blueprints().pack("orders");

        assertThat(Arrays.mismatch(archive, bench.blueprints().pack("orders"))).isNegative();
        Path zip = write(archive);
        try (Archives archives = new Archives(bench.home(), List.of(), true)) {
            Archives.Opened opened = archives.open(zip);
            assertThat(opened.signer()).isNull();
            assertThat(opened.folder().resolve("blueprints/orders/routes/orders.flow.yaml"))
                    .hasContent(Bench.FLOW);
            assertThat(opened.folder().resolve("connectors/shop/connector.yaml"))
                    .hasContent("connector: shop\n");
            assertThat(opened.folder().resolve("connectors/shop/instances")).doesNotExist();
        }
    }

    @Test
    void anArchiveHasAllThatItNeeds() throws IOException {
        Bench bench = bench();
        Files.delete(bench.source().resolve("connectors/shop/connector.yaml"));

        assertThatThrownBy(() -> bench.blueprints().pack("orders")).hasMessageContaining("connector 'shop' is not in");
    }

    @Test
    void isTakenWhenATrustedKeySignedIt() throws IOException {
        Bench bench = bench();
        byte[] archive = bench.blueprints().pack("orders");
        Path zip = write(archive);
        Files.writeString(folder.resolve("orders.zip.minisig"), Signer.signature(archive, "file:orders.zip"));

        try (Archives archives = new Archives(bench.home(), List.of("nonsense"), false)) {
            assertThatThrownBy(() -> archives.open(folder.resolve("orders.zip")))
                    .isInstanceOf(BlueprintException.class)
                    .hasMessageContaining("'nonsense' is no public key of minisign")
                    .hasMessageContaining("nor a file that has one");
        }
        try (Archives archives = new Archives(bench.home(), List.of(Signer.key()), false)) {
            assertThat(archives.open(zip).signer()).isEqualTo("0807060504030201");
        }
        try (Archives archives = new Archives(bench.home(), List.of(), true)) {
            assertThatThrownBy(() -> archives.open(zip))
                    .hasMessageContaining("orders.zip is not taken: it was signed with the key 08");
        }
        Bench.write(bench.home().resolve("blueprints/keys/shop.pub"), "untrusted comment: x\n" + Signer.key() + "\n");
        try (Archives archives = new Archives(bench.home(), List.of(), false)) {
            assertThat(archives.open(zip).signer()).isEqualTo("0807060504030201");
            archive[archive.length / 2] ^= 1;
            Files.write(zip, archive);
            assertThatThrownBy(() -> archives.open(zip)).hasMessageContaining("changed after it was signed");
        }
    }

    @Test
    void withoutASignatureItIsTakenOnlyWhenThatIsSaid() throws IOException {
        Path zip = write(bench().blueprints().pack("orders"));

        try (Archives archives = new Archives(folder, List.of(Signer.key()), false)) {
            assertThatThrownBy(() -> archives.open(zip))
                    .hasMessageContaining("there is no signature orders.zip.minisig beside it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil.yaml",
                "blueprints/../../evil.yaml",
                "/blueprints/orders/evil.yaml",
                "blueprints\\..\\evil.yaml",
                "C:/blueprints/evil.yaml",
                "blueprints/orders/./evil.yaml",
                "blueprints//evil.yaml",
                "routes/evil.flow.yaml",
                "data/patchbay.mv.db",
                "blueprints/orders/ev\u0000il.yaml",
                "blueprints/orders/.hidden",
                "blueprints/orders/evil.yaml ",
                "blueprints/a/b/c/d/e/f/g/h/i.yaml"
            })
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        Path zip = write(zip(Map.of("blueprints/orders/blueprint.yaml", "x", name, "evil")));

        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(zip))
                    .isInstanceOf(BlueprintException.class)
                    .hasMessageContaining("none of an archive of a blueprint");
        }
        assertThat(folder.resolve("evil.yaml")).doesNotExist();
        assertThat(folder.resolveSibling("evil.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xa1ff, 0x21a4, 0x61a4, 0x11a4, 0xc1a4})
    void aLinkOrADeviceIsRefusedAndNothingIsWritten(int mode) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("blueprints/orders/README.md", "# Orders");
        files.put("blueprints/orders/evil.yaml", "../../../etc/passwd");
        Path zip = write(withMode(zip(files), mode));

        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(zip))
                    .isInstanceOf(BlueprintException.class)
                    .hasMessageContaining("it has 'blueprints/orders/evil.yaml', which is a link or the like");
        }
    }

    @Test
    void aFileWithTheModeOfAFileIsTaken() throws IOException {
        byte[] zip = zip(Map.of("blueprints/orders/README.md", "# Orders"));
        Path into = Files.createDirectory(folder.resolve("into"));

        Archive.extract(withMode(zip, 0x81a4), into);

        assertThat(into.resolve("blueprints/orders/README.md")).hasContent("# Orders");
    }

    @Test
    void oneFileTwiceIsRefused() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("blueprints/orders/Readme.md", "one");
        files.put("blueprints/orders/README.md", "two");

        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(write(zip(files)))).hasMessageContaining("twice");
        }
    }

    @Test
    void whatUnpacksToMoreThanItMayIsRefusedBeforeItIsWritten() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("blueprints/orders/bomb.csv"));
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(write(bytes.toByteArray())))
                    .hasMessageContaining("unpacks to more than 4 MB");
        }

        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 5_001; i++) {
            many.put("blueprints/orders/t" + i + ".csv", "");
        }
        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(write(zip(many)))).hasMessageContaining("more than 5000 files");
        }
    }

    @Test
    void whatIsNoZipOrCutOffIsSaidToBeSo() throws IOException {
        byte[] whole = bench().blueprints().pack("orders");
        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> archives.open(write("no zip".getBytes(StandardCharsets.UTF_8))))
                    .hasMessageContaining("it is no zip file");
            assertThatThrownBy(() -> archives.open(write(new byte[0]))).hasMessageContaining("it is no zip file");
            assertThatThrownBy(() -> archives.open(write(Arrays.copyOf(whole, 60))))
                    .hasMessageContaining("is no zip file, or is cut off");
            assertThatThrownBy(() -> archives.open(write(new byte[16_000_001])))
                    .hasMessageContaining("more than 16 MB");
        }
    }

    private Bench bench() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW, "README.md", "# Orders\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "connectors: { shop: 1.0.0 }\n");
        Bench.write(bench.source().resolve("connectors/shop/connector.yaml"), "connector: shop\n");
        Bench.write(bench.source().resolve("connectors/shop/instances/own.yaml"), "instance: own\n");
        return bench;
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(folder.resolve("orders.zip"), archive);
    }

    /** The same archive, made on a Unix, whose last file has this mode. */
    private static byte[] withMode(byte[] zip, int mode) {
        ByteBuffer all = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int last = 0;
        for (int at = 0; at < zip.length - 46; at++) {
            last = all.getInt(at) == 0x02014b50 ? at : last;
        }
        all.put(last + 5, (byte) 3).putShort(last + 40, (short) mode);
        return zip;
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
