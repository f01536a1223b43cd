package io.patchbay.blueprint;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.connector.ServerKey;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A catalogue {@code ours} with one blueprint, signed: in a folder and on a real server by HTTPS, and a home that may name either. */
final class Shelf implements AutoCloseable {

    private final SettableClock clock = new SettableClock();
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Archives> opened = new ArrayList<>();
    private final Path folder;
    private final Path published;
    private final Bench bench;
    private final HttpsServer server;
    private Outbound way;

    Shelf(Path folder) throws Exception {
        this.folder = folder;
        bench = new Bench(folder);
        published = Files.createDirectory(folder.resolve("published"));
        publish("1.0.0");
        ServerKey key = ServerKey.create(folder, "ip:127.0.0.1");
        Path issuer = Files.writeString(folder.resolve("issuer.pem"), key.pem());
        way = Outbound.of(new OutboundProperties(OutboundProperties.NONE.proxy(), issuer.toString()), folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context(key)));
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = served.get(path);
            if (path.startsWith("/moved/")) {
                exchange.getResponseHeaders().set("Location", "/ours/catalogue.json");
                exchange.sendResponseHeaders(302, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    /** TLS of a server with this key. */
    static SSLContext context(ServerKey key) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(key.store()), ServerKey.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore store(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        return store;
    }

    Bench bench() {
        return bench;
    }

    Path home() {
        return bench.home();
    }

    SettableClock clock() {
        return clock;
    }

    /** The folder that has the archives, the catalogue and its signature. */
    Path published() {
        return published;
    }

    /** What the server has, by path. */
    Map<String, byte[]> served() {
        return served;
    }

    /** What the server was asked for: path and header. */
    List<String> asked() {
        return asked;
    }

    /** Packs a version of the blueprint, makes the catalogue anew and signs it. */
    void publish(String version) throws IOException {
        bench.blueprint(version, Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Files.write(
                published.resolve("orders-" + version + ".zip"),
                bench.blueprints().pack("orders"));
        try (Archives archives = new Archives(folder, List.of(), true)) {
            CatalogueMaker.make(published, archives, clock);
        }
        sign();
    }

    void sign() throws IOException {
        Files.writeString(
                published.resolve("catalogue.json.minisig"),
                Signer.signature(Files.readAllBytes(published.resolve("catalogue.json")), "file:catalogue.json"));
    }

    /** Brings what is published to the server. */
    void serve() throws IOException {
        served.clear();
        try (Stream<Path> all = Files.list(published)) {
            for (Path file : all.toList()) {
                served.put("/ours/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    /** The server does not answer any more. */
    void down() {
        server.stop(0);
    }

    String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The home says where the catalogue is. */
    void named(String yaml) throws IOException {
        Bench.write(bench.home().resolve("blueprints/catalogues.yaml"), "catalogues:\n  ours: " + yaml + "\n");
    }

    void byFolder() throws IOException {
        named("{ folder: " + published + " }");
    }

    void byServer() throws IOException {
        serve();
        named("{ url: '" + url("/ours/catalogue.json") + "', headers: { Authorization: 'Bearer ${secret.SHELF}' } }");
    }

    /** Who asks trusts whom Java trusts. */
    void trustsNobodyElse() {
        way = Outbound.STRAIGHT;
    }

    /** Those of the home, for somebody who trusts these keys. */
    Catalogues catalogues(String... keys) {
        Archives archives = new Archives(bench.home(), List.of(keys), false);
        opened.add(archives);
        return catalogues(archives);
    }

    /** The same, taken apart where somebody else closes it. */
    Catalogues catalogues(Archives archives) {
        return new Catalogues(
                bench.home(),
                archives,
                clock,
                new Catalogues.Access(
                        name -> name.equals("SHELF") ? Optional.of("open-sesame") : Optional.empty(), () -> way));
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        for (Archives one : opened) {
            one.close();
        }
    }
}
