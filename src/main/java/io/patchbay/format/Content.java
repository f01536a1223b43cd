package io.patchbay.format;

import io.patchbay.payload.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            long size = Files.copy(bounded(in, most), file, StandardCopyOption.REPLACE_EXISTING);
            return new Copy(file, size);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Content that can be opened one time, of a format that is read from one end to the other.
     *
     * @param said the character set that is named beside it; null where it is the settings'
     */
    static Content once(InputStream in, @Nullable Charset said) {
        return new Content() {
            @Override
            public InputStream open() {
                return in;
            }

            @Override
            public @Nullable Charset said() {
                return said;
            }

            @Override
            public Path folder() {
                return Path.of("");
            }
        };
    }

    /** A copy of content. */
    record Copy(Path file, long size) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** Content that ends with an error when it has more bytes. */
    static InputStream bounded(InputStream in, long most) {
        return new BoundedStream(
                in, most, bytes -> FormatException.ends("the content has more than " + bytes + " bytes", null));
    }
}
