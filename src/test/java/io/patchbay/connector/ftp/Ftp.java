package io.patchbay.connector.ftp;

import io.patchbay.connector.ServerKey;
import io.patchbay.connector.camel.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** A real FTP server (Apache FtpServer) on loopback. */
public final class Ftp implements AutoCloseable {

    /** What clients sent, passwords left out. */
    final Queue<String> commands = new ConcurrentLinkedQueue<>();

    private final Path root;
    private final FtpServer server;
    private final org.apache.ftpserver.listener.Listener listener;

    /** A server without TLS. */
    public Ftp(Path root) throws Exception {
        this(root, null, false);
    }

    /** A server with TLS, if it has a key. */
    Ftp(Path root, ServerKey key, boolean implicit) throws Exception {
        this.root = root;
        Files.createDirectories(root);
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress("127.0.0.1");
        listeners.setPort(0);
        if (key != null) {
            SslConfigurationFactory ssl = new SslConfigurationFactory();
            ssl.setKeystoreFile(key.store().toFile());
            ssl.setKeystoreType("PKCS12");
            ssl.setKeystorePassword(ServerKey.PASSWORD);
            listeners.setSslConfiguration(ssl.createSslConfiguration());
            listeners.setImplicitSsl(implicit);
        }
        FtpServerFactory factory = new FtpServerFactory();
        listener = listeners.createListener();
        factory.addListener("default", listener);
        BaseUser ada = new BaseUser();
        ada.setName("ada");
        ada.setPassword("correct horse");
        ada.setHomeDirectory(root.toString());
        ada.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(ada);
        Map<String, Ftplet> ftplets = new ConcurrentHashMap<>();
        ftplets.put("recording", new Recording());
        factory.setFtplets(ftplets);
        server = factory.createServer();
        server.start();
    }

    private final class Recording extends DefaultFtplet {
        @Override
        public FtpletResult beforeCommand(FtpSession session, FtpRequest request)
                throws org.apache.ftpserver.ftplet.FtpException, java.io.IOException {
            commands.add(request.getCommand().equals("PASS") ? "PASS" : request.getRequestLine());
            return super.beforeCommand(session, request);
        }
    }

    public int port() {
        return listener.getPort();
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /** Makes the server the instance {@code warehouse}. @param more further settings */
    public void warehouse(World world, String more) throws Exception {
        String definition = "connectors/ftp/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/ftp/instances/warehouse.yaml",
                "{instance: warehouse, connector: ftp, auth: password, settings: {host: 127.0.0.1, port: " + port()
                        + ", user: ada, password: '${secret.PASSWORD}', " + more + "}}");
        world.secret("PASSWORD", "correct horse");
        world.reload();
    }

    @Override
    public void close() {
        server.stop();
    }
}
