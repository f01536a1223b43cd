package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The disk fills up under H2: a file system of H2's own kind that says so when it is told to. */
class DiskFullTest {

    private static final AtomicBoolean FULL = new AtomicBoolean();

    @TempDir
    Path data;

    @Test
    void aFullDiskFailsTheWriteFlipsTheGuardAndLosesNothingThatWasAcknowledged() throws Exception {
        FilePath.register(new FullableFilePath());
        StoreProperties settings = new StoreProperties(
                "jdbc:h2:file:retry:fullable:" + data.resolve("db"), null, null, 12, DataSize.ofBytes(0));
        try (Store store = Store.open(settings, data, Clock.systemUTC())) {
            store.commits()
                    .write(tx -> tx.add("create table note (id int primary key)", s -> {}))
                    .get(10, TimeUnit.SECONDS);
            insert(store, 1);
            FULL.set(true);
            assertThatThrownBy(() -> insert(store, 2)).hasStackTraceContaining("No space left on device");
            assertThat(store.disk().refusing()).isTrue();
            FULL.set(false);
            insert(store, 3);
            try (Connection connection = store.database().dataSource().getConnection();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("select id from note where id <> 2 order by id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        } finally {
            FULL.set(false);
            FilePath.unregister(new FullableFilePath());
        }
    }

    private static void insert(Store store, int id) throws Exception {
        store.commits()
                .write(tx -> tx.add("insert into note values (?)", s -> s.setInt(1, id)))
                .get(20, TimeUnit.SECONDS);
    }

    /** Passes everything on to the disk, unless it is full. */
    public static final class FullableFilePath extends FilePathWrapper {
        @Override
        public String getScheme() {
            return "fullable";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new FullableFile(super.open(mode));
        }
    }

    private static final class FullableFile extends FileBase {
        private final FileChannel file;

        FullableFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public int read(ByteBuffer to, long at) throws IOException {
            return file.read(to, at);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            check();
            return file.write(from);
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            check();
            return file.write(from, at);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long at) throws IOException {
            file.position(at);
            return this;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            check();
            file.force(metaData);
        }

        @Override
        public java.nio.channels.FileLock tryLock(long at, long size, boolean shared) throws IOException {
            return file.tryLock(at, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        private static void check() throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
        }
    }
}
