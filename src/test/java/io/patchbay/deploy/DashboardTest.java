package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Json;
import io.patchbay.runtime.Program;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.context.ConfigurableApplicationContext;

/** The dashboard and the rules that are shipped ask for metrics and labels that a running program has. */
class DashboardTest {

    private static final Path DASHBOARD = Path.of("deploy/grafana/patchbay.json");
    private static final Path RULES = Path.of("deploy/prometheus/patchbay-rules.yaml");

    /** A name in a query that selects series: labels, a range, the end or an operator follow. */
    private static final Pattern METRIC = Pattern.compile("[a-z_][a-z0-9_]*");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");

    /** Words of PromQL, and what Prometheus makes itself. */
    private static final Set<String> NO_METRICS = Set.of(
            "sum", "max", "min", "rate", "increase", "by", "or", "and", "on", "up", "instance", "exported_instance");

    /** Labels that Prometheus adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    @TempDir
    static Path home;

    @Test
    void theDashboardIsOfTheSchemaThatItSays() throws Exception {
        JsonNode dashboard = dashboard();

        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.path("uid").asText()).isEqualTo("patchbay");
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(places.add(at.path("x") + "/" + at.path("y"))).isTrue();
            if (panel.path("type").asText().equals("row")) {
                continue;
            }
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${source}");
            assertThat(panel.path("targets"))
                    .isNotEmpty()
                    .allSatisfy(
                            target -> assertThat(target.path("expr").asText()).isNotBlank());
        }
    }

    @Test
    void everyMetricAndLabelThatIsAskedForIsThere() throws Exception {
        String page = page();
        Set<String> names = page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> queries = queries();

        assertThat(queries).hasSizeGreaterThan(30);
        for (String query : queries) {
            String plain = query.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("\\[[^\\]]*\\]", "");
            Set<String> asked = metrics(plain);
            assertThat(asked).as(query).isNotEmpty();
            assertThat(names).as(query).containsAll(asked);
            for (String metric : asked) {
                Matcher labels = Pattern.compile(metric + "\\{([^}]*)\\}").matcher(plain);
                while (labels.find()) {
                    Matcher label = LABEL.matcher(labels.group(1));
                    while (label.find()) {
                        String name = label.group(1);
                        assertThat(OF_PROMETHEUS.contains(name)
                                        || page.lines()
                                                .anyMatch(line ->
                                                        line.startsWith(metric + "{") && line.contains(name + "=\"")))
                                .as("label %s of %s in %s", name, metric, query)
                                .isTrue();
                    }
                }
            }
        }
    }

    private static Set<String> metrics(String query) {
        // Labels stand in braces, and in parentheses behind "by".
        String bare = query.replaceAll("\\{[^}]*\\}", " ").replaceAll("by \\([^)]*\\)", " ");
        Set<String> found = new TreeSet<>();
        Matcher name = METRIC.matcher(bare);
        while (name.find()) {
            if (!NO_METRICS.contains(name.group())) {
                found.add(name.group());
            }
        }
        return found;
    }

    private static List<String> queries() throws Exception {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            panel.path("targets")
                    .forEach(target -> queries.add(target.path("expr").asText()));
        }
        JsonNode rules = Json.MAPPER.valueToTree(
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RULES)));
        rules.at("/groups/0/rules").forEach(rule -> {
            if (!rule.path("expr").asText().startsWith("up{")) {
                queries.add(rule.path("expr").asText());
            }
        });
        return queries;
    }

    private static JsonNode dashboard() throws Exception {
        return Json.MAPPER.readTree(Files.readString(DASHBOARD));
    }

    /** What a program shows that ran a flow with a call whose answer is not as it is described. */
    private static String page() throws Exception {
        HttpServer shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", exchange -> {
            byte[] answer = "{\"no\":\"price\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        try {
            return page(shop);
        } finally {
            shop.stop(0);
        }
    }

    private static String page(HttpServer shop) throws Exception {
        Path instances = Files.createDirectories(home.resolve("connectors/till/instances"));
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(instances.resolve("till-one.yaml"), "instance: till-one\nconnector: till\n");
        Files.writeString(home.resolve("connectors/till/connector.yaml"), """
            connector: till
            version: 1.0.0
            title: A till
            auth: { open: { type: none } }
            requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
            endpoints:
              price.read:
                kind: read
                title: The price
                method: GET
                path: /price
                response: { schema: ./price.schema.yaml }
            """.formatted(
                        shop.getAddress().getPort()));
        Files.writeString(
                home.resolve("connectors/till/price.schema.yaml"),
                "$schema: https://json-schema.org/draft/2020-12/schema\ntype: object\nrequired: [price]\n");
        Files.writeString(home.resolve("routes/asks.flow.yaml"), """
            flow: asks
            shapes:
              - { id: priced, connection: { instance: till-one, endpoint: price.read } }
            """);
        try (ConfigurableApplicationContext context =
                Program.start(home, "--management.prometheus.metrics.export.enabled=true")) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest.Builder start = HttpRequest.newBuilder(
                            URI.create(Program.url(context) + "/api/v1/flows/asks/start"))
                    .header("Authorization", "Bearer " + Program.TOKEN)
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
            assertThat(client.send(start.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
            System.gc(); // pauses are shown from the first one on
            HttpRequest scrape = HttpRequest.newBuilder(URI.create(Program.url(context) + "/actuator/prometheus"))
                    .header("Authorization", "Bearer " + Program.TOKEN)
                    .build();
            return await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> client.send(scrape, BodyHandlers.ofString()).body(),
                            body -> body.contains("patchbay_shape_failed_total{flow=\"asks\"")
                                    && body.contains("jvm_gc_pause_seconds_sum"));
        }
    }
}
