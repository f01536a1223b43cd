package io.patchbay.connector.limit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Instance;
import io.patchbay.connector.definition.SettingsConfig;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which instances prove themselves by the same secrets. */
final class Credentials {

    private Credentials() {}

    /**
     * The same for instances whose secret settings are the same, else hardly ever. 16 bits of a digest, so that it says next
     * to nothing of the secrets; two that fall together share a budget, which is slower and never too fast.
     */
    static String digest(Instance instance, ObjectNode values) {
        SettingsConfig settings = instance.connector().config().settings();
        ObjectNode secrets = Json.NODES.objectNode();
        settings.secrets().stream().sorted().forEach(name -> secrets.set(name, values.path(name)));
        if (secrets.isEmpty()) {
            return "name:" + instance.name();
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(secrets.toString().getBytes(StandardCharsets.UTF_8));
            return Integer.toHexString(((digest[0] & 0xff) << 8) | (digest[1] & 0xff));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
