package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Digests of texts with a key. */
final class HmacFunction {

    /** What a secret can be called: a name, or a place in a vault. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,199}|[a-z]+:[^{}\\s]{1,500}");

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "hmac",
                            "The digest of the text, as UTF-8, with a key (HMAC, RFC 2104), for fields that prove who wrote them."
                                    + " The key is a secret, named and never written: the flow cannot read it, and a secret that is"
                                    + " not there fails the record with NO_SECRET. Requests as a whole are signed by the `auth` of a"
                                    + " connector. A preview has no secrets and takes `preview` for the key; in tests of flows they stand under `secrets`.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example(
                            "{ hmac: { secret: ERP_KEY } }",
                            "The quick brown fox jumps over the lazy dog",
                            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8")
                    .example(
                            "{ hmac: { secret: ERP_KEY, algorithm: md5, as: base64 } }",
                            "The quick brown fox jumps over the lazy dog",
                            "gAcHE0Y+d0m5DC3CSRHidQ=="),
            HmacSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(settings.as()
                    .of(scope.proof(
                            settings.secret(),
                            settings.algorithm().withKey(),
                            Found.text(value).getBytes(StandardCharsets.UTF_8)))));

    /** Settings. */
    @Doc("Which key and digest, and how it is written")
    record HmacSettings(
            @Doc("Name of the secret that is the key, like ERP_KEY")
            String secret,

            @Doc("md5, sha1, sha256, sha384, sha512 or sha3-256") @Default("sha256")
            HashFunction.Algorithm algorithm,

            @Doc("hex, base64 or base64Url") @Default("hex") HashFunction.Written as) {

        HmacSettings {
            if (!NAME.matcher(secret).matches()) {
                throw new IllegalArgumentException(
                        "'secret' is the name of a secret alone, like ERP_KEY, and no placeholder");
            }
        }
    }

    private HmacFunction() {}
}
