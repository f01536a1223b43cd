package io.patchbay.connector.mail;

import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A file of a mail, read while it is sent. */
final class MailFile implements DataSource {

    private final String name;
    private final String contentType;
    private final Payload payload;
    private final byte @Nullable [] bytes;

    private MailFile(String name, String contentType, Payload payload, byte @Nullable [] bytes) {
        this.name = name;
        this.contentType = contentType;
        this.payload = payload;
        this.bytes = bytes;
    }

    /**
     * The content of a payload as a file.
     *
     * @param contentType its media type; null for that of the payload
     */
    static MailFile of(String name, @Nullable String contentType, Payload payload) {
        String own = payload.body().contentType();
        String type = contentType != null ? contentType : Lines.broken(own) ? "application/octet-stream" : own;
        return new MailFile(name, type, payload, payload.body() instanceof Body.Stored ? null : payload.bytes());
    }

    long size() {
        return payload.body() instanceof Body.Stored stored ? stored.size() : bytes == null ? 0 : bytes.length;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return bytes == null ? payload.stream() : new ByteArrayInputStream(bytes);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("a file of a mail is only read");
    }

    @Override
    public String getContentType() {
        return contentType;
    }

    @Override
    public String getName() {
        return name;
    }
}
