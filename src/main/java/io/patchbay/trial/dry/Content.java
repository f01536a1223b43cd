package io.patchbay.trial.dry;

import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Content, or its beginning.
 *
 * @param bytes the beginning
 * @param size how many bytes there are
 * @param type media type
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Content(byte[] bytes, long size, String type) {

    /** None. */
    static final Content NONE = new Content(new byte[0], 0, "");

    /** The beginning of a payload. */
    static Content of(Payload payload, int most) {
        String type = payload.body().contentType();
        if (!(payload.body() instanceof Body.Stored stored)) {
            byte[] bytes = payload.bytes();
            return new Content(bytes, bytes.length, type);
        }
        try (InputStream in = payload.stream()) {
            return new Content(in.readNBytes(most), stored.size(), type);
        } catch (IOException e) {
            return new Content(new byte[0], stored.size(), type);
        }
    }

    /** The same before it was compressed: in compressed content no secret could be found. */
    Content unpacked(int most) {
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(most + 1);
            return new Content(plain, plain.length, type);
        } catch (IOException e) {
            return new Content(new byte[0], size, type);
        }
    }
}
