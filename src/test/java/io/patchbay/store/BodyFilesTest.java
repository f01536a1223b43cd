package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Body;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyFilesTest {

    @TempDir
    Path data;

    Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void keepsSmallBodiesAsBytesAndLargeOnesAsFiles() throws Exception {
        Body small = store.bodies().keep(stream(BodyFiles.INLINE - 1), "text/plain", 1_000_000);
        Body large = store.bodies().keep(stream(BodyFiles.INLINE), "text/plain", 1_000_000);
        assertThat(small).isInstanceOf(Body.Bytes.class);
        assertThat(large).isInstanceOf(Body.Stored.class);
        assertThat(((Body.Stored) large).size()).isEqualTo(BodyFiles.INLINE);
        assertThat(((Body.Stored) large).file()).hasSize(BodyFiles.INLINE);
    }

    @Test
    void leavesNothingOfABodyThatIsTooLarge() {
        assertThatThrownBy(() -> store.bodies().keep(stream(300_000), "text/plain", 299_999))
                .isInstanceOf(BodyTooLargeException.class)
                .hasMessageContaining("299999");
        assertThatThrownBy(() -> store.bodies().keep(stream(11), "text/plain", 10))
                .isInstanceOf(BodyTooLargeException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void deletesAFileWhenItsOwnerDropsItAndKeepsTheOtherOwnersLink() throws Exception {
        Body.Stored first = (Body.Stored) store.bodies().keep(stream(100_000), "text/plain", 1_000_000);
        Body.Stored second = store.bodies().share(first);
        store.commits()
                .write(tx -> {
                    store.bodies().own(tx, first);
                    store.bodies().own(tx, second);
                })
                .get(10, TimeUnit.SECONDS);
        store.commits()
                .write(tx -> store.bodies().drop(tx, store.bodies().name(first)))
                .get(10, TimeUnit.SECONDS);
        assertThat(first.file()).doesNotExist();
        assertThat(second.file()).hasSize(100_000);
    }

    @Test
    void sweepsOldFilesThatNobodyOwnsWhenItOpens() throws Exception {
        Body.Stored owned = (Body.Stored) store.bodies().keep(stream(100_000), "text/plain", 1_000_000);
        Body.Stored orphan = (Body.Stored) store.bodies().keep(stream(100_000), "text/plain", 1_000_000);
        Body.Stored young = (Body.Stored) store.bodies().keep(stream(100_000), "text/plain", 1_000_000);
        store.commits().write(tx -> store.bodies().own(tx, owned)).get(10, TimeUnit.SECONDS);
        FileTime yesterday = FileTime.from(Instant.now().minusSeconds(86_400));
        Files.setLastModifiedTime(owned.file(), yesterday);
        Files.setLastModifiedTime(orphan.file(), yesterday);
        store.close();
        open();
        assertThat(owned.file()).exists();
        assertThat(young.file()).exists();
        assertThat(orphan.file()).doesNotExist();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            return files.toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ByteArrayInputStream stream(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }
}
