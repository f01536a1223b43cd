package io.patchbay.ops;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings that belong to the whole program.
 *
 * @param home folder with {@code routes connectors blueprints drivers data}; the working folder unless told. {@code --home=DIR} and
 *     {@code PATCHBAY_HOME} set it too
 * @param adminToken token of the first administrator, best given as {@code PATCHBAY_ADMIN_TOKEN}; without it the first
 *     start makes one
 * @param publicUrl address under which browsers reach the management listener, like {@code https://patchbay.example.com};
 *     systems that ask a person for consent and an OpenID provider lead back to it, and systems that send events send them to {@code /events/} below
 *     it, which what stands in front leads to the intake. Without it {@code http://localhost} and the listener's port
 * @param key encrypts what is kept at rest, best given as {@code PATCHBAY_KEY}: 32 bytes in base 64, or several such keys
 *     separated by commas, of which the first encrypts and all decrypt; without it the first start makes {@code data/key}
 */
@ConfigurationProperties("patchbay")
public record PatchbayProperties(
        @DefaultValue(".") String home,
        @Nullable String adminToken,
        @Nullable String key,
        @Nullable String publicUrl) {

    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?");

    /** @throws IllegalArgumentException if the address is none */
    public PatchbayProperties {
        if (publicUrl != null && !ADDRESS.matcher(publicUrl).matches()) {
            throw new IllegalArgumentException("patchbay.public-url '" + publicUrl
                    + "' is no address of a program, like https://patchbay.example.com");
        }
    }

    /** Without token and key: settings end up in logs. */
    @Override
    public String toString() {
        return "PatchbayProperties[home=" + home + ", adminToken=" + (adminToken == null ? "none" : "***") + ", key="
                + (key == null ? "none" : "***") + ", publicUrl=" + publicUrl + "]";
    }
}
