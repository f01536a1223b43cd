package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.ReadBy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a caller shows that it may start the flow. Callers never hold the operator's token. */
@ReadBy(AccessReader.class)
public sealed interface Access {

    /** Anybody may; has to be said in the file. */
    record Open() implements Access {}

    /** User and password as in RFC 7617. */
    @Doc("User and password (HTTP Basic).")
    record Basic(
            @Doc("User name.") String user,
            @Doc("Password, by reference.") SecretRef password) implements Access {
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("user must not be empty or hold a colon");
            }
        }
    }

    /** A fixed token in a header. */
    @Doc("A fixed token in a header.")
    record Token(
            @Doc("The header that carries the token.") @Default("Authorization")
            HeaderName header,

            @Doc("What stands before the token in the header; 'Bearer ' in Authorization when not given.") @Nullable
            String prefix,

            @Doc("The token, by reference.") SecretRef secret)
            implements Access {
        /** What stands before the token. */
        public String before() {
            return prefix != null ? prefix : header.is("Authorization") ? "Bearer " : "";
        }
    }

    /** HMAC-SHA256 (RFC 2104) over the body as it was sent. */
    @Doc("A signature over the raw body.")
    record HmacSha256(
            @Doc("The header that carries the signature.") HeaderName header,

            @Doc("How the signature is written.") @Default("hex")
            Encoding encoding,

            @Doc("What stands before the signature in the header, like 'sha256='.") @Default("''")
            String prefix,

            @Doc("What is signed: the raw body, or timestamp, dot, raw body.") @Default("rawBody")
            Signed payload,

            @Doc("The header with the time of sending in seconds since 1970; needed for timestampDotBody.") @Nullable
            HeaderName timestampHeader,

            @Doc("How far the time of sending may be off; older deliveries are refused.") @Default("5m")
            Duration tolerance,

            @Doc("The key, by reference.") SecretRef secret)
            implements Access {
        public HmacSha256 {
            if ((payload == Signed.TIMESTAMP_DOT_BODY) != (timestampHeader != null)) {
                throw new IllegalArgumentException(
                        "'payload: timestampDotBody' and 'timestampHeader' go together; one is there without the other");
            }
        }
    }

    /** How a signature is written. */
    enum Encoding {
        /** Base 16, either case. */
        HEX,
        /** RFC 4648 section 4. */
        BASE64
    }

    /** What a signature covers. */
    enum Signed {
        /** The body, byte by byte. */
        RAW_BODY,
        /** The text of the timestamp header, a dot, and the body: an old delivery cannot be sent again. */
        TIMESTAMP_DOT_BODY
    }
}
