package io.patchbay.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.App;
import io.patchbay.FreePorts;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What the README promises a newcomer, on a copy of the shipped files: the whole program, the real shop, the real SFTP server. */
class ExampleIT {

    private static final String TOKEN = "token-of-the-example-test-0123456789";

    @TempDir
    private static Path home;

    private static int management;
    private static int intake;
    private static ConfigurableApplicationContext program;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        int shop = FreePorts.next();
        int sftp = FreePorts.next();
        management = FreePorts.next();
        intake = FreePorts.next();
        copy("routes", shop, sftp);
        copy("connectors", shop, sftp);
        program = new SpringApplicationBuilder(App.class)
                .profiles("example")
                .run(
                        "--patchbay.home=" + home,
                        "--patchbay.admin-token=" + TOKEN,
                        "--patchbay.intake.port=" + intake,
                        "--patchbay.example.shop-port=" + shop,
                        "--patchbay.example.sftp-port=" + sftp,
                        "--server.port=" + management);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void bringsAllPaidOrdersToTheWarehouseOnceEach() throws Exception {
        api("POST", "/api/v1/flows/orders-to-warehouse/start");
        Path incoming = home.resolve("data/sandbox-sftp/incoming");
        List<Integer> paid = ShopData.bundled().orders("any", "paid").stream()
                .map(order -> order.path("order_number").asInt())
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(orders(incoming)).containsExactlyInAnyOrderElementsOf(paid));
    }

    @Test
    void answersAWebhookFirstAndGreetsThen() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake + "/hooks/hello"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"Ada\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts(home.resolve("data/outbox")))
                        .anySatisfy(text -> assertThat(text).contains("\"hello\":\"Ada\"")));
    }

    @Test
    void answersTheCallerWithPriceAndStock() throws Exception {
        HttpResponse<String> answer = price("KET-1200-BK");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode offer = Json.MAPPER.readTree(answer.body());
        assertThat(offer.path("price").decimalValue()).isEqualByComparingTo("39.90");
        assertThat(offer.path("inStock").isInt()).isTrue();
    }

    @Test
    void saysThatAnArticleIsUnknown() throws Exception {
        assertThat(price("NO-SUCH").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsARecordOfEachRun() throws Exception {
        api("POST", "/api/v1/flows/orders-to-warehouse/start");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode runs = api("GET", "/api/v1/runs?flow=orders-to-warehouse&status=succeeded");
            assertThat(runs.path("data")).isNotEmpty();
        });
    }

    @Test
    void tellsWhatHappenedToAnOrderByItsNumber() throws Exception {
        api("POST", "/api/v1/flows/orders-to-warehouse/start");
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode seen =
                    api("GET", "/api/v1/tracked?entity=order&value=1001").path("data");
            assertThat(seen).isNotEmpty();
            assertThat(seen.path(0).path("direction").asText()).isEqualTo("send");
            assertThat(api("GET", "/api/v1/runs?businessKey=1001").path("data")).isNotEmpty();
        });
    }

    private HttpResponse<String> price(String sku) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + intake + "/callbacks/price/" + sku))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode api(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Json.MAPPER.readTree(answer.body());
    }

    private static List<Integer> orders(Path folder) throws IOException {
        return texts(folder).stream()
                .flatMap(text -> {
                    try {
                        return Json.MAPPER.readTree(text).findValues("order").stream();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> texts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> whole =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            List<String> texts = new java.util.ArrayList<>();
            for (Path file : whole) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    /** The shipped files; only the two ports are others, so that a test does not meet a running example. */
    private static void copy(String folder, int shop, int sftp) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = home.resolve(file);
                Files.createDirectories(target.getParent());
                Files.writeString(
                        target,
                        Files.readString(file)
                                .replace("8099", String.valueOf(shop))
                                .replace("8022", String.valueOf(sftp)));
            }
        }
    }
}
