package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.content.ContentWriter;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.jspecify.annotations.Nullable;

/** A body in a format of files that is too large for memory: it stands in a file until it was sent. */
final class ContentEntity extends FileEntity {

    private static final int IN_MEMORY = 256 * 1024;

    private final Path file;

    private ContentEntity(Path file, ContentType type) {
        super(file.toFile(), type);
        this.file = file;
    }

    /**
     * The payload of a call as a body: whole before anything of it is sent, so that its length is known, a proof can be over it, and a
     * record that the format cannot carry fails the request.
     */
    static HttpEntity of(CallScope scope, ContentConfig config, Path folder) throws StepException {
        ContentType type = ContentType.parseLenient(ContentWriter.typeWithCharset(config));
        try (Spilled out = new Spilled(folder)) {
            ContentWriter.write(scope.payload(), config, scope.queuedAt(), out);
            return out.entity(type);
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "SPILL_FAILED", "the disk of the runtime does not take the body", e, true, null);
        }
    }

    /** It is sent no more. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the folder is emptied when the runtime starts
        }
    }

    /** Bytes in memory, until they are too many: then all of them in a file, which is deleted where it becomes no entity. */
    private static final class Spilled extends OutputStream {
        private final Path folder;
        private final ByteArrayOutputStream few = new ByteArrayOutputStream();
        private @Nullable Path file;
        private @Nullable OutputStream many;

        Spilled(Path folder) {
            this.folder = folder;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (many == null && few.size() + length <= IN_MEMORY) {
                few.write(bytes, from, length);
                return;
            }
            if (many == null) {
                Files.createDirectories(folder);
                file = Files.createTempFile(folder, "content-", ".spill");
                many = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024);
                few.writeTo(many);
            }
            many.write(bytes, from, length);
        }

        /** What was written; the file is the entity's then. */
        HttpEntity entity(ContentType type) throws IOException {
            Path written = file;
            if (many == null || written == null) {
                return new ByteArrayEntity(few.toByteArray(), type);
            }
            many.close();
            file = null;
            return new ContentEntity(written, type);
        }

        @Override
        public void close() throws IOException {
            if (many != null) {
                many.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
    }
}
