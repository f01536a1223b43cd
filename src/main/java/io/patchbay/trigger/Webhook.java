package io.patchbay.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every request that another system sends to {@code /hooks/PATH}. The answer is given when the start is on
 * disk, before the run. A body beats query parameters; without a body the parameters become a JSON object.
 *
 * @param path behind {@code /hooks/}
 * @param methods the methods that are answered
 * @param auth who may call; or
 * @param verify how a delivery is signed
 * @param dedupe how a delivery is known that comes again; each starts a run when null
 * @param maxBody largest body in bytes
 * @param headers request headers kept as metadata {@code header.NAME}
 * @param query query parameters kept as metadata {@code query.NAME}
 * @param answer what the caller gets in place of 202 and the run's id
 */
@Doc("Starts a run for every request to /hooks/PATH; the answer comes when the start is on disk, before the run.")
public record Webhook(
        @Doc("Behind /hooks/.") HookPath path,

        @Doc("The methods that are answered. GET only where nothing but the sender follows links.") @Default("[POST]")
        List<Callback.Method> methods,

        @Doc("Who may call; 'none' for everybody.") @Nullable
        Access auth,

        @Doc("How a delivery is signed.") @Nullable Access verify,

        @Doc("How a delivery is known that its sender repeats; without it each starts a run.") @Nullable
        Dedupe dedupe,

        @Doc("Largest body; a larger one is answered 413.") @Default("10MB")
        DataSize maxBody,

        @Doc("Request headers kept as metadata 'header.NAME'.") @Default("[]")
        List<HeaderName> headers,

        @Doc("Query parameters kept as metadata 'query.NAME'.") @Default("[]")
        List<String> query,

        @Doc("What the caller gets in place of 202 and the run's id.") @Nullable
        Reply answer)
        implements Trigger {

    /**
     * A fixed answer.
     *
     * @param status 200 to 299
     * @param body text as it is, anything else as JSON; nothing when null
     * @param contentType the body's; by the kind of body when null
     */
    public record Reply(
            @Doc("From 200 to 299.") @Default("200") @Range(min = 200, max = 299)
            int status,

            @Doc("Text as it is, anything else as JSON.") @Nullable
            JsonNode body,

            @Doc("The body's media type; by the kind of body when not given.") @Nullable
            String contentType) {
        public Reply {
            if (contentType != null
                    && !contentType.matches(
                            "[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(; ?charset=[A-Za-z0-9_-]+)?")) {
                throw new IllegalArgumentException("'" + contentType + "' is not a media type like text/plain");
            }
        }
    }

    /** What is read into memory as a whole is no larger. */
    private static final DataSize MOST_IN_MEMORY = DataSize.ofMegabytes(16);

    public Webhook {
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        Kept.check(headers, query, Kept.access("webhook", auth, verify));
        if (!path.variables().isEmpty()) {
            throw new IllegalArgumentException("path '" + path + "': variables are for callbacks");
        }
        if (maxBody.isNegative() || maxBody.toBytes() > DataSize.ofGigabytes(10).toBytes()) {
            throw new IllegalArgumentException("'maxBody' must be from 0B to 10GB");
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("'methods' needs at least one of GET, POST");
        }
        boolean whole = verify instanceof Access.Ed25519 || (dedupe != null && dedupe.readsBody());
        if (whole && maxBody.compareTo(MOST_IN_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    "'maxBody' must be at most 16MB here: the signature or the event's key needs the"
                            + " whole body in memory");
        }
    }

    /** Who may call. */
    public Access access() {
        return Kept.access("webhook", auth, verify);
    }

    /** How a repeated delivery is known; Standard Webhooks have an id of their own. Null where deliveries are not compared. */
    public @Nullable Dedupe repeats() {
        return dedupe == null && verify instanceof Access.StandardWebhooks signed
                ? new Dedupe(EventKey.header(signed.idHeader()), Dedupe.DAYS)
                : dedupe;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Optional<String> key() {
        return Optional.of("webhook " + path);
    }
}
