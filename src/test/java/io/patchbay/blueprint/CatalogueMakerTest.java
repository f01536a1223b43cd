package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
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
}
