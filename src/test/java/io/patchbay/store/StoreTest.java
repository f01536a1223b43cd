package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class StoreTest {

    @TempDir
    Path data;

    @Test
    void forgetsWhatRunsSpilledBeforeACrashButNothingElse() throws Exception {
        Path spill = Files.createDirectories(data.resolve(DataFolder.SPILL));
        Files.writeString(spill.resolve("content-1.spill"), "left");
        Files.writeString(spill.resolve("note.txt"), "somebody's");
        try (DataFolder opened = DataFolder.open(data)) {
            assertThat(spill).isDirectoryContaining("glob:**/note.txt");
            assertThat(spill.resolve("content-1.spill")).doesNotExist();
            Files.writeString(spill.resolve("content-2.spill"), "in use");
            try (DataFolder second = DataFolder.open(opened.path())) {
                assertThat(second.path().resolve(DataFolder.SPILL).resolve("content-2.spill"))
                        .exists();
            }
        }
    }

    @Test
    void aRestartLeavesAloneWhatAnotherProcessOnTheFolderSpillsAndForgetsItWhenThatOneIsGone() throws Exception {
        DataFolder first = DataFolder.open(data);
        assertThat(first.spill()).isEqualTo(first.path().resolve(DataFolder.SPILL));
        DataFolder second = DataFolder.open(data);
        Path inUse = Files.writeString(second.spill().resolve("content-1.spill"), "in use");
        Files.writeString(
                Files.createDirectories(second.spill().resolve("dry-1/data")).resolve("cache"), "in use");
        first.close();

        DataFolder again = DataFolder.open(data);
        assertThat(again.spill()).isEqualTo(first.spill());
        assertThat(inUse).exists();

        again.close();
        second.close();
        DataFolder.open(data).close();
        assertThat(second.spill()).doesNotExist();
    }

    @Test
    void aFolderThatItMakesIsItsUsersAlone() throws Exception {
        Path made = data.resolve("of/mine");
        try (DataFolder opened = DataFolder.open(made)) {
            assertThat(Files.getPosixFilePermissions(opened.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void isTheSameNodeButNotTheSameProcessAfterARestart() throws Exception {
        String node;
        String owner;
        try (Store store = open()) {
            node = store.folder().node();
            owner = store.folder().owner();
        }
        try (Store store = open()) {
            assertThat(store.folder().node()).isEqualTo(node);
            assertThat(store.folder().owner()).startsWith(node + "/").isNotEqualTo(owner);
        }
    }

    @Test
    void twoProcessesOnOneFolderAreTwoNodes() throws Exception {
        try (DataFolder one = DataFolder.open(data);
                DataFolder two = DataFolder.open(data)) {
            assertThat(two.id()).isEqualTo(one.id());
            assertThat(two.node()).isNotEqualTo(one.node());
        }
    }

    @Test
    void refusesADatabaseThatANewerProgramWroteAndNamesTheScript() throws Exception {
        try (Store store = open();
                Connection connection = store.database().dataSource().getConnection()) {
            connection
                    .createStatement()
                    .execute("insert into schema_script values ('999-later', 'x', current_timestamp)");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("999-later")
                .hasMessageContaining("STORE_VERSION");
    }

    @Test
    void refusesADatabaseThatRanAnotherVersionOfAScript() throws Exception {
        try (Store store = open();
                Connection connection = store.database().dataSource().getConnection()) {
            connection.createStatement().execute("update schema_script set sha256 = 'other' where name = '001-store'");
        }
        assertThatThrownBy(this::open).isInstanceOf(SQLException.class).hasMessageContaining("001-store");
    }

    @Test
    void splitsScriptsAtSemicolonsThatEndALine() {
        assertThat(SchemaUpgrade.statements(
                        "-- a; remark\ncreate table a (\n  x int -- why; so\n);\n\ninsert into a values (1);\n"))
                .containsExactly("create table a (\n  x int -- why; so\n)", "insert into a values (1)");
    }

    @Test
    void neverShowsThePasswordOfAUrl() {
        StoreProperties settings = new StoreProperties(
                "jdbc:postgresql://joe:secret@db/patchbay?password=secret",
                "joe",
                "secret",
                12,
                DataSize.ofMegabytes(1));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThatThrownBy(
                        () -> new StoreProperties("jdbc:oracle:x?password=secret", null, null, 12, DataSize.ofBytes(0)))
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
    }

    private Store open() throws Exception {
        return Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
    }
}
