package io.patchbay.connector.sql;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.DailyLook;
import io.patchbay.connector.DriverFolder;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Requester;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.sql.SqlAddress.Kind;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connects to a database and logs in, with properties of the driver that stand here and nowhere else. */
final class SqlLogin implements SessionPool.Opening<SqlSession> {

    private final SqlAddress address;
    private final Hosts hosts;
    private final DriverFolder drivers;
    private final Login login;
    private final SqlFailures failures;
    private final @Nullable DailyLook look;

    /** @throws StepException when a setting does not fit */
    SqlLogin(
            Instance instance,
            SqlAddress address,
            Hosts hosts,
            CallScope settings,
            SqlFailures failures,
            ServerCertificates certificates,
            ConnectorServices services)
            throws StepException {
        this.address = address;
        this.hosts = hosts;
        this.drivers = services.drivers();
        this.failures = failures;
        Requester requester = instance.connector().requester();
        Requester.Database database = Objects.requireNonNull(requester.database());
        boolean secure = secure(address, database.tls().text(settings));
        String ca = optional(database.ca(), settings);
        if (secure) {
            Trust.of(ca); // so that a certificate that cannot be read is named as such
        }
        AuthMethod auth = instance.auth();
        if (auth.config().type() != AuthConfig.Type.BASIC) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_AUTH", "a database takes auth of type basic, not '" + auth.id() + "'");
        }
        this.login = new Login(
                Objects.requireNonNull(auth.username()).text(settings),
                Objects.requireNonNull(auth.password()).text(settings),
                secure,
                ca,
                further(address, database, settings),
                requester);
        this.look = secure && DatabaseLook.knows(address.kind())
                ? new DailyLook(
                        instance.name(),
                        services,
                        new DatabaseLook(
                                address,
                                hosts,
                                ca,
                                requester.config().connectTimeout(),
                                certificates,
                                services.timer()))
                : null;
    }

    /** Ends what goes on beside sessions. */
    void close() {
        if (look != null) {
            look.close();
        }
    }

    private static Map<String, String> further(SqlAddress address, Requester.Database database, CallScope settings)
            throws StepException {
        if (address.kind() != Kind.DROPPED && !database.properties().isEmpty()) {
            throw bad("'properties' belong to a driver from the folder drivers; the runtime sets those of its own");
        }
        Map<String, String> further = new LinkedHashMap<>();
        database.properties().forEach((name, value) -> {
            if (!value.find(settings).isMissingNode()) {
                further.put(name, value.text(settings));
            }
        });
        return further;
    }

    private static boolean secure(SqlAddress address, String tls) throws StepException {
        if (!Set.of("verify", "none", "driver").contains(tls)) {
            throw bad("'tls' must be verify, none or driver, found '" + SqlFailures.shown(tls) + "'");
        }
        if (address.kind() == Kind.H2 && !tls.equals("none")) {
            throw bad("H2's driver checks no certificate; in a closed network say {tls: none}");
        }
        if (address.kind() == Kind.DROPPED && tls.equals("verify")) {
            throw bad(
                    "whether a driver from the folder drivers checks certificates is for its properties to say: {tls: driver,"
                            + " properties: {…}}; in a closed network {tls: none}");
        }
        if (address.kind() != Kind.DROPPED && tls.equals("driver")) {
            throw bad("'tls: driver' belongs to a driver from the folder drivers; say verify or none");
        }
        return !tls.equals("none");
    }

    private static StepException bad(String what) {
        return new StepException(Owner.AUTHOR, "BAD_VALUE", "requester.database: " + what);
    }

    private static @Nullable String optional(@Nullable Template template, CallScope settings) {
        return template == null || template.find(settings).isMissingNode() ? null : template.text(settings);
    }

    @Override
    public SqlSession open() throws StepException {
        InetAddress checked = hosts.reachable(address.host());
        String url = login.url(address, checked);
        Driver driver = driver(url);
        try {
            Connection connection = connect(driver, url, login.properties(address, checked));
            if (connection == null) {
                throw new SQLException("the driver does not take the address");
            }
            SqlSession session = new SqlSession(connection, address.kind());
            boolean works = false;
            try {
                connection.setAutoCommit(false);
                works = true;
                if (look != null) {
                    look.begin();
                }
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

    /** Java's own list has the drivers that the runtime has, and none of the folder: those are of another class loader. */
    private Driver driver(String url) throws StepException {
        if (address.kind() == Kind.DROPPED) {
            return drivers.of(url);
        }
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new StepException(Owner.INTERNAL, "NO_DRIVER", "the driver for " + address.url() + " is missing", e);
        }
    }

    /** Those of PostgreSQL, MariaDB and Microsoft keep to the times they are told. */
    private Connection connect(Driver driver, String url, Properties properties) throws SQLException {
        return switch (address.kind()) {
            case POSTGRESQL, MARIADB, SQLSERVER -> driver.connect(url, properties);
            case H2, DROPPED -> BoundedConnect.connect(driver, url, properties, login.connectMillis());
        };
    }
}
