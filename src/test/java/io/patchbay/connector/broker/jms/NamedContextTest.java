package io.patchbay.connector.broker.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.ServerKey;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate must be for the name that the instance has, whatever is connected to. */
class NamedContextTest {

    @TempDir
    Path folder;

    private SSLContext both() throws Exception {
        ServerKey key = ServerKey.create(folder, "dns:broker.example.com");
        KeyStore own = store(key.store());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, ServerKey.PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store(key.trusted()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        return store;
    }

    /** Shakes hands with a server on this machine whose certificate is for broker.example.com. */
    private static void shakeHands(SSLContext context, String name) throws Exception {
        SSLContext named = new NamedContext(context, name);
        ExecutorService serving = Executors.newSingleThreadExecutor();
        try (SSLServerSocket server = (SSLServerSocket)
                named.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> served = serving.submit(() -> {
                try (SSLSocket one = (SSLSocket) server.accept()) {
                    one.startHandshake();
                    return one.getInputStream().read();
                }
            });
            try (Socket plain = new Socket(server.getInetAddress(), server.getLocalPort());
                    SSLSocket layered = (SSLSocket)
                            named.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
                layered.startHandshake();
                layered.getOutputStream().write(1);
            }
            assertThat(served.get()).isEqualTo(1);
        } finally {
            serving.shutdownNow();
        }
    }

    @Test
    void socketsTakeACertificateForTheNameAndNoOther() throws Exception {
        SSLContext context = both();

        shakeHands(context, "broker.example.com");

        assertThatThrownBy(() -> shakeHands(context, "another.example.com"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("another.example.com");
    }

    @Test
    void enginesAreForTheNameToo() throws Exception {
        assertThat(new NamedContext(both(), "broker.example.com")
                        .createSSLEngine("10.0.0.1", 5671)
                        .getPeerHost())
                .isEqualTo("broker.example.com");
    }
}
