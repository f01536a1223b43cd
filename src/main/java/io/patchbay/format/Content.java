package io.patchbay.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is read. It can be opened again and again. */
public interface Content {

    /** Opens it at its beginning. */
    InputStream open() throws IOException;

    /** The character set that whoever sent it names beside it; null when nobody does. */
    @Nullable
    Charset said();

    /** The folder for a copy, for formats that are not read from one end to the other. */
    Path folder();

    /** A copy on disk that is deleted when it is closed, for formats that are not read from one end to the other. */
    default Copy copy(long most) throws IOException {
        Files.createDirectories(folder());
        Path file = Files.createTempFile(folder(), "read-", ".spill");
        try (InputStream in = open()) {
            long size = Files.copy(new Most(in, most), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return new Copy(file, size);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** A copy of content. */
    record Copy(Path file, long size) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Content that ends with an error when it is too long. */
    final class Most extends FilterInputStream {
        private final long most;
        private long left;

        /** At most so many bytes. */
        public Most(InputStream in, long most) {
            super(in);
            this.most = most;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw FormatException.ends("the content has more than " + most + " bytes", null);
            }
        }
    }
}
