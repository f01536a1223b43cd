package io.patchbay.connector.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server (Apache MINA SSHD) on loopback. */
public final class Sftp implements AutoCloseable {

    final KeyPair userKey;
    final AtomicInteger logins = new AtomicInteger();
    private final Path root;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();

    public Sftp(Path root) throws Exception {
        this.root = root;
        Files.createDirectories(root);
        userKey = newKey();
        passwords.add("correct horse");
        server.setHost("127.0.0.1");
        useKey(newKey());
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setPasswordAuthenticator((user, password, session) -> {
            logins.incrementAndGet();
            return user.equals("ada") && passwords.contains(password);
        });
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("ada") && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.start();
    }

    static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** Answers with evil names in place of those of the folder. */
    public void subsystem(SftpSubsystemFactory factory) {
        server.setSubsystemFactories(List.of(factory));
    }

    void useKey(KeyPair key) {
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
    }

    public int port() {
        return server.getPort();
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    public void writeKnownHosts(Path file) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (KeyPair pair : server.getKeyPairProvider().loadKeys(null)) {
            lines.append("[127.0.0.1]:").append(port()).append(' ').append(PublicKeyEntry.toString(pair.getPublic()));
            lines.append('\n');
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
