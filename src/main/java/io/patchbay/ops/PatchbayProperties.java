package io.patchbay.ops;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings that belong to the whole program.
 *
 * @param home folder with {@code routes connectors blueprints data}; the working folder unless told. {@code --home=DIR} and
 *     {@code PATCHBAY_HOME} set it too
 * @param adminToken token of the first administrator, best given as {@code PATCHBAY_ADMIN_TOKEN}; without it the first
 *     start makes one
 * @param key encrypts what is kept at rest, best given as {@code PATCHBAY_KEY}: 32 bytes in base 64, or several such keys
 *     separated by commas, of which the first encrypts and all decrypt; without it the first start makes {@code data/key}
 */
@ConfigurationProperties("patchbay")
public record PatchbayProperties(
        @DefaultValue(".") String home,
        @Nullable String adminToken,
        @Nullable String key) {

    /** Without token and key: settings end up in logs. */
    @Override
    public String toString() {
        return "PatchbayProperties[home=" + home + ", adminToken=" + (adminToken == null ? "none" : "***") + ", key="
                + (key == null ? "none" : "***") + "]";
    }
}
