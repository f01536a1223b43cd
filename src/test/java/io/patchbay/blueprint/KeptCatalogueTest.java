package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was fetched of a catalogue before. */
class KeptCatalogueTest {

    private static final Duration ANY = Duration.ofDays(10_000);

    @TempDir
    Path folder;

    @AutoClose
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(folder);
    }

    @Test
    void worksWithoutTheServerFromWhatWasFetchedAndTellsItsAge() throws Exception {
        shelf.byServer();
        shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        shelf.down();
        shelf.clock().forward(Duration.ofHours(5));

        Catalogues.Read read = shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.entries()).hasSize(1);
        assertThat(read.trouble())
                .startsWith("catalogue 'ours': https://127.0.0.1")
                .endsWith("; what was fetched 5 hours ago is taken");
        assertThat(shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .isDirectory();
    }

    @Test
    void noServerIsAskedOffline() throws Exception {
        shelf.byServer();
        Catalogues catalogues = shelf.catalogues(Signer.key());

        assertThat(catalogues.read("ours", Catalogues.OFFLINE).trouble()).contains("was not fetched before");
        assertThat(shelf.asked()).isEmpty();
        catalogues.read("ours", Duration.ZERO);
        shelf.asked().clear();

        assertThat(catalogues.read("ours", Catalogues.OFFLINE).entries()).hasSize(1);
        assertThatThrownBy(() -> catalogues.open("ours", "orders", Catalogues.OFFLINE))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("was not fetched before");
        assertThat(shelf.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2999-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"})
    void aKeptOneThatSaysItIsOfAnotherTimeIsAskedForAgain(String fetched) throws Exception {
        shelf.byServer();
        shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);
        Path kept = shelf.home().resolve("data/catalogues/ours/index.json");
        Files.writeString(
                kept, Files.readString(kept).replaceFirst("\"fetched\":\"[^\"]*\"", "\"fetched\":\"" + fetched + "\""));
        shelf.asked().clear();

        assertThat(shelf.catalogues(Signer.key())
                        .read("ours", Duration.ofHours(1))
                        .trouble())
                .isEmpty();

        assertThat(shelf.asked()).hasSize(2);
    }

    @Test
    void anArchiveThatIsKeptIsLookedAtAgain() throws Exception {
        shelf.byFolder();
        shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        Path kept;
        try (Stream<Path> all = Files.list(shelf.home().resolve("data/catalogues/ours"))) {
            kept = all.filter(one -> one.toString().endsWith(".zip")).findAny().orElseThrow();
        }
        Files.writeString(kept, "something else");

        assertThat(shelf.catalogues(Signer.key()).open("ours", "orders", ANY)).isDirectory();
        assertThat(kept).hasSize(Files.size(shelf.published().resolve("orders-1.0.0.zip")));
    }

    @Test
    void whatTheCatalogueDoesNotNameAnyMoreIsNotKept() throws Exception {
        shelf.byFolder();
        shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        Files.delete(shelf.published().resolve("orders-1.0.0.zip"));
        shelf.publish("1.1.0");

        shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);

        try (Stream<Path> all = Files.list(shelf.home().resolve("data/catalogues/ours"))) {
            assertThat(all).hasSize(2);
        }
    }
}
