package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scripts on the pages do what the pages say. */
class ScriptPagesTest extends InWorld {

    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^```yaml\\n(connector: (\\S+)\\n.*?)^```\\s+^```js\\n// (\\S+\\.js)(.*?)^```");

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> queries = new CopyOnWriteArrayList<>();

    /** Writes the example of a page, with its host replaced by ours, and gives the connector's id. */
    private String example(String page, String settings) throws Exception {
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of("docs/reference", page)));
        assertThat(found.find()).isTrue();
        String id = found.group(2);
        String definition = found.group(1)
                .replace(
                        "'https://shop.example.com'",
                        "'http://127.0.0.1:" + world.port() + "', allowedHosts: ['127.0.0.1']");
        world.write("connectors/" + id + "/connector.yaml", definition);
        world.write("connectors/" + id + "/" + found.group(3), "// " + found.group(4));
        world.write(
                "connectors/" + id + "/instances/" + id + ".yaml",
                "{instance: " + id + ", connector: " + id + settings + "}");
        world.reload();
        return id;
    }

    @Test
    void pageAList() throws Exception {
        world.serve("/items", exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            exchange.getResponseHeaders().add("X-Total", "" + Lists.RECORDS);
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("from", "1"));
            World.json(exchange, 200, Lists.page(from, 3, ""));
        });

        String id = example("lists.md", "");

        assertThat(Lists.ids(world.pull("connector:" + id + "/items.list", attempt, null)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(queries).containsExactly("limit=100", "limit=100&from=4", "limit=100&from=7");
    }

    @Test
    void signARequest() throws Exception {
        world.secret("APP", "app-secret");
        world.serve("/items", exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            queries.add(exchange.getRequestHeaders().getFirst("X-Shop"));
            World.json(exchange, 200, "{}");
        });

        String id = example("authentication.md", ", settings: {shop: one, appSecret: '${secret.APP}'}");
        world.answer("connector:" + id + "/items.list", World.payload("{}"), attempt, null);

        assertThat(queries.get(0)).matches("timestamp=[0-9]{10}&sign=[0-9a-f]{64}");
        assertThat(queries.get(1)).isEqualTo("one");
    }
}
