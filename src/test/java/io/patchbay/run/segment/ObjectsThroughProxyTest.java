package io.patchbay.run.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.sandbox.SandboxProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A real store of objects by TLS behind a real proxy that wants a login and passes connections on. */
class ObjectsThroughProxyTest {

    private static final String BUCKET = "captures";
    private static final String HOST = "objects.test";

    @TempDir
    private Path home;

    private final SandboxProxy proxy = new SandboxProxy().wants("ada", "pr0xy-password");
    private BlobStoreContext blobs;
    private S3Proxy store;

    @BeforeEach
    void open() throws Exception {
        proxy.authority().write(home.resolve("ca.pem"));
        Path keys = proxy.authority().keys(home.resolve("store.p12"), HOST, "changeit");
        blobs = ContextBuilder.newBuilder("transient").credentials("any", "any").build(BlobStoreContext.class);
        blobs.getBlobStore().createContainerInLocation(null, BUCKET);
        store = S3Proxy.builder()
                .blobStore(blobs.getBlobStore())
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(keys.toString(), "changeit")
                .awsAuthentication(AuthenticationType.AWS_V4, "access", "very-secret-key-of-the-store")
                .build();
        store.start();
        proxy.passes(HOST, store.getSecurePort());
    }

    @AfterEach
    void close() throws Exception {
        store.stop();
        blobs.close();
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    private S3Objects objects(String password) {
        ObjectsProperties settings = new ObjectsProperties(
                BUCKET,
                URI.create("https://" + HOST),
                "us-east-1",
                "of-test/",
                "a",
                "b",
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(5));
        Outbound way = Outbound.of(
                new OutboundProperties(new ProxyProperties(proxy.address(), "ada", password, List.of()), "ca.pem"),
                home);
        return new S3Objects(settings, BUCKET, new S3Objects.Keys("access", "very-secret-key-of-the-store"), way);
    }

    @Test
    void segmentsAreBroughtReadInPartsAndDeletedThroughATunnel() throws Exception {
        Path segment = Files.writeString(home.resolve("one.segment"), "0123456789".repeat(100_000));
        try (S3Objects objects = objects("pr0xy-password")) {
            assertThat(objects.refusal()).isEmpty();

            objects.put("one.segment", segment);
            for (int at = 0; at < 20; at++) {
                assertThat(new String(objects.get("one.segment", 10L * at + 3, 4), StandardCharsets.US_ASCII))
                        .isEqualTo("3456");
            }
            assertThat(blobs.getBlobStore().blobExists(BUCKET, "of-test/one.segment"))
                    .isTrue();
            objects.delete("one.segment");

            assertThat(blobs.getBlobStore().blobExists(BUCKET, "of-test/one.segment"))
                    .isFalse();
            assertThatThrownBy(() -> objects.get("one.segment", 0, 4)).hasMessageContaining("answered 404 (NoSuchKey)");
        }
        assertThat(proxy.asked())
                .as("connections are kept")
                .hasSizeLessThan(5)
                .allSatisfy(
                        one -> assertThat(one.call().method() + one.status()).isEqualTo("CONNECT200"));
    }

    @Test
    void aLoginThatTheProxyDoesNotTakeIsToldAtTheStart() throws Exception {
        try (S3Objects objects = objects("wr0ng-password")) {
            assertThat(objects.refusal())
                    .contains("the store of objects cannot be asked: ", "answered 407", "patchbay.http.proxy.user")
                    .doesNotContain("wr0ng");
            assertThatThrownBy(() -> objects.get("one.segment", 0, 4))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("patchbay.http.proxy.user");
        }
    }

    @Test
    void aProxyThatIsAwayIsWaitedFor() throws Exception {
        proxy.close();

        try (S3Objects objects = objects("pr0xy-password")) {
            assertThat(objects.refusal()).isEmpty();
            assertThatThrownBy(() -> objects.get("one.segment", 0, 4))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the proxy takes no connection");
        }
    }
}
