package io.patchbay.connector.sql;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is. It has this one form: parameters in a JDBC URL can make a driver run scripts, load classes and write files, so
 * none may stand there. H2 is reached over the network only: inside the runtime its SQL could run Java code and read files.
 *
 * @param kind whose database it is
 * @param host its name or address
 * @param port its port
 * @param database its name on the server
 */
record SqlAddress(Kind kind, String host, int port, String database) {

    private static final Pattern FORM = Pattern.compile(
            "jdbc:(postgresql|h2:tcp)://(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/([A-Za-z0-9_.-]{1,100})");

    /** Databases whose driver is there. */
    enum Kind {
        POSTGRESQL("jdbc:postgresql://", 5432),
        H2("jdbc:h2:tcp://", 9092);

        private final String prefix;
        private final int usualPort;

        Kind(String prefix, int usualPort) {
            this.prefix = prefix;
            this.usualPort = usualPort;
        }
    }

    /** Reads {@code jdbc:postgresql://host:5432/database}. @throws StepException when it is anything else */
    static SqlAddress parse(String url) throws StepException {
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches() || matcher.group(4).startsWith(".")) {
            String shown = SqlFailures.shown(url);
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    "baseUrl '" + shown + "' is not like jdbc:postgresql://db.example.com:5432/shop or"
                            + " jdbc:h2:tcp://db.example.com:9092/shop: nothing may follow the database's name, and there are"
                            + " drivers for these two");
        }
        Kind kind = matcher.group(1).equals("postgresql") ? Kind.POSTGRESQL : Kind.H2;
        String port = matcher.group(3);
        return new SqlAddress(
                kind,
                matcher.group(2).replace("[", "").replace("]", ""),
                port == null ? kind.usualPort : Integer.parseInt(port),
                matcher.group(4));
    }

    /** What the driver takes. */
    String url() {
        return url(host);
    }

    /** What the driver takes, with an address or another name in place of the host. */
    String url(String host) {
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return kind.prefix + literal + ":" + port + "/" + database;
    }
}
