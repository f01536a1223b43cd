package io.patchbay.example;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the example's systems listen, always on 127.0.0.1, and what they accept. Nothing here is secret.
 *
 * @param shopPort port of the sandbox shop; 0 takes any free one
 * @param shopToken what callers of the shop send as {@code X-Shopify-Access-Token}
 * @param requestsPerSecond calls that the shop answers in a second, at least 1; above it answers 429
 * @param sftpPort port of the SFTP server; 0 takes any free one
 * @param sftpPassword password of its only user, {@code sandbox}
 */
@ConfigurationProperties("patchbay.example")
public record ExampleProperties(
        @DefaultValue("8099") int shopPort,
        @DefaultValue("public-token-of-the-shop") String shopToken,
        @DefaultValue("20") int requestsPerSecond,
        @DefaultValue("8022") int sftpPort,
        @DefaultValue("public-password") String sftpPassword) {

    public ExampleProperties {
        requirePort("shop-port", shopPort);
        requirePort("sftp-port", sftpPort);
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "patchbay.example.requests-per-second must be at least 1, got " + requestsPerSecond);
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("patchbay.example." + name + " must be a port, got " + port);
        }
    }
}
