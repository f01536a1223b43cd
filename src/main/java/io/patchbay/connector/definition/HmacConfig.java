package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recipe of a signature over parts of the request (RFC 2104). */
@Doc("The recipe of a signature over parts of the request")
public record HmacConfig(
        @Doc("The shared secret") Text key,

        @Doc("How the shared secret is written") @Default("text")
        KeyEncoding keyEncoding,

        @Doc("The hash") @Default("sha256") Digest digest,

        @Doc("How the signature is written") @Default("hex") Encoding encoding,

        @Doc(
                "What is signed, in this order: words (method, host, path, query, sortedQuery, url, body, timestamp, nonce),"
                        + " texts with placeholders, and { text }, { sortedQuery }, { header }, { bodyHash }")
        List<HmacPart> parts,

        @Doc("What stands between the parts") @Default("''") String separator,

        @Doc("The time of signing: how it is written and where it is sent") @Nullable
        TimestampConfig timestamp,

        @Doc("A value that is used once: where it is sent") @Nullable
        NonceConfig nonce,

        @Doc("Where the signature goes; its format may hold ${signature}, ${timestamp}, ${nonce} and settings")
        InjectConfig into) {

    /** Ways to write a key. */
    public enum KeyEncoding {
        /** Its UTF-8 bytes. */
        TEXT,
        /** Hexadecimal. */
        HEX,
        /** RFC 4648 section 4. */
        BASE64
    }

    /** Hash functions. */
    public enum Digest {
        /** SHA-1. */
        SHA1("SHA-1", "HmacSHA1"),
        /** SHA-256. */
        SHA256("SHA-256", "HmacSHA256"),
        /** SHA-512. */
        SHA512("SHA-512", "HmacSHA512");

        private final String digest;
        private final String mac;

        Digest(String digest, String mac) {
            this.digest = digest;
            this.mac = mac;
        }

        /** What Java calls the hash. */
        public String digest() {
            return digest;
        }

        /** What Java calls the keyed hash. */
        public String mac() {
            return mac;
        }
    }

    /** Ways to write bytes. */
    public enum Encoding {
        /** Hexadecimal in lower case. */
        HEX,
        /** Hexadecimal in upper case. */
        HEX_UPPER,
        /** RFC 4648 section 4. */
        BASE64,
        /** RFC 4648 section 5, without padding. */
        BASE64_URL
    }

    /** Parts of a request that take the time or the value that is used once. */
    public enum Stamped {
        /** A header. */
        HEADER(InjectConfig.Into.HEADER),
        /** A query parameter. */
        QUERY(InjectConfig.Into.QUERY);

        private final InjectConfig.Into part;

        Stamped(InjectConfig.Into part) {
            this.part = part;
        }

        /** The same among all parts of a request. */
        public InjectConfig.Into part() {
            return part;
        }
    }

    /** The time of signing. */
    @Doc("The time of signing")
    public record TimestampConfig(
            @Doc("How it is written") @Default("epochS") Format format,

            @Doc("The part of the request") @Default("header")
            Stamped into,

            @Doc(
                    "Name of the header or query parameter; without it the time is sent only where 'format' of 'into' holds it")
            @Nullable
            String name) {

        /** Ways to write a time. */
        public enum Format {
            /** Seconds since 1970. */
            EPOCH_S,
            /** Milliseconds since 1970. */
            EPOCH_MS,
            /** Like 2026-03-01T10:00:00Z. */
            ISO8601,
            /** Like Sun, 01 Mar 2026 10:00:00 GMT (RFC 9110 section 5.6.7). */
            HTTP_DATE
        }
    }

    /** A value that is used once. */
    @Doc("A value that is used once: 32 hexadecimal digits")
    public record NonceConfig(
            @Doc("The part of the request") @Default("header")
            Stamped into,

            @Doc(
                    "Name of the header or query parameter; without it the value is sent only where 'format' of 'into' holds it")
            @Nullable
            String name) {}
}
