package io.patchbay.connector.content;

import io.patchbay.format.Content;
import io.patchbay.payload.Payload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Content that is read, and what is said of it.
 *
 * @param payload that has it
 * @param subject what it is called in sentences, like "file 'in/a.csv'"
 * @param type what its sender calls it
 * @param said the character set that is named beside it, or null
 * @param setting that names another character set
 * @param unpacks whether it is unpacked where it begins as gzip
 * @param folder for copies
 */
public record ReadContent(
        Payload payload,
        String subject,
        @Nullable String type,
        @Nullable Charset said,
        String setting,
        boolean unpacks,
        Path folder)
        implements Content {

    private static final int BEGIN = 64;
    private static final int BUFFER = 64 * 1024;

    /** RFC 1952: a gzip file begins with 1f 8b, which no other format does. */
    @Override
    public InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(payload.stream(), BUFFER);
        if (!unpacks) {
            return in;
        }
        try {
            in.mark(2);
            byte[] first = in.readNBytes(2);
            in.reset();
            boolean packed = first.length == 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
            return packed ? new GZIPInputStream(in, BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** What helps against another character set. */
    String other() {
        return "'" + setting + "' can name another one";
    }

    /** The first characters, as far as they can be read. */
    String start() {
        try (InputStream in = open()) {
            return new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
