package io.patchbay.example;

import io.patchbay.home.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SFTP server on 127.0.0.1 that stands for a warehouse: it serves one folder to one user and offers no shell, no command
 * and no forwarding. Its host key is made once and kept; the line that clients check it by is written beside it, so that host
 * key checking stays on even in the example.
 */
public final class SandboxSftp implements AutoCloseable {

    private static final String USER = "sandbox";

    private final SshServer server;

    private SandboxSftp(SshServer server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param data the runtime's data folder: gets {@code sandbox-sftp/} (the served folder), {@code sandbox-host-key} and
     *     {@code sandbox-known-hosts}
     * @throws IOException if the port is taken or the folder cannot be written
     */
    public static SandboxSftp open(ExampleProperties settings, Path data) throws IOException {
        Path root = data.resolve("sandbox-sftp").toAbsolutePath();
        Path incoming = PrivateFolder.make(root.resolve("incoming"));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(settings.sftpPort());
        SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider(data.resolve("sandbox-host-key"));
        // An elliptic key is made in milliseconds; a large RSA key takes seconds of the first start.
        hostKey.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKey.setKeySize(256);
        server.setKeyPairProvider(hostKey);
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        byte[] password = settings.sftpPassword().getBytes(StandardCharsets.UTF_8);
        server.setPasswordAuthenticator((user, sent, session) ->
                user.equals(USER) && MessageDigest.isEqual(password, sent.getBytes(StandardCharsets.UTF_8)));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new NewestFiles(incoming));
        server.setSubsystemFactories(List.of(sftp));
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, 32);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofMinutes(5));
        server.start();
        try {
            writeKnownHosts(server, hostKey, data.resolve("sandbox-known-hosts"));
        } catch (IOException | GeneralSecurityException e) {
            server.stop(true);
            throw new IOException("the host key of the sandbox SFTP server cannot be used", e);
        }
        return new SandboxSftp(server);
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static void writeKnownHosts(SshServer server, SimpleGeneratorHostKeyProvider keys, Path file)
            throws IOException, GeneralSecurityException {
        StringBuilder lines = new StringBuilder();
        for (KeyPair pair : keys.loadKeys(null)) {
            // OpenSSH writes a port other than 22 as [host]:port; sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
            String host = server.getPort() == 22 ? "127.0.0.1" : "[127.0.0.1]:" + server.getPort();
            lines.append(host)
                    .append(' ')
                    .append(PublicKeyEntry.toString(pair.getPublic()))
                    .append('\n');
        }
        Files.writeString(file, lines);
    }
}
