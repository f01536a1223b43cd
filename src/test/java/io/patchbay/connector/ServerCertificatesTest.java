package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.ServerCertificates.Seen;
import io.patchbay.store.SettableClock;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of certificates of servers. */
class ServerCertificatesTest {

    @TempDir
    static Path keys;

    private static X509Certificate certificate;

    private final SettableClock clock = new SettableClock();
    private final ServerCertificates certificates = new ServerCertificates(clock);

    @BeforeAll
    static void createCertificate() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in =
                Files.newInputStream(ServerKey.create(keys, "dns:shop.example").store())) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        certificate = (X509Certificate) store.getCertificate("server");
    }

    @Test
    void theLastOfEachServerCounts() {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        certificates.seen("a.example", 443, certificate);
        certificates.seen("b.example", 8443, certificate);
        clock.forward(Duration.ofHours(1));
        certificates.seen("a.example", 443, certificate);
        certificates.seen(null, 443, certificate);

        assertThat(certificates.all())
                .containsExactly(
                        new Seen("b.example:8443", begins, ends, clock.instant().minus(Duration.ofHours(1))),
                        new Seen("a.example", begins, ends, clock.instant()));
    }

    @Test
    void anInstanceThatCallsEverOtherHostsFillsNoMemory() {
        for (int i = 0; i < 200; i++) {
            certificates.seen("h" + i + ".example", 443, certificate);
        }

        assertThat(certificates.all()).hasSize(50).extracting(Seen::server).contains("h199.example", "h150.example");
    }
}
