package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SecretNames;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** Digests of texts with a key. */
record HmacFunction(HmacSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "hmac",
                            "The digest of the text, as UTF-8, with a key (HMAC, RFC 2104), for fields that prove who wrote them."
                                    + " The key is a secret, named and never written: the flow cannot read it, and a secret that is"
                                    + " not there fails the record with NO_SECRET. Which secrets maps may use is said by"
                                    + " `patchbay.secrets.in-maps`: those whose names begin with MAP_, unless told otherwise. Choose long random"
                                    + " ones: who reads a proof of a known text can try keys. Requests as a whole are signed by the `auth` of a"
                                    + " connector. A preview and a dry run take `preview` for the key; tests of flows take what stands under `secrets`, else a made-up one. A secret that is not open, or not there, is a warning when the flow is deployed; `check` knows no secrets, and says what is not open by the environment and by application.yaml in the home folder.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example(
                            "{ hmac: { secret: MAP_ERP_KEY } }",
                            "The quick brown fox jumps over the lazy dog",
                            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8")
                    .example(
                            "{ hmac: { secret: MAP_ERP_KEY, algorithm: md5, as: base64 } }",
                            "The quick brown fox jumps over the lazy dog",
                            "gAcHE0Y+d0m5DC3CSRHidQ=="),
            HmacSettings.class,
            HmacFunction::new);

    /** Settings. */
    @Doc("Which key and digest, and how it is written")
    record HmacSettings(
            @Doc("Name of the secret that is the key, like MAP_ERP_KEY")
            String secret,

            @Doc("md5, sha1, sha256, sha384, sha512 or sha3-256") @Default("sha256")
            HashFunction.Algorithm algorithm,

            @Doc("hex, base64 or base64Url") @Default("hex") HashFunction.Written as) {

        HmacSettings {
            if (!SecretNames.plain(secret) && !SecretNames.inVault(secret)) {
                throw new IllegalArgumentException(
                        "'secret' is the name of a secret alone, like MAP_ERP_KEY, and no placeholder,"
                                + " or a place in a vault, like hashicorp:secret/shop#key; vaults are "
                                + String.join(", ", new TreeSet<>(SecretNames.VAULTS)));
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        return Json.NODES.textNode(settings.as()
                .of(scope.proof(
                        settings.secret(),
                        settings.algorithm().withKey(),
                        Found.text(value).getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public String secret() {
        return settings.secret();
    }
}
