package io.patchbay.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.runtime.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Hawtio is told of all MBeans before it shows anything, so many alike must not cost much. */
class CamelKindsTest {

    private static final String FLOW = """
            flow: %s
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 } ] }
              - id: told
                notify: { per: payload, log: info, text: "sent" }
            """;

    private final CamelKinds kinds = new CamelKinds(1);

    @Test
    void onlyWhatIsAlikeByItsClassIsDescribedOnce() throws Exception {
        String route = "org.apache.camel.management.mbean.ManagedRoute";

        assertThat(kinds.determineKey(bean("org.apache.camel:type=routes,name=a", route)))
                .isEqualTo(kinds.determineKey(bean("org.apache.camel:type=routes,name=b", route)))
                .isNotNull();
        assertThat(kinds.determineKey(bean("org.apache.camel:type=services,name=c", "com.example.Own")))
                .isNull();
        assertThat(kinds.determineKey(bean("java.lang:type=Memory", route))).isNull();
    }

    @Test
    void theListDescribesEachKindOnce(@TempDir Path home) throws Exception {
        Path routes = Files.createDirectories(home.resolve("routes"));
        for (String flow : Set.of("a", "b", "c")) {
            Files.writeString(routes.resolve(flow + ".flow.yaml"), FLOW.formatted(flow));
        }
        ConfigurableApplicationContext program = Program.start(home);
        try {
            JsonNode value = list(program);
            Set<String> described = new TreeSet<>();
            value.at("/domains/org.apache.camel").properties().stream()
                    .filter(bean -> bean.getKey().contains("type=routes")
                            || bean.getKey().contains("type=processors"))
                    .forEach(bean -> described.add(bean.getValue().asText("in full")));

            assertThat(described)
                    .hasSizeBetween(2, 4)
                    .allSatisfy(key -> assertThat(
                                    value.get("cache").get(key).get("attr").size())
                            .as(key)
                            .isPositive());
        } finally {
            program.close();
        }
    }

    private static JsonNode list(ConfigurableApplicationContext program) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(Program.url(program) + "/hawtio/jolokia/list?listCache=true&maxDepth=9"))
                .header("Authorization", "Bearer " + Program.TOKEN)
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(answer).get("value");
    }

    private static ObjectInstance bean(String name, String className) throws Exception {
        return new ObjectInstance(new ObjectName(name), className);
    }
}
