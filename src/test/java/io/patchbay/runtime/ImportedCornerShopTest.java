package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.moving.Finding;
import io.patchbay.moving.Import;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large flow of Patchworks is imported and run: what arrives at the systems around it is what Patchworks would have sent. */
class ImportedCornerShopTest {

    private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    static Path home;

    private static HttpServer server;
    private static Program program;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ImportedCornerShopTest::answer);
        server.start();
        String here = "127.0.0.1:" + server.getAddress().getPort();
        String text = Files.readString(Path.of("src/test/resources/moving/patchworks/corner-shop.json"))
                .replace("https://", "http://")
                .replace("shop.example.com", here)
                .replace("erp.example.com", here);
        Import.Result made =
                Import.read(new Import.Request(Dialect.PATCHWORKS, "corner-shop.json", text, null, path -> false));
        assertThat(made.findings().stream().filter(Finding::lost)).isEmpty();
        for (Map.Entry<String, String> file : made.files().entrySet()) {
            Path target = home.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            // What whoever moves in writes by hand: a host of this machine, and who calls.
            Files.writeString(
                    target,
                    file.getValue()
                            .replace("requester: {", "requester: { allowedHosts: [127.0.0.1],")
                            .replace("set-me", "corner"));
        }
        program = new Program(
                home,
                Program.start(
                        home,
                        "--PATCHBAY_SECRET_CORNER_UK_API_KEY=shop-key",
                        "--PATCHBAY_SECRET_ERP_LIVE_CONSUMER_SECRET=erp-secret",
                        "--patchbay.notifications.groups.night-watch.mail[0]=night@example.com"));
    }

    @AfterAll
    static void stop() {
        program.context().close();
        server.stop(0);
    }

    private static final String PAGE_ONE = """
            {"orders": [
              {"number": 1001, "total": 20.00, "country": "GB", "first": "Ann", "last": "Archer", "placed": "2026-05-01T10:00:00Z", "carrier": "RM", "note": "", "gift": "ribbon", "lines": [{"sku": "A"}, {"sku": "B"}]},
              {"number": 1002, "total": 3.00, "country": "GB", "first": "Too", "last": "Small", "placed": "2026-05-01T10:00:00Z", "carrier": "RM", "lines": []}]}
            """;
    private static final String PAGE_TWO = """
            {"orders": [
              {"number": 1003, "total": 100, "country": "FR", "first": "Zoé", "last": "Petit", "placed": "2026-05-02T23:30:00Z", "carrier": "DHL", "note": "ring", "lines": [{"sku": "C"}]},
              {"number": 1004, "total": 100, "country": "US", "first": "Not", "last": "Wanted", "placed": "2026-05-02T23:30:00Z", "carrier": "RM", "lines": []}]}
            """;

    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        String key = exchange.getRequestHeaders().getFirst("X-Shop-Key");
        String proof = exchange.getRequestHeaders().getFirst("Authorization");
        String mark = exchange.getRequestHeaders().getFirst("X-Mark");
        ASKED.add(exchange.getRequestMethod() + " " + path.replaceAll("changed_since=[^&]*", "changed_since=then") + " "
                + body
                + (key == null
                        ? ""
                        : " by " + key + " of " + exchange.getRequestHeaders().getFirst("X-Client"))
                + (proof == null ? "" : " by " + proof) + (mark == null ? "" : " marked " + mark));
        String text = !path.startsWith("/api/v2/orders?")
                ? "{\"ok\": true}"
                : path.contains("p=1&") || path.endsWith("p=1")
                        ? PAGE_ONE
                        : path.contains("p=2") ? PAGE_TWO : "{\"orders\": []}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void whatArrivesIsWhatTheOldFlowSent() throws Exception {
        RunRecord run = program.run("corner-shop-to-parts-erp", "{}");

        assertThat(run.status())
                .as(program.told(run) + " " + program.failed("corner-shop-to-parts-erp"))
                .isEqualTo(RunStatus.SUCCEEDED);
        String basic =
                " by Basic " + Base64.getEncoder().encodeToString("corner:erp-secret".getBytes(StandardCharsets.UTF_8));
        String order =
                "{\"ref\":\"uk-1/1001\",\"customer\":{\"name\":\"Ann Archer\"},\"day\":\"01.05.2026\",\"items\":[{\"code\":\"A\"},{\"code\":\"B\"}],"
                        + "\"gross\":24.0,\"via\":\"Royal Mail\",\"remark\":\"ribbon\",\"season\":\"summer ${run.id}\",\"rush\":false,\"country\":\"GB\"}";
        assertThat(ASKED)
                .containsExactlyInAnyOrder(
                        "GET /api/v2/orders?state=paid&changed_since=then&n=2&p=1  by shop-key of corner",
                        "GET /api/v2/orders?state=paid&changed_since=then&n=2&p=2  by shop-key of corner",
                        "GET /api/v2/orders?state=paid&changed_since=then&n=2&p=3  by shop-key of corner",
                        "POST /rest/orders " + order + basic,
                        "PUT /api/v2/orders/uk-1%2F1001 " + order + " by shop-key of corner marked ERP",
                        "POST /rest/parcels/uk-1 {\"parcel\":\"uk-1/1003\",\"from\":\"uk-1\",\"text\":\"${os.HOME}\"}"
                                + basic);
        assertThat(program.told(run)).contains("uk summer", "away: C <b>\"uk-1\"</b>");
    }
}
