package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every request of a known caller to {@code /inbound/NAME}. Callers get a token for their client id and
 * secret; the answer comes when the start is on disk, before the run.
 *
 * @param name behind {@code /inbound/}
 * @param callers who may call; every caller when empty
 * @param envelope whether the payload is wrapped
 * @param maxBody largest body in bytes
 * @param headers request headers kept as metadata {@code header.NAME}
 * @param schema what the payload has to look like, or null
 * @param refuse what is refused when something does not fit the schema
 */
@Doc("Starts a run for every request of a known caller to /inbound/NAME; the answer comes when the start is on disk.")
public record Inbound(
        @Doc("Behind /inbound/: one segment, not 'token'.") HookPath name,

        @Doc("Names of the callers that may call; all of them when not given.") @Default("[]")
        List<String> callers,

        @Doc(
                "'payload' takes a JSON object {\"payload\": \"text\"}, whose text is the payload; 'none' takes the body as it is.")
        @Default("none")
        Envelope envelope,

        @Doc("Largest body, up to 16MB; a larger one is answered 413.") @Default("8MB")
        DataSize maxBody,

        @Doc("Request headers kept as metadata 'header.NAME'.") @Default("[]")
        List<HeaderName> headers,

        @Doc("JSON Schema (2020-12) of the payload; what does not fit is answered 422 with each violation.") @Nullable
        BodySchema schema,

        @Doc(
                "What is refused where 'schema' does not fit: 'body', all of it; or 'records', those of a list that do not fit it, while a run begins with the others.")
        @Default("body")
        Refuse refuse)
        implements Trigger {

    /** How a payload is wrapped. */
    public enum Envelope {
        /** It is the body. */
        NONE,
        /** It is the text under the key {@code payload} of a JSON object. */
        PAYLOAD
    }

    /** What is refused when something does not fit the schema. */
    public enum Refuse {
        /** The whole body. */
        BODY,
        /** The records that do not fit; the schema is that of a record. */
        RECORDS
    }

    public Inbound {
        if (refuse == Refuse.RECORDS && schema == null) {
            throw new IllegalArgumentException("'refuse: records' needs a 'schema' that tells which");
        }
        callers = List.copyOf(callers);
        headers = List.copyOf(headers);
        Kept.check(headers, List.of(), new Access.Open());
        if (name.segments().size() != 1
                || !name.variables().isEmpty()
                || name.text().equals("token")) {
            throw new IllegalArgumentException("name '" + name + "' must be one segment, and not 'token'");
        }
        if (maxBody.toBytes() < 1
                || maxBody.toBytes() > DataSize.ofMegabytes(16).toBytes()) {
            throw new IllegalArgumentException("'maxBody' of inbound must be from 1B to 16MB: it is held in memory");
        }
    }

    @Override
    public String kind() {
        return "inbound";
    }

    @Override
    public Optional<String> key() {
        return Optional.of("inbound " + name);
    }
}
