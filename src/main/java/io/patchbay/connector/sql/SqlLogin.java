package io.patchbay.connector.sql;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Requester;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connects to a database and logs in, with properties of the driver that stand here and nowhere else. */
final class SqlLogin implements SessionPool.Opening<SqlSession> {

    private final SqlAddress address;
    private final Hosts hosts;
    private final Requester requester;
    private final @Nullable String ca;
    private final boolean secure;
    private final String user;
    private final String password;
    private final SqlFailures failures;

    /** @throws StepException when a setting does not fit */
    SqlLogin(Instance instance, SqlAddress address, Hosts hosts, CallScope settings, SqlFailures failures)
            throws StepException {
        this.address = address;
        this.hosts = hosts;
        this.requester = instance.connector().requester();
        this.failures = failures;
        Requester.Database database = Objects.requireNonNull(requester.database());
        this.secure = secure(address, database.tls().text(settings));
        this.ca = optional(database.ca(), settings);
        if (secure) {
            Trust.of(ca); // so that a certificate that cannot be read is named as such
        }
        AuthMethod auth = instance.auth();
        if (auth.config().type() != AuthConfig.Type.BASIC) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_AUTH", "a database takes auth of type basic, not '" + auth.id() + "'");
        }
        this.user = Objects.requireNonNull(auth.username()).text(settings);
        this.password = Objects.requireNonNull(auth.password()).text(settings);
    }

    private static boolean secure(SqlAddress address, String tls) throws StepException {
        if (!tls.equals("verify") && !tls.equals("none")) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_VALUE",
                    "requester.database: 'tls' must be verify or none, found '" + SqlFailures.shown(tls) + "'");
        }
        if (address.kind() == SqlAddress.Kind.H2 && !tls.equals("none")) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_VALUE",
                    "H2's driver checks no certificate; in a closed network say requester.database: {tls: none}");
        }
        return tls.equals("verify");
    }

    private static @Nullable String optional(@Nullable Template template, CallScope settings) {
        return template == null || template.find(settings).isMissingNode() ? null : template.text(settings);
    }

    @Override
    public SqlSession open() throws StepException {
        InetAddress checked = hosts.reachable(address.host());
        boolean postgres = address.kind() == SqlAddress.Kind.POSTGRESQL;
        try {
            // H2's driver has no other way to an address, and checks no name of a certificate.
            String url = postgres ? address.url() : address.url(checked.getHostAddress());
            Driver driver = DriverManager.getDriver(url);
            Connection connection = driver.connect(url, postgres ? postgres(checked) : login());
            if (connection == null) {
                throw new SQLException("the driver does not take the address");
            }
            SqlSession session = new SqlSession(connection);
            boolean works = false;
            try {
                connection.setAutoCommit(false);
                works = true;
                return session;
            } finally {
                if (!works) {
                    session.cut();
                }
            }
        } catch (SQLException e) {
            throw failures.of("log in", e, false);
        }
    }

    private Properties login() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    private Properties postgres(InetAddress checked) {
        Properties properties = login();
        long timeout = requester.config().timeout().toSeconds();
        properties.setProperty(
                "connectTimeout", seconds(requester.config().connectTimeout().toSeconds()));
        properties.setProperty("loginTimeout", seconds(timeout));
        properties.setProperty("socketTimeout", seconds(timeout + 5)); // the query's own timeout comes first
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", CheckedSockets.class.getName());
        properties.setProperty("socketFactoryArg", checked.getHostAddress());
        properties.setProperty("ApplicationName", "patchbay");
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
        return properties;
    }

    private static String seconds(long seconds) {
        return String.valueOf(Math.max(1, seconds));
    }
}
