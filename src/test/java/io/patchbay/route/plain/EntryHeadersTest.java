package io.patchbay.route.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.seda.SedaComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel's headers where a message comes in. The queue {@code sftp} stands for a system outside, {@code seda} for a route. */
class EntryHeadersTest {

    private final PlainCamel camel = new PlainCamel(
            new CamelRules(Set.of("sftp", "seda"), Set.of("simple")),
            Map.of("sftp", SedaComponent::new),
            name -> null,
            Duration.ofSeconds(1));

    @BeforeEach
    void start() {
        camel.files()
                .apply(List.of(new SourceFile("routes/in.camel.yaml", Path.of("."), SourceKind.CAMEL, """
                        - from: { uri: "sftp:in", steps: [ { setBody: { simple: "${headers}" } } ] }
                        - from: { uri: "seda:in", steps: [ { setBody: { simple: "${headers}" } } ] }
                        """, "1")))
                .join();
        assertThat(camel.files().problems()).isEmpty();
    }

    @AfterEach
    void close() {
        camel.close();
    }

    @Test
    void dropsCamelsHeadersInAnySpellingWhereAMessageEntersFromOutside() throws Exception {
        assertThat(headers("sftp:in")).containsOnlyKeys("CamelFileName", "shop", "x-camel");
    }

    @Test
    void leavesTheHeadersThatAnotherRouteSet() throws Exception {
        assertThat(headers("seda:in")).hasSize(8);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> headers(String uri) throws Exception {
        Map<String, Object> sent = new TreeMap<>();
        for (String name : List.of(
                "CamelFileName",
                "CamelHttpPath",
                "camelHttpUri",
                "CAMELFileName2",
                " CamelExecCommandExecutable",
                "org.apache.camel.x",
                "shop",
                "x-camel")) {
            sent.put(name, "v");
        }
        try (ProducerTemplate calls = camel.context().createProducerTemplate()) {
            return calls.requestBodyAndHeaders(uri + "?waitForTaskToComplete=Always", "x", sent, Map.class);
        }
    }
}
