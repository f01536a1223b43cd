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
 */
@ConfigurationProperties("patchbay")
public record PatchbayProperties(
        @DefaultValue(".") String home, @Nullable String adminToken) {

    /** Without the token: settings end up in logs. */
    @Override
    public String toString() {
        return "PatchbayProperties[home=" + home + ", adminToken=" + (adminToken == null ? "none" : "***") + "]";
    }
}
