package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogues and archives that somebody else made, changed or holds back. */
class CatalogueTrustTest {

    @TempDir
    Path folder;

    @AutoClose
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(folder);
    }

    @Test
    void oneThatNoTrustedKeySignedIsNotRead() throws Exception {
        shelf.byFolder();

        assertThat(shelf.catalogues().read("ours", Duration.ZERO).trouble())
                .contains("signed with the key 0807060504030201, which is not trusted");
        Files.delete(shelf.published().resolve("catalogue.json.minisig"));
        Catalogues.Read read = shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);
        assertThat(read.trouble()).contains("it has no signature beside it (.minisig)");
        assertThat(read.entries()).isEmpty();
        assertThat(shelf.home().resolve("data/catalogues/ours")).doesNotExist();
    }

    @Test
    void whereOneKeyIsNamedNoOtherMaySignIt() throws Exception {
        shelf.named("{ folder: " + shelf.published() + ", key: " + MinisignTest.KEY + " }");

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("signed with the key 0807060504030201, which is not trusted");
        shelf.named("{ folder: " + shelf.published() + ", key: " + Signer.key() + " }");
        assertThat(shelf.catalogues().read("ours", Duration.ZERO).entries()).hasSize(1);
    }

    @Test
    void anOlderOneDoesNotTakeThePlaceOfANewer() throws Exception {
        Files.copy(shelf.published().resolve("catalogue.json"), folder.resolve("old.json"));
        shelf.clock().forward(Duration.ofDays(1));
        shelf.publish("1.1.0");
        shelf.byFolder();
        shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);

        Files.copy(
                folder.resolve("old.json"),
                shelf.published().resolve("catalogue.json"),
                StandardCopyOption.REPLACE_EXISTING);
        shelf.sign();
        Catalogues.Read read = shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.trouble())
                .contains("before the one that was fetched earlier")
                .contains("remove data/catalogues/ours");
        assertThat(read.entries()).extracting(Catalogues.Entry::version).containsExactly("1.1.0");
    }

    @Test
    void twoOfOneTimeAreNotTakenForEachOther() throws Exception {
        shelf.byFolder();
        shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);
        Path index = shelf.published().resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("\"Orders\"", "\"Other orders\""));
        shelf.sign();

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("says the time of the one that was fetched earlier");
    }

    @Test
    void anArchiveThatWasChangedIsNotTakenApart() throws Exception {
        shelf.byServer();
        byte[] archive = shelf.served().get("/ours/orders-1.0.0.zip");
        archive[archive.length / 2] ^= 1;

        assertThatThrownBy(() -> shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("is another than the catalogue says");
        assertThat(shelf.home().resolve("data/catalogues/ours")).isDirectoryNotContaining("glob:**.zip");
    }

    @Test
    void anArchiveWithAnotherBlueprintThanTheCatalogueSaysIsRefused() throws Exception {
        Path index = shelf.published().resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("\"1.0.0\"", "\"3.0.0\""));
        shelf.sign();
        shelf.byFolder();

        assertThatThrownBy(() -> shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .hasMessageContaining("has not what the catalogue 'ours' says: orders 3.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../orders.zip",
                "https://evil.example.com/orders.zip",
                "//evil.example.com/orders.zip",
                "/etc/orders.zip",
                "a/orders.zip",
                "orders.zip?x",
                "orders",
                ".zip"
            })
    void anArchiveLiesBesideTheCatalogueAndNowhereElse(String file) throws Exception {
        Path index = shelf.published().resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("orders-1.0.0.zip", file));
        shelf.sign();
        shelf.byFolder();

        Catalogues.Read read = shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);
        assertThat(read.trouble()).contains("the entry of 'orders' is not right");
        assertThat(read.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{ \"catalogue\": 2, \"blueprints\": [] }",
                "{ \"catalogue\": 1, \"blueprints\": [] }"
            })
    void whatIsNoCatalogueIsSaidToBeNone(String text) throws Exception {
        Files.writeString(shelf.published().resolve("catalogue.json"), text);
        shelf.sign();
        shelf.byFolder();

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("catalogue 'ours': it ");
    }
}
