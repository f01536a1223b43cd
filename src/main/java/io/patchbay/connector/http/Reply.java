package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.ErrorRules.Answered;
import io.patchbay.connector.HeaderNames;
import io.patchbay.connector.auth.Sessions.Opened;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was read.
 *
 * @param status HTTP status
 * @param headers as they came
 * @param body what it holds, of the declared form; the excerpt of an answer that is no success
 * @param received bytes of the body, after decompression
 * @param wrong records that could not be read and are left out of the body
 */
record Reply(int status, List<Header> headers, Body body, long received, List<WrongRecords.One> wrong)
        implements Answered, Opened {

    private static final int MOST_TEXT = 64 * 1024;
    private static final int MOST_SHOWN = 200;

    Reply(int status, List<Header> headers, Body body, long received) {
        this(status, headers, body, received, List.of());
    }

    boolean success() {
        return status >= 200 && status < 300;
    }

    @Override
    public @Nullable String header(String name) {
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    /** A header that tells of limits; those that are lists are one over all their lines (RFC 9110, section 5.3). */
    @Nullable
    String limit(String name) {
        if (!name.equalsIgnoreCase("RateLimit") && !name.equalsIgnoreCase("RateLimit-Policy")) {
            return header(name);
        }
        List<String> lines = headersOf(name);
        return lines.isEmpty() ? null : String.join(", ", lines);
    }

    @Override
    public List<String> headersOf(String name) {
        List<String> values = new ArrayList<>();
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase(name)) {
                values.add(header.getValue());
            }
        }
        return values;
    }

    /** Headers that code of an author may see, by name in lower case; several of one name as one list (RFC 9110, 5.3). */
    Map<String, String> shownHeaders() {
        Map<String, String> shown = new HashMap<>();
        for (Header header : headers) {
            String name = header.getName();
            if (HeaderNames.shown(name) && shown.size() < MOST_SHOWN) {
                shown.merge(
                        name.toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(header.getValue(), ""),
                        (one, other) -> one + ", " + other);
            }
        }
        return shown;
    }

    @Override
    public String text() {
        if (body instanceof Body.Bytes raw) {
            return new String(raw.bytes(), 0, Math.min(raw.bytes().length, MOST_TEXT), StandardCharsets.UTF_8);
        }
        return body instanceof Body.Tree json ? json.tree().toString() : "";
    }

    /** Whether an error says in XML what is wrong. */
    boolean isXml() {
        String type = header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).matches("[a-z]+/([a-z0-9.-]+\\+)?xml\\b.*");
    }

    @Override
    public JsonNode tree() {
        if (body instanceof Body.Tree json) {
            return json.tree();
        }
        if (body instanceof Body.Bytes raw) {
            if (isXml()) {
                try {
                    return Xml.read(new ByteArrayInputStream(raw.bytes()), null);
                } catch (XMLStreamException e) {
                    return MissingNode.getInstance();
                }
            }
            try {
                return Json.LAST.readTree(raw.bytes()); // a rule that looks at it has no other answer to look at
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
        return MissingNode.getInstance();
    }
}
