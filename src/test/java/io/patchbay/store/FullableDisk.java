package io.patchbay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk under H2, a file system of H2's own kind, that is full when it is told to be. */
public final class FullableDisk {

    private static final AtomicBoolean FULL = new AtomicBoolean();

    private FullableDisk() {}

    /** Makes the disk known to H2. */
    public static void register() {
        FilePath.register(new FullableFilePath());
    }

    /** From now on. */
    public static void full(boolean full) {
        FULL.set(full);
    }

    /** URL of a database on this disk. Without a trace file, which H2 would write beside this disk: into the working folder. */
    public static String url(Path folder) {
        return "jdbc:h2:file:retry:fullable:" + folder.resolve("db") + ";TRACE_LEVEL_FILE=0";
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
