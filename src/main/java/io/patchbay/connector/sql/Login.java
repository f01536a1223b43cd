package io.patchbay.connector.sql;

import io.patchbay.connector.Requester;
import java.net.InetAddress;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What each driver is told beside its address: who logs in, how long it waits, whom it trusts, and that it goes to the checked
 * address, sends no file that a server asks for and follows no server elsewhere.
 *
 * @param user who logs in
 * @param password of it
 * @param secure whether with TLS
 * @param ca whom it trusts; null for those whom Java trusts
 * @param further properties of a dropped driver
 * @param requester whose times and sizes hold
 */
record Login(
        String user,
        String password,
        boolean secure,
        @Nullable String ca,
        Map<String, String> further,
        Requester requester) {

    private static final String SHOWN_AS = "patchbay";

    /** How MariaDB and MySQL may be shown a password: not in plain text. */
    private static final String PROOFS =
            "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,parsec";

    /** The address in the form that the driver takes. */
    String url(SqlAddress address, InetAddress checked) {
        return switch (address.kind()) {
            case POSTGRESQL -> address.url();
            // H2's driver has no other way to an address, and checks no name of a certificate.
            case H2 -> address.url(checked.getHostAddress());
            case MARIADB -> address.url().replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
            case SQLSERVER -> "jdbc:sqlserver://";
            // With TLS a driver needs the name.
            case DROPPED -> secure ? address.url() : address.url(checked.getHostAddress());
        };
    }

    Properties properties(SqlAddress address, InetAddress checked) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        switch (address.kind()) {
            case POSTGRESQL -> postgres(properties, checked);
            case MARIADB -> mariadb(properties, checked);
            case SQLSERVER -> sqlServer(properties, address, checked);
            case H2 -> {}
            case DROPPED -> further.forEach(properties::setProperty);
        }
        return properties;
    }

    private void postgres(Properties properties, InetAddress checked) {
        properties.setProperty("connectTimeout", seconds(connectMillis()));
        properties.setProperty("loginTimeout", seconds(millis()));
        properties.setProperty("socketTimeout", seconds(millis() + 5_000)); // the query's own timeout comes first
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", CheckedSockets.class.getName());
        properties.setProperty("socketFactoryArg", checked.getHostAddress());
        properties.setProperty("ApplicationName", SHOWN_AS);
        properties.setProperty("stringtype", "unspecified"); // a text may be bound where a time is wanted
        properties.setProperty(
                "maxResultBuffer",
                String.valueOf(requester.config().maxResponse().toBytes()));
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("sslmode", secure ? "verify-full" : "disable");
        if (secure) {
            properties.setProperty("sslfactory", TrustedSockets.class.getName());
            properties.setProperty("sslfactoryarg", ca == null ? "" : ca);
        }
    }

    private void mariadb(Properties properties, InetAddress checked) {
        properties.setProperty("connectTimeout", String.valueOf(connectMillis()));
        properties.setProperty("socketTimeout", String.valueOf(millis() + 5_000));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", MariaDbSockets.class.getName());
        properties.setProperty(MariaDbSockets.ADDRESS, checked.getHostAddress());
        properties.setProperty("connectionAttributes", "program_name:" + SHOWN_AS);
        properties.setProperty("allowLocalInfile", "false"); // a server could ask for any file
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("restrictedAuth", PROOFS);
        properties.setProperty("useServerPrepStmts", "true"); // the server binds, not the driver by quoting
        properties.setProperty("yearIsDateType", "false");
        properties.setProperty("connectionTimeZone", "UTC");
        properties.setProperty("forceConnectionTimeZoneToSession", "true");
        properties.setProperty("sslMode", secure ? "verify-full" : "disable");
        if (secure && ca != null && !ca.isBlank()) {
            properties.setProperty("serverSslCert", ca.strip());
        }
    }

    private void sqlServer(Properties properties, SqlAddress address, InetAddress checked) {
        properties.setProperty("serverName", checked.getHostAddress());
        properties.setProperty("portNumber", String.valueOf(address.port()));
        properties.setProperty("databaseName", address.database());
        properties.setProperty("loginTimeout", seconds(connectMillis()));
        properties.setProperty("socketTimeout", String.valueOf(millis() + 5_000));
        // A server can send its clients elsewhere: they stay at this address.
        properties.setProperty("socketFactoryClass", CheckedSockets.class.getName());
        properties.setProperty("socketFactoryConstructorArg", checked.getHostAddress());
        properties.setProperty("connectRetryCount", "0");
        properties.setProperty("applicationName", SHOWN_AS);
        properties.setProperty("xopenStates", "true");
        properties.setProperty("encrypt", secure ? "true" : "false");
        properties.setProperty("trustServerCertificate", "false");
        if (secure) {
            properties.setProperty("trustManagerClass", NamedServer.class.getName());
            properties.setProperty("trustManagerConstructorArg", NamedServer.argument(address.host(), ca));
        }
    }

    /** How long connecting and logging in may take. */
    long connectMillis() {
        return requester.config().connectTimeout().toMillis();
    }

    private long millis() {
        return requester.config().timeout().toMillis();
    }

    private static String seconds(long millis) {
        return String.valueOf(Math.max(1, millis / 1_000));
    }
}
