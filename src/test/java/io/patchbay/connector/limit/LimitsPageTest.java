package io.patchbay.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsPageTest {

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final String ENDPOINTS = "endpoints: {ping.read: {kind: read, method: GET, path: /ping}}\n";

    @TempDir
    Path home;

    private CatalogReader.Reading read(String name, String text) throws Exception {
        Path file = home.resolve("connectors/" + name + "/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
    }

    @Test
    void everyExampleOfThePageIsTaken() throws Exception {
        Matcher block = YAML.matcher(Files.readString(Path.of("docs/reference/limits.md")));

        assertThat(block.find()).isTrue();
        assertThat(read("limited-shop", block.group(1)).problems()).isEmpty();
        assertThat(block.find()).isTrue();
        assertThat(read("points", withLimits("rateLimit:\n" + block.group(1).indent(2)))
                        .problems())
                .isEmpty();
        assertThat(block.find()).isFalse();
    }

    private static String withLimits(String rateLimit) {
        return "connector: points\nversion: 1.0.0\nrequester: {baseUrl: 'https://shop.example.com'}\n" + rateLimit
                + ENDPOINTS;
    }

    private String problem(String rateLimit) throws Exception {
        var problems =
                read("points", withLimits("rateLimit: " + rateLimit + "\n")).problems();
        assertThat(problems).hasSize(1);
        return problems.values().iterator().next().toString();
    }

    @Test
    void saysWhatIsWrongAndWhere() throws Exception {
        assertThat(problem("{}")).contains(":4:", "needs 'policies', 'adaptFromHeaders' or 'observe'");
        assertThat(problem("{policies: [{algorithm: leakyBuckt, limit: 1, period: 1s}]}"))
                .contains("did you mean 'leakyBucket'?");
        assertThat(problem("{policies: [{algorithm: slidingWindow, limit: 1}]}"))
                .contains("needs a 'period' like 1s");
        assertThat(problem("{policies: [{algorithm: cost, limit: 10, period: 1s}]}"))
                .contains("needs 'refill'");
        assertThat(problem("{policies: [{algorithm: concurrency, limit: 10, weight: 3}]}"))
                .contains("'weight' has no meaning");
        assertThat(problem("{policies: [{algorithm: fixedWindow, limit: 2, period: 1s, weight: 3}]}"))
                .contains("never fits");
        assertThat(problem("{policies: [{algorithm: concurrency, limit: 1, match: {}}]}"))
                .contains("'match' needs 'method' or 'path'");
        assertThat(problem("{observe: [{from: body, name: cost.actual, format: cost}]}"))
                .contains("must begin with $");
    }
}
