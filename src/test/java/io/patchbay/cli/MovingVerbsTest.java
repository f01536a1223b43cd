package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files of other programs become files of a home, and flows leave it. */
class MovingVerbsTest extends VerbsInAHome {

    private static final Path EXPORTS = Path.of("src/test/resources/moving").toAbsolutePath();

    private Map<String, String> files() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!file.toString().contains(".lock")) {
                    all.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return all;
    }

    @Test
    void anExportOfPatchworksIsWrittenAndIsRight() throws IOException {
        Said said = say(
                "import",
                "patchworks",
                EXPORTS.resolve("patchworks/orders.json").toString(),
                "--json");
        assertThat(said.code()).isEqualTo(1); // not all of it was translated
        JsonNode document = said.json();
        assertThat(document.path("check")).isEmpty();
        assertThat(document.path("problems").findValuesAsText("pointer")).contains("/flow/versions/0/steps/11");
        assertThat(document.path("problems").findValuesAsText("made"))
                .contains("routes/paid-orders-to-the-erp.flow.yaml#beam-up");
        assertThat(files())
                .containsKeys(
                        "routes/paid-orders-to-the-erp.flow.yaml", "connectors/example-shop/instances/shop-uk.yaml");
        assertThat(files().values()).noneMatch(text -> text.contains("tok_93ab71c2ff"));
        assertThat(say("check").out()).contains("0 errors");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        Map<String, String> before = files();
        Said said = say(
                "import",
                "patchworks",
                EXPORTS.resolve("patchworks/orders.json").toString(),
                "--dry-run");
        assertThat(said.out()).contains("Would make:", "NOT_TRANSLATED", "routes/scripts/");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void nothingIsWrittenOverAndAnotherNameHelps() throws IOException {
        String file = EXPORTS.resolve("n8n/webhook.json").toString();
        assertThat(say("import", "n8n", file).code()).isZero();
        Map<String, String> before = files();
        Said again = say("import", "n8n", file);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("routes/price-asked.flow.yaml is there already", "--as NAME");
        assertThat(files()).isEqualTo(before);
        assertThat(say("import", "n8n", file, "--as", "price-two").code()).isZero();
        assertThat(files()).containsKeys("routes/price-two.flow.yaml", "routes/scripts/price-two-near-price.js");
    }

    @Test
    void whatIsNoExportIsRefused() throws IOException {
        file("x.json", "{ \"a\": }");
        Said said = say("import", "node-red", "x.json");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("x.json:1:8", "no JSON");
        file("cut.json", "{ \"a\": ");
        assertThat(say("import", "node-red", "cut.json").err())
                .contains("cut.json:1:", "this is no JSON: it ends too early")
                .doesNotContain("Source");
        assertThat(say("import", "node-red", "gone.json").code()).isEqualTo(2);
        assertThat(say("import").code()).isEqualTo(2);
    }

    @Test
    void aConnectorThatTheHomeHasNotComesFromTheLibrary() throws IOException {
        file(
                "library/connectors/generic-http/connector.yaml",
                Files.readString(Path.of("connectors/generic-http/connector.yaml")));
        for (String script : new String[] {"offset.js", "url.js", "sign.js", "number.js", "cursor.js"}) {
            file(
                    "library/connectors/generic-http/" + script,
                    Files.readString(Path.of("connectors/generic-http/" + script)));
        }
        Said said = Said.by(
                folder,
                Map.of("PATCHBAY_LIBRARY", "library"),
                "",
                "import",
                "n8n",
                EXPORTS.resolve("n8n/orders.json").toString());
        assertThat(said.out())
                .contains("connectors/generic-http/connector.yaml")
                .doesNotContain("What check says");
    }

    @Test
    void aFlowGoesIntoABundleAndComesOutOfIt() throws IOException {
        file("routes/scripts/tidy.js", "function handle({ payload }) {\n  return { payload };\n}\n");
        file(
                "routes/scripts/tidy.test.yaml",
                "cases:\n  - { name: same, given: { payload: 1 }, expect: { payload: 1 } }\n");
        file("routes/tables/carriers.csv", "a,b\nRM,\"Royal, Mail\"\n");
        file("routes/stores.yaml", "caches:\n  orders: { scope: company, keep: 1d }\n  other: { scope: flow }\n");
        file("routes/called.flow.yaml", GOOD.formatted("called"));
        file("routes/whole.flow.yaml", """
            flow: whole
            # a comment that stays
            shapes:
              - id: two
                manualPayload: { json: [ { n: RM } ] }
              - id: tidy
                script: { file: tidy.js }
              - id: named
                map: { fields: [ { to: by, from: n, then: [ { lookup: { table: carriers, else: keep } } ] } ] }
              - id: kept
                addToCache: { cache: orders, key: all }
              - id: other
                runFlow: { flow: called }
            """);
        assertThat(say("export", "whole", "--as", "bundle", "--to", "whole.yaml")
                        .code())
                .isZero();
        Path other = Files.createDirectories(folder.resolve("other/routes")).getParent();
        Said said = say("import", "bundle", "whole.yaml", "--home", other.toString(), "--json");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.json().path("flows")).hasSize(2);
        assertThat(Files.readString(other.resolve("routes/whole.flow.yaml")))
                .contains("# a comment that stays", "status: draft");
        assertThat(Files.readString(other.resolve("routes/tables/carriers.csv")))
                .isEqualTo("a,b\nRM,\"Royal, Mail\"\n");
        assertThat(Files.readString(other.resolve("routes/whole/stores.yaml")))
                .contains("orders")
                .doesNotContain("other");
        assertThat(say("test", "--home", other.toString()).code()).isZero();
        assertThat(say("import", "bundle", "whole.yaml", "--home", other.toString())
                        .err())
                .contains("is there already");
    }

    @Test
    void aBundleLeadsNowhereElse() throws IOException {
        for (String path :
                new String[] {"../x.flow.yaml", "/etc/x", "routes/../../x", "data/key", "routes/.hidden", "blueprints/x"
                }) {
            file("bad.yaml", "bundle: x\nfiles:\n  \"" + path + "\": \"flow: x\"\n");
            Said said = say("import", "bundle", "bad.yaml");
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("bad.yaml:3:", "is no text under routes/ or connectors/");
        }
        file("bad.yaml", "bundle: x\nfiles: [ 1 ]\n");
        assertThat(say("import", "bundle", "bad.yaml").err()).contains("is no bundle");
    }

    @Test
    void plainCamelIsWrittenAndWhatNeedsPatchbayIsRefused() throws IOException {
        file("routes/plain.flow.yaml", """
            flow: plain
            trigger: [ { schedule: { every: 10s } } ]
            shapes:
              - manualPayload: { text: hello }
              - notify: { log: info, text: "it says ${payload}" }
            """);
        assertThat(say("export", "plain", "--as", "camel").out())
                .contains("timer:plain-schedule", "it says ${body}", "direct:plain");
        Said nowhere = say("export", "plain", "--as", "camel", "--to", "none/plain.yaml");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err())
                .contains("none/plain.yaml cannot be read or written: it is not there, or its folder is not.")
                .doesNotContain("Exception", "at java");
        Said refused = say("export", "hello", "--as", "camel");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out())
                .contains("routes/hello.flow.yaml:7:5: a notify for each run needs Patchbay", "Nothing was written");
        assertThat(say("export", "gone", "--as", "camel").code()).isEqualTo(2);
    }
}
