package io.patchbay.run.segment;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A store of objects, S3 or one that speaks like it, for segments of captured payloads.
 *
 * @param bucket name of the bucket; without it segments stay in the data folder or the database
 * @param endpoint address of a store that is not Amazon's, like `https://minio.example.com`
 * @param region region of the bucket
 * @param prefix stands before the names of objects
 * @param accessKey name of the secret that holds the id of the key; without it what the environment or the machine's role says
 * @param secretKey name of the secret that holds the key
 * @param buffer most bytes of segments that wait in the data folder while the store is away; then the oldest are given up
 * @param timeout how long one try of a call may take, 1s to 5m
 */
@ConfigurationProperties("patchbay.history.objects")
public record ObjectsProperties(
        @Nullable String bucket,
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("patchbay/") String prefix,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("1GB") DataSize buffer,
        @DefaultValue("20s") Duration timeout) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    public ObjectsProperties {
        bucket = bucket == null || bucket.isBlank() ? null : bucket;
        require(
                bucket == null || bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                "bucket",
                "3 to 63 small letters, digits, dots and hyphens",
                String.valueOf(bucket));
        require(
                endpoint == null
                        || (("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                                && endpoint.getHost() != null
                                && endpoint.getUserInfo() == null),
                "endpoint",
                "an address like https://minio.example.com, without a user",
                "another one");
        require(
                prefix.matches("([A-Za-z0-9._-]+/)*") && prefix.length() <= 200,
                "prefix",
                "names that end in a slash, like 'patchbay/', or empty",
                "'" + prefix + "'");
        require(
                (accessKey == null) == (secretKey == null),
                "access-key",
                "given together with secret-key",
                "one of the two");
        require(!buffer.isNegative(), "buffer", "0 or more", buffer.toString());
        require(timeout.toSeconds() >= 1 && timeout.compareTo(LONGEST) <= 0, "timeout", "1s to 5m", timeout.toString());
    }

    private static void require(boolean fine, String name, String expected, String got) {
        if (!fine) {
            throw new IllegalArgumentException(
                    "patchbay.history.objects." + name + " must be " + expected + ", got " + got);
        }
    }
}
