package io.patchbay.store;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where state is kept.
 *
 * @param url JDBC URL, {@code jdbc:postgresql:…} or {@code jdbc:h2:file:…}; the H2 file {@code data/patchbay} when null
 * @param user database user; H2's own when null
 * @param password database password, or null
 * @param connections pooled connections, from 4; each replica has its own pool
 * @param minFree free space of the data folder below which intake refuses and claiming stops; 0 switches the guard off
 */
@ConfigurationProperties("patchbay.store")
public record StoreProperties(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("12") int connections,
        @DefaultValue("256MB") DataSize minFree) {

    public StoreProperties {
        if (url != null && url.isBlank()) {
            url = null;
        }
        if (url != null && Dialect.of(url) == null) {
            throw new IllegalArgumentException(
                    "patchbay.store.url must begin with jdbc:postgresql: or jdbc:h2:, got '" + withoutQuery(url) + "'");
        }
        if (connections < 4 || connections > 200) {
            throw new IllegalArgumentException("patchbay.store.connections must be 4 to 200, got " + connections);
        }
        if (minFree.isNegative()) {
            throw new IllegalArgumentException("patchbay.store.min-free must not be negative, got " + minFree);
        }
    }

    /** The settings of an H2 file in the data folder. */
    public static StoreProperties embedded() {
        return new StoreProperties(null, null, null, 12, DataSize.ofMegabytes(256));
    }

    /** Credentials stand in the query part of some URLs. */
    private static String withoutQuery(String url) {
        return url.replaceAll("[?;].*|//[^/@]*@", "…");
    }

    @Override
    public String toString() {
        return "StoreProperties[url=" + (url == null ? "embedded" : withoutQuery(url)) + ", connections=" + connections
                + ", minFree=" + minFree + "]";
    }
}
