package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.Content.MultipartContent;
import io.patchbay.connector.WholeText;
import io.patchbay.expression.Template;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.entity.mime.ByteArrayBody;
import org.apache.hc.client5.http.entity.mime.ContentBody;
import org.apache.hc.client5.http.entity.mime.FileBody;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.client5.http.entity.mime.StringBody;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Bodies of several parts (RFC 7578); a part that is a file is sent from the disk. */
final class Multipart {

    /** Without a character set, of which RFC 7578 knows none; the library's own constant names one. */
    private static final ContentType FORM = ContentType.create("multipart/form-data");

    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
    private static final ContentType JSON = ContentType.create("application/json");

    /** What a name of a file may not be: it would be a path there, or end the header that it stands in. */
    private static final Pattern NO_FILENAME =
            Pattern.compile("\\.{1,2}|.*[\\p{Cntrl}\"/\\\\].*|.{201,}|", Pattern.DOTALL);

    private Multipart() {}

    /** A part for each record. */
    static HttpEntity records(String name, List<JsonNode> records) {
        MultipartEntityBuilder builder = builder();
        for (JsonNode record : records) {
            builder.addPart(name, new ByteArrayBody(RequestBody.bytes(record), JSON, null));
        }
        return builder.build();
    }

    /** The parts of a template. @throws StepException when the name of a file is none */
    static HttpEntity of(MultipartContent content, CallScope scope) throws StepException {
        MultipartEntityBuilder builder = builder();
        for (MultipartContent.Field field : content.fields()) {
            builder.addPart(field.name(), part(field, scope));
        }
        return builder.build();
    }

    private static MultipartEntityBuilder builder() {
        return MultipartEntityBuilder.create()
                .setContentType(FORM)
                .setMode(HttpMultipartMode.EXTENDED)
                .setCharset(StandardCharsets.UTF_8);
    }

    private static ContentBody part(MultipartContent.Field field, CallScope scope) throws StepException {
        String filename = filename(field.filename(), scope);
        ContentType type = field.contentType() == null ? null : ContentType.parse(field.contentType());
        if (field.tree() != null) {
            byte[] json = RequestBody.bytes(field.tree().value(scope));
            return new ByteArrayBody(json, type == null ? JSON : type, filename);
        }
        if (field.text() == null) {
            return payload(scope.payload(), type, filename);
        }
        String text = field.text().text(scope);
        ContentType own = type == null ? TEXT : type;
        return filename == null ? new StringBody(text, own) : new ByteArrayBody(WholeText.utf8(text), own, filename);
    }

    private static ContentBody payload(Payload payload, @Nullable ContentType type, @Nullable String filename) {
        Body body = payload.body();
        ContentType own = type == null ? RequestBody.type(body) : type;
        return body instanceof Body.Stored stored
                ? new FileBody(stored.file().toFile(), own, filename == null ? "content" : filename)
                : new ByteArrayBody(payload.bytes(), own, filename);
    }

    private static @Nullable String filename(@Nullable Template template, CallScope scope) throws StepException {
        String name = template == null ? null : template.text(scope);
        if (name != null && NO_FILENAME.matcher(name).matches()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_FILENAME",
                    "a file of a multipart body cannot have this name: it holds a slash, quote or line end, or is too long");
        }
        return name;
    }
}
