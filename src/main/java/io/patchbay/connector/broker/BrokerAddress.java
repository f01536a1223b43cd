package io.patchbay.connector.broker;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the brokers of one cluster are.
 *
 * @param protocol how they are spoken to
 * @param servers in the order in which they are tried
 * @param virtualHost of RabbitMQ
 * @param tls whether the way there is encrypted
 * @param mechanism how user and password are shown (Kafka: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512)
 */
public record BrokerAddress(
        Protocol protocol, List<Server> servers, String virtualHost, boolean tls, String mechanism) {

    private static final int MOST_SERVERS = 50;
    private static final Pattern FORM = Pattern.compile("([a-z]+)://([^/?#@]+)(?:/([^?#]*))?(?:\\?([A-Za-z0-9=&-]*))?");
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");
    private static final Pattern MECHANISM = Pattern.compile("PLAIN|SCRAM-SHA-256|SCRAM-SHA-512");

    /** One server. */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** How brokers are spoken to; the scheme of the address in lower case. */
    public enum Protocol {
        /** JMS by Artemis' own protocol. */
        ARTEMIS(61616, 61616),
        /** JMS over AMQP 1.0. */
        AMQP(5672, 5671),
        /** AMQP 0-9-1. */
        RABBITMQ(5672, 5671),
        /** Kafka's protocol. */
        KAFKA(9092, 9092);

        private final int plainPort;
        private final int tlsPort;

        Protocol(int plainPort, int tlsPort) {
            this.plainPort = plainPort;
            this.tlsPort = tlsPort;
        }

        /** The protocol of an address; null when it is none of a broker. */
        public static @Nullable Protocol of(String address) {
            for (Protocol one : values()) {
                if (address.startsWith(one.scheme() + ":")) {
                    return one;
                }
            }
            return null;
        }

        String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public BrokerAddress {
        servers = List.copyOf(servers);
    }

    /** Reads {@code kafka://host:9092,other:9092?tls=false&mechanism=SCRAM-SHA-512}. */
    public static BrokerAddress parse(String url) throws StepException {
        Matcher matcher = FORM.matcher(url);
        Protocol protocol = Protocol.of(url);
        if (protocol == null || !matcher.matches()) {
            throw bad("baseUrl '" + url + "' is not like kafka://host:9092,other:9092?tls=true");
        }
        String path = matcher.group(3) == null ? "" : matcher.group(3);
        if (!path.isEmpty() && protocol != Protocol.RABBITMQ) {
            throw bad("baseUrl '" + url + "' has a path, which only rabbitmq: has (its virtual host)");
        }
        boolean tls = true;
        String mechanism = "PLAIN";
        String query = matcher.group(4) == null ? "" : matcher.group(4);
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String value = part.substring(part.indexOf('=') + 1);
            if (part.startsWith("tls=") && (value.equals("true") || value.equals("false"))) {
                tls = value.equals("true");
            } else if (part.startsWith("mechanism=") && MECHANISM.matcher(value).matches()) {
                mechanism = value;
            } else {
                throw bad("'" + part + "' in baseUrl is neither tls=true, tls=false nor mechanism=PLAIN,"
                        + " mechanism=SCRAM-SHA-256 or mechanism=SCRAM-SHA-512");
            }
        }
        if (!mechanism.equals("PLAIN") && protocol != Protocol.KAFKA) {
            throw bad("'mechanism' in baseUrl is for kafka: only");
        }
        return new BrokerAddress(
                protocol, servers(matcher.group(2), protocol, tls), path.isEmpty() ? "/" : path, tls, mechanism);
    }

    private static List<Server> servers(String list, Protocol protocol, boolean tls) throws StepException {
        List<Server> servers = new ArrayList<>();
        for (String one : list.split(",", -1)) {
            Matcher matcher = SERVER.matcher(one.strip());
            if (!matcher.matches()) {
                throw bad("'" + one.strip() + "' in baseUrl is not a host with a port, like broker.example.com:"
                        + protocol.plainPort);
            }
            int usual = tls ? protocol.tlsPort : protocol.plainPort;
            int port = matcher.group(2) == null ? usual : Integer.parseInt(matcher.group(2));
            servers.add(new Server(matcher.group(1).replace("[", "").replace("]", ""), port));
        }
        if (servers.size() > MOST_SERVERS) {
            throw bad("baseUrl names more than " + MOST_SERVERS + " hosts");
        }
        return servers;
    }

    private static StepException bad(String what) {
        return new StepException(Owner.AUTHOR, "BAD_URL", what);
    }

    /** The servers' hosts. */
    public List<String> hosts() {
        return servers.stream().map(Server::host).distinct().toList();
    }

    /** The servers with commas between, as Kafka wants them. */
    public String list() {
        return servers.stream().map(Server::toString).collect(Collectors.joining(","));
    }

    /** How people call the place. */
    public String shown() {
        return protocol.scheme() + "://" + list() + (virtualHost.equals("/") ? "" : "/" + virtualHost);
    }
}
