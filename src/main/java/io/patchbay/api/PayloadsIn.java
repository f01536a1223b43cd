package io.patchbay.api;

import io.patchbay.payload.Body;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Takes the body of a request as a payload, of any media type. */
@Component
final class PayloadsIn {

    private final Bodies bodies;
    private final ApiProperties settings;

    PayloadsIn(Bodies bodies, ApiProperties settings) {
        this.bodies = bodies;
        this.settings = settings;
    }

    /** The body; no body is an empty payload. @throws BodyTooLargeException when there is more than is taken */
    Body of(HttpServletRequest request) throws IOException {
        long most = settings.maxBody().toBytes();
        if (request.getContentLengthLong() > most) {
            throw new BodyTooLargeException(most);
        }
        Body body = bodies.keep(new EndingStream(request.getInputStream()), contentType(request), most);
        return body instanceof Body.Bytes bytes && bytes.bytes().length == 0 ? Body.EMPTY : body;
    }

    /** Deletes what nobody came to own. */
    void discard(Body body) {
        bodies.discard(body);
    }

    private static String contentType(HttpServletRequest request) {
        String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return given == null
                    ? MediaType.APPLICATION_OCTET_STREAM_VALUE
                    : MediaType.parseMediaType(given).toString();
        } catch (InvalidMediaTypeException e) {
            throw Refusal.badRequest("Content-Type " + Refusal.quoted(given) + " is not a media type.");
        }
    }
}
