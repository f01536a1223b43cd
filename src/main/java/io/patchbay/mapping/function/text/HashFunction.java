package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Digests of texts. */
final class HashFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "hash",
                            "The digest of the text, as UTF-8: SHA-256 unless `algorithm` names another. MD5 and SHA-1 prove"
                                    + " nothing any more; they are here for systems that ask for them. With a key it is `hmac`.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("hash", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                    .example("{ hash: { algorithm: md5, as: base64 } }", "abc", "kAFQmDzST7DWlj99KOF/cg=="),
            HashSettings.class,
            settings -> (value, record, scope) ->
                    Json.NODES.textNode(settings.as().of(settings.algorithm().digest(Found.text(value)))));

    /** Digests. */
    enum Algorithm {
        /** 128 bits. */
        @Key("md5")
        MD5("MD5"),
        /** 160 bits. */
        @Key("sha1")
        SHA1("SHA-1"),
        /** 256 bits. */
        @Key("sha256")
        SHA256("SHA-256"),
        /** 384 bits. */
        @Key("sha384")
        SHA384("SHA-384"),
        /** 512 bits. */
        @Key("sha512")
        SHA512("SHA-512"),
        /** 256 bits of the newer family. */
        @Key("sha3-256")
        SHA3_256("SHA3-256");

        private final String name;

        Algorithm(String name) {
            this.name = name;
        }

        /** As the JDK calls the digest with a key. */
        String withKey() {
            return "Hmac" + name.replace("SHA-", "SHA");
        }

        byte[] digest(String text) {
            try {
                return MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK since 9 has " + name, e);
            }
        }
    }

    /** How bytes are written. */
    enum Written {
        /** Two small hexadecimal digits each. */
        HEX,
        /** With = at its end. */
        BASE64,
        /** For addresses, without =. */
        BASE64_URL;

        String of(byte[] bytes) {
            return switch (this) {
                case HEX -> HexFormat.of().formatHex(bytes);
                case BASE64 -> Base64.getEncoder().encodeToString(bytes);
                case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            };
        }
    }

    /** Settings. */
    @Doc("Which digest, and how it is written")
    record HashSettings(
            @Doc("md5, sha1, sha256, sha384, sha512 or sha3-256") @Default("sha256")
            Algorithm algorithm,

            @Doc("hex, base64 or base64Url") @Default("hex") Written as) {}

    private HashFunction() {}
}
