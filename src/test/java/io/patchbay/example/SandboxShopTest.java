package io.patchbay.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxShopTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private SandboxShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shopAnswering(1_000);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void givesAllOrdersOverItsPagesEachOnce() throws Exception {
        List<String> names = new ArrayList<>();
        int pages = 0;
        Optional<String> url = Optional.of(url("orders.json?limit=25"));
        while (url.isPresent()) {
            HttpResponse<String> page = call(url.get(), "public-token-of-the-shop");
            json(page)
                    .path("orders")
                    .forEach(order -> names.add(order.path("name").asText()));
            url = next(page);
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheFiltersOfTheFirstCallOnLaterPages() throws Exception {
        HttpResponse<String> first =
                call(url("orders.json?limit=10&financial_status=paid"), "public-token-of-the-shop");
        HttpResponse<String> second = call(next(first).orElseThrow(), "public-token-of-the-shop");
        assertThat(json(second).path("orders"))
                .hasSize(10)
                .allSatisfy(order ->
                        assertThat(order.path("financial_status").asText()).isEqualTo("paid"));
    }

    @Test
    void givesOnlyOpenOrdersWhenAskedForThem() throws Exception {
        HttpResponse<String> page = call(url("orders.json?limit=250&status=open"), "public-token-of-the-shop");
        assertThat(json(page).path("orders"))
                .hasSizeBetween(1, 59)
                .allSatisfy(
                        order -> assertThat(order.path("closed_at").isNull()).isTrue());
    }

    @Test
    void refusesCallersWithoutTheToken() throws Exception {
        HttpResponse<String> answer = call(url("orders.json"), "guess");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("errors").doesNotContain("public-token-of-the-shop");
    }

    @Test
    void asksToWaitWhenCalledTooOften() throws Exception {
        try (SandboxShop slow = shopAnswering(2)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = call(
                        "http://127.0.0.1:" + slow.port() + "/admin/api/2026-10/shop.json", "public-token-of-the-shop");
                statuses.add(answer.statusCode());
                assertThat(answer.headers().firstValue("Retry-After").isPresent())
                        .isEqualTo(answer.statusCode() == 429);
            }
            assertThat(statuses).containsExactly(200, 200, 429);
        }
    }

    @Test
    void refusesAPageLinkThatIsNotItsOwn() throws Exception {
        assertThat(call(url("orders.json?page_info=bm90LW91cnM"), "public-token-of-the-shop")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void refusesAFilterBesideAPageLink() throws Exception {
        HttpResponse<String> first = call(url("orders.json?limit=10"), "public-token-of-the-shop");
        String link = next(first).orElseThrow() + "&status=open";
        assertThat(call(link, "public-token-of-the-shop").statusCode()).isEqualTo(400);
    }

    @Test
    void findsOneOrderByItsId() throws Exception {
        HttpResponse<String> answer = call(url("orders/5400000001.json"), "public-token-of-the-shop");
        assertThat(json(answer).at("/order/name").asText()).isEqualTo("#1001");
    }

    @Test
    void findsTheStockOfAnArticle() throws Exception {
        HttpResponse<String> answer = call(url("variants/COF-ETH-1KG.json"), "public-token-of-the-shop");
        assertThat(json(answer).at("/variant/price").asText()).isEqualTo("27.00");
    }

    @Test
    void answersNotFoundForWhatItDoesNotSell() throws Exception {
        assertThat(call(url("variants/NO-SUCH.json"), "public-token-of-the-shop")
                        .statusCode())
                .isEqualTo(404);
    }

    private SandboxShop shopAnswering(int perSecond) throws IOException {
        ExampleProperties settings = new ExampleProperties(0, "public-token-of-the-shop", perSecond, 0, "sandbox");
        return SandboxShop.open(settings, Clock.fixed(Instant.parse("2026-10-01T08:00:00Z"), ZoneOffset.UTC));
    }

    private String url(String rest) {
        return "http://127.0.0.1:" + shop.port() + "/admin/api/2026-10/" + rest;
    }

    private HttpResponse<String> call(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("X-Shopify-Access-Token", token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> next(HttpResponse<String> page) {
        return page.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.MAPPER.readTree(answer.body());
    }
}
