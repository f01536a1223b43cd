package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.patchbay.connector.ServerKey;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogues of a folder, and of a real server by HTTPS. */
class CataloguesTest {

    private static final Duration ANY = Duration.ofDays(10_000);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Archives> opened = new ArrayList<>();
    private Bench bench;
    private Path published;
    private HttpsServer server;
    private SSLContext tls;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(folder);
        published = Files.createDirectory(folder.resolve("published"));
        publish("1.0.0");
        ServerKey key = ServerKey.create(folder, "ip:127.0.0.1");
        tls = context(key);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
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

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        for (Archives one : opened) {
            one.close();
        }
    }

    private static SSLContext context(ServerKey key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.store())) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.trusted())) {
            trusted.load(in, ServerKey.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, ServerKey.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Packs a version of the blueprint, makes the catalogue anew and signs it. */
    private void publish(String version) throws IOException {
        bench.blueprint(version, Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Files.write(
                published.resolve("orders-" + version + ".zip"),
                bench.blueprints().pack("orders"));
        try (Archives archives = new Archives(folder, List.of(), true)) {
            CatalogueMaker.make(published, archives, clock);
        }
        sign();
    }

    private void sign() throws IOException {
        Files.writeString(
                published.resolve("catalogue.json.minisig"),
                Signer.signature(Files.readAllBytes(published.resolve("catalogue.json")), "file:catalogue.json"));
    }

    private void serve() throws IOException {
        served.clear();
        try (Stream<Path> all = Files.list(published)) {
            for (Path file : all.toList()) {
                served.put("/ours/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void named(String yaml) throws IOException {
        Bench.write(bench.home().resolve("blueprints/catalogues.yaml"), "catalogues:\n  ours: " + yaml + "\n");
    }

    private void byFolder() throws IOException {
        named("{ folder: " + published + " }");
    }

    private void byServer() throws IOException {
        serve();
        named("{ url: '" + url("/ours/catalogue.json") + "', headers: { Authorization: 'Bearer ${secret.SHELF}' } }");
    }

    private Catalogues catalogues(String... keys) {
        return catalogues(clock, keys);
    }

    private Catalogues catalogues(Clock at, String... keys) {
        Archives archives = new Archives(bench.home(), List.of(keys), false);
        opened.add(archives);
        return new Catalogues(
                bench.home(),
                archives,
                at,
                name -> name.equals("SHELF") ? Optional.of("open-sesame") : Optional.empty(),
                () -> HttpClient.newBuilder().sslContext(tls));
    }

    @Test
    void aFolderHasOne() throws Exception {
        byFolder();

        Catalogues.Read read = catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.trouble()).isEmpty();
        assertThat(read.signer()).isEqualTo("0807060504030201");
        assertThat(read.entries())
                .containsExactly(new Catalogues.Entry("ours", "orders", "1.0.0", "Orders", List.of(), List.of()));
        Path there = catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        assertThat(there.resolve("blueprints/orders/routes/orders.flow.yaml")).hasContent(Bench.FLOW);
    }

    @Test
    void aServerIsAskedWithTheHeaderOfItsSecret() throws Exception {
        byServer();

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).entries())
                .hasSize(1);
        catalogues(Signer.key()).open("ours", "orders", ANY);

        assertThat(asked)
                .containsExactly(
                        "/ours/catalogue.json Bearer open-sesame",
                        "/ours/catalogue.json.minisig Bearer open-sesame",
                        "/ours/orders-1.0.0.zip Bearer open-sesame");
    }

    @Test
    void worksWithoutTheServerFromWhatWasFetchedAndTellsItsAge() throws Exception {
        byServer();
        catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        server.stop(0);
        clock.forward(Duration.ofHours(5));

        Catalogues.Read read = catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.entries()).hasSize(1);
        assertThat(read.trouble())
                .startsWith("catalogue 'ours': https://127.0.0.1")
                .endsWith("; what was fetched 5 hours ago is taken");
        assertThat(catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .isDirectory();
    }

    @Test
    void noServerIsAskedOffline() throws Exception {
        byServer();
        Catalogues catalogues = catalogues(Signer.key());

        assertThat(catalogues.read("ours", Catalogues.OFFLINE).trouble()).contains("was not fetched before");
        assertThat(asked).isEmpty();
        catalogues.read("ours", Duration.ZERO);
        asked.clear();

        assertThat(catalogues.read("ours", Catalogues.OFFLINE).entries()).hasSize(1);
        assertThatThrownBy(() -> catalogues.open("ours", "orders", Catalogues.OFFLINE))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("was not fetched before");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2999-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"})
    void aKeptOneThatSaysItIsOfAnotherTimeIsAskedForAgain(String fetched) throws Exception {
        byServer();
        catalogues(Signer.key()).read("ours", Duration.ZERO);
        Path kept = bench.home().resolve("data/catalogues/ours/index.json");
        Files.writeString(
                kept, Files.readString(kept).replaceFirst("\"fetched\":\"[^\"]*\"", "\"fetched\":\"" + fetched + "\""));
        asked.clear();

        assertThat(catalogues(Signer.key()).read("ours", Duration.ofHours(1)).trouble())
                .isEmpty();

        assertThat(asked).hasSize(2);
    }

    @Test
    void anOlderOneDoesNotTakeThePlaceOfANewer() throws Exception {
        Files.copy(published.resolve("catalogue.json"), folder.resolve("old.json"));
        clock.forward(Duration.ofDays(1));
        publish("1.1.0");
        byFolder();
        catalogues(Signer.key()).read("ours", Duration.ZERO);

        Files.copy(
                folder.resolve("old.json"),
                published.resolve("catalogue.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        sign();
        Catalogues.Read read = catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.trouble())
                .contains("before the one that was fetched earlier")
                .contains("remove data/catalogues/ours");
        assertThat(read.entries()).extracting(Catalogues.Entry::version).containsExactly("1.1.0");
    }

    @Test
    void twoOfOneTimeAreNotTakenForEachOther() throws Exception {
        byFolder();
        catalogues(Signer.key()).read("ours", Duration.ZERO);
        Path index = published.resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("\"Orders\"", "\"Other orders\""));
        sign();

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("says the time of the one that was fetched earlier");
    }

    @Test
    void makingItAnewIsAlwaysLater() throws Exception {
        byFolder();
        catalogues(Signer.key()).read("ours", Duration.ZERO);
        publish("1.1.0");

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).entries())
                .extracting(Catalogues.Entry::version)
                .containsExactly("1.1.0");
    }

    @Test
    void oneThatNoTrustedKeySignedIsNotRead() throws Exception {
        byFolder();

        assertThat(catalogues().read("ours", Duration.ZERO).trouble())
                .contains("signed with the key 0807060504030201, which is not trusted");
        Files.delete(published.resolve("catalogue.json.minisig"));
        Catalogues.Read read = catalogues(Signer.key()).read("ours", Duration.ZERO);
        assertThat(read.trouble()).contains("it has no signature beside it (.minisig)");
        assertThat(read.entries()).isEmpty();
        assertThat(bench.home().resolve("data/catalogues/ours")).doesNotExist();
    }

    @Test
    void whereOneKeyIsNamedNoOtherMaySignIt() throws Exception {
        named("{ folder: " + published + ", key: " + MinisignTest.KEY + " }");

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("signed with the key 0807060504030201, which is not trusted");
        named("{ folder: " + published + ", key: " + Signer.key() + " }");
        assertThat(catalogues().read("ours", Duration.ZERO).entries()).hasSize(1);
    }

    @Test
    void anArchiveThatWasChangedIsNotTakenApart() throws Exception {
        byServer();
        byte[] archive = served.get("/ours/orders-1.0.0.zip");
        archive[archive.length / 2] ^= 1;

        assertThatThrownBy(() -> catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("is another than the catalogue says");
        assertThat(bench.home().resolve("data/catalogues/ours")).isDirectoryNotContaining("glob:**.zip");
    }

    @Test
    void anArchiveThatIsKeptIsLookedAtAgain() throws Exception {
        byFolder();
        catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        Path kept;
        try (Stream<Path> all = Files.list(bench.home().resolve("data/catalogues/ours"))) {
            kept = all.filter(one -> one.toString().endsWith(".zip")).findAny().orElseThrow();
        }
        Files.writeString(kept, "something else");

        assertThat(catalogues(Signer.key()).open("ours", "orders", ANY)).isDirectory();
        assertThat(kept).hasSize(Files.size(published.resolve("orders-1.0.0.zip")));
    }

    @Test
    void anArchiveWithAnotherBlueprintThanTheCatalogueSaysIsRefused() throws Exception {
        Path index = published.resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("\"1.0.0\"", "\"3.0.0\""));
        sign();
        byFolder();

        assertThatThrownBy(() -> catalogues(Signer.key()).open("ours", "orders", Duration.ZERO))
                .hasMessageContaining("has not what the catalogue 'ours' says: orders 3.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../orders.zip",
                "https://evil.example.com/orders.zip",
                "//evil.example.com/orders.zip",
                "/etc/orders.zip",
                "a/orders.zip",
                "orders.zip?x",
                "orders",
                ".zip"
            })
    void anArchiveLiesBesideTheCatalogueAndNowhereElse(String file) throws Exception {
        Path index = published.resolve("catalogue.json");
        Files.writeString(index, Files.readString(index).replace("orders-1.0.0.zip", file));
        sign();
        byFolder();

        Catalogues.Read read = catalogues(Signer.key()).read("ours", Duration.ZERO);
        assertThat(read.trouble()).contains("the entry of 'orders' is not right");
        assertThat(read.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{ \"catalogue\": 2, \"blueprints\": [] }",
                "{ \"catalogue\": 1, \"blueprints\": [] }"
            })
    void whatIsNoCatalogueIsSaidToBeNone(String text) throws Exception {
        Files.writeString(published.resolve("catalogue.json"), text);
        sign();
        byFolder();

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("catalogue 'ours': it ");
    }

    @Test
    void noMoreIsReadThanACatalogueMayHave() throws Exception {
        byServer();
        served.put("/ours/catalogue.json", new byte[Catalogue.LARGEST + 1]);

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("more than 2000000 bytes");
        byFolder();
        Files.write(published.resolve("catalogue.json"), new byte[Catalogue.LARGEST + 1]);
        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("more than 2000000 bytes");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        byServer();
        named("{ url: '" + url("/moved/catalogue.json") + "' }");

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("answered 302: redirects are not followed");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerThatNobodyVouchesForIsNotAsked() throws Exception {
        byServer();
        tls = SSLContext.getDefault();

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("cannot be read: ");
        assertThat(asked).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsToldByItsName() throws Exception {
        serve();
        named("{ url: '" + url("/ours/catalogue.json") + "', headers: { Authorization: '${secret.OTHER}' } }");

        assertThat(catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("the secret 'OTHER' of the header 'Authorization' is not set");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ url: 'http://example.com/catalogue.json' }",
                "{ url: 'file:///etc/catalogue.json' }",
                "{ url: 'https://user:open-sesame@example.com/catalogue.json' }",
                "{ url: 'https://example.com/catalogue.json?token=open-sesame' }",
                "{ url: 'https://example.com/catalogue' }",
                "{ url: 'https:///catalogue.json' }",
                "{ folder: x, headers: { A: b } }",
                "{ folder: x, key: none }",
                "{}"
            })
    void aPlaceThatIsNoneIsRefusedWithoutShowingIt(String yaml) throws Exception {
        named(yaml);

        assertThatThrownBy(() -> catalogues().names())
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("blueprints/catalogues.yaml:2:")
                .hasMessageNotContaining("open-sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../..", "other", ""})
    void oneThatTheFileDoesNotNameIsNotLookedFor(String name) throws Exception {
        byFolder();

        assertThatThrownBy(() -> catalogues(Signer.key()).open(name, "orders", ANY))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("there is no catalogue");
    }

    @Test
    void whatTheCatalogueDoesNotNameAnyMoreIsNotKept() throws Exception {
        byFolder();
        catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        Files.delete(published.resolve("orders-1.0.0.zip"));
        publish("1.1.0");

        catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);

        try (Stream<Path> all = Files.list(bench.home().resolve("data/catalogues/ours"))) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void theListTellsOfUpdates() throws Exception {
        Blueprints blueprints = bench.blueprints();
        blueprints.carryOut(blueprints.planInstall("orders", null, new Answers(Map.of(), Map.of(), Map.of())));
        publish("1.1.0");
        org.springframework.util.FileSystemUtils.deleteRecursively(bench.blueprint());
        byFolder();

        Listing listing =
                Listing.of(bench.blueprints(), List.of(catalogues(Signer.key()).read("ours", Duration.ZERO)));

        assertThat(listing.lines())
                .containsExactly(new Listing.Line(
                        "orders",
                        "1.1.0",
                        "Orders",
                        List.of(),
                        "ours",
                        List.of(),
                        List.of(new Listing.Installed("orders", "1.0.0", true)),
                        List.of()));
    }

    @Test
    void theMakerRefusesWhatNobodyCouldInstall() throws Exception {
        Files.writeString(published.resolve("evil.zip"), "no zip");
        try (Archives archives = new Archives(folder, List.of(), true)) {
            assertThatThrownBy(() -> CatalogueMaker.make(published, archives, clock))
                    .hasMessageContaining("no zip file");
            Files.copy(
                    published.resolve("orders-1.0.0.zip"),
                    published.resolve("evil.zip"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> CatalogueMaker.make(published, archives, clock))
                    .hasMessageContaining("which another archive has, too");
            Path empty = Files.createDirectory(folder.resolve("empty"));
            assertThatThrownBy(() -> CatalogueMaker.make(empty, archives, clock))
                    .hasMessageContaining("there are no archives");
        }
        assertThat(new String(Files.readAllBytes(published.resolve("catalogue.json")), StandardCharsets.UTF_8))
                .contains("orders-1.0.0.zip")
                .doesNotContain("evil");
    }
}
