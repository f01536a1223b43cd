package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that need nothing but files. */
class FileVerbsTest extends VerbsInAHome {

    @Test
    void findsNothingWrongWithGoodFiles() {
        Said said = say("check");

        assertThat(said.out()).isEqualTo("1 file, 0 errors, 0 warnings\n");
        assertThat(said.code()).isZero();
    }

    @Test
    void tellsAllThatIsWrongWithItsPlace() throws IOException {
        file("routes/deep/bad.flow.yaml", "flow: bad\nshapes:\n  - id: x\n    fliter: {}\n");
        file("connectors/shop/connector.yaml", "connector: shop\nnonsense: 1\n");
        Said said = say("check");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("routes/deep/bad.flow.yaml:4:5: there is no shape 'fliter' [UNKNOWN_SHAPE]\n"
                        + "  hint: did you mean 'filter'?\n")
                .contains("connectors/shop/connector.yaml:2:1: ")
                .contains("3 files, ");
    }

    @Test
    void tellsWhatIsWrongWithWhatFlowsShare() throws IOException {
        file("routes/stores.yaml", "caches:\n  stock: { scope: companie }\n");

        Said said = say("check", "routes/stores.yaml");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("routes/stores.yaml:2:19: 'companie' is not one of run, flow, company [BAD_VALUE]\n"
                        + "  hint: did you mean 'company'?\n");
    }

    @Test
    void makesAConnectorOfADescription() throws IOException {
        file(
                "shop.json",
                "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Shop\"},\"servers\":[{\"url\":\"https://shop.example.com\"}],"
                        + "\"paths\":{\"/orders\":{\"get\":{\"responses\":{}}}}}");

        Said said = say("connector", "import", "openapi", "shop.json");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("connectors/shop: 1 endpoints");
        assertThat(say("check").out()).contains("0 errors");
        assertThat(say("connector", "import", "openapi", "shop.json").err())
                .contains("there is a connector 'shop' already");
        assertThat(say("connector", "import", "openapi", "none.json").err()).contains("There is no file none.json");
        assertThat(say("connector", "new", "My Shop").err()).contains("must be kebab-case");
        assertThat(say("connector", "new", "my-shop").code()).isZero();
    }

    @Test
    void leavesNoThreadBehindWhenFilesWereRead() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        file("connectors/shop/sign.js", "function sign() { return {}; }");
        file("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                auth: { code: { type: script, script: ./sign.js } }
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints: { ping.read: { kind: read, method: GET, path: /ping } }
                """);
        file(
                "routes/plain.camel.yaml",
                "- route: { from: { uri: 'direct:a', steps: [{ to: 'connector:uk/ping.read' }] } }");

        say("check");

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().matches("patchbay-(script|check)")) {
                thread.join(5000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void holdsConnectorsAgainstTheirFixtures() throws IOException {
        String connector = "connectors/sandbox-shop/connector.yaml";
        String fixture = "connectors/sandbox-shop/fixtures/orders.list.yaml";
        file(connector, Files.readString(Path.of(connector)));
        file(fixture, Files.readString(Path.of(fixture)));

        Said good = say("connector", "test", "sandbox-shop");
        file(connector, Files.readString(Path.of(connector)).replace("pageSize: 25", "pageSize: 30"));
        Said bad = say("connector", "test");

        file(connector, "connector: sandbox-shop\n");
        Said broken = say("connector", "test");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("connectors/sandbox-shop/connector.yaml:1:1: ");
        file(connector, Files.readString(Path.of(connector)).replace("pageSize: 25", "pageSize: 30"));

        assertThat(good.out()).startsWith("sandbox-shop: 1 passed, 0 failed");
        assertThat(good.code()).isZero();
        assertThat(bad.out()).contains(fixture).contains("the query 'limit' is '30', '25' is recorded");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(say("connector", "test", "--json")
                        .json()
                        .at("/0/fixtures/0/verdict")
                        .asText())
                .isEqualTo("failed");
        assertThat(say("connector", "test", "sandbox-shp").err()).contains("did you mean 'sandbox-shop'");
    }

    @Test
    void holdsKeptVersionsOfAConnectorAgainstTheirOwnFixtures() throws IOException {
        String folder = "connectors/sandbox-shop/";
        String definition = Files.readString(Path.of(folder + "connector.yaml"));
        String fixture = Files.readString(Path.of(folder + "fixtures/orders.list.yaml"));
        file(folder + "connector.yaml", definition);
        file(folder + "fixtures/orders.list.yaml", fixture);
        file(folder + "versions/0.9.0/connector.yaml", definition.replace("version: 1.0.0", "version: 0.9.0"));
        file(folder + "versions/0.9.0/fixtures/orders.list.yaml", fixture.replace("method: GET", "method: POST"));

        Said said = say("connector", "test", "sandbox-shop");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("sandbox-shop 1.0.0: 1 passed, 0 failed")
                .contains("sandbox-shop 0.9.0: 0 passed, 1 failed")
                .contains(folder + "versions/0.9.0/fixtures/orders.list.yaml")
                .contains("the method is 'GET', 'POST' is recorded");
    }

    @Test
    void tellsWhereATriggerLeadsNowhere() throws IOException {
        for (String connector : new String[] {"local-folder", "sandbox-shop"}) {
            String definition = "connectors/" + connector + "/connector.yaml";
            file(definition, Files.readString(Path.of(definition)));
        }
        file(
                "connectors/local-folder/instances/outbox.yaml",
                "{instance: outbox, connector: local-folder, settings: {folder: x}}");
        String shop = "connectors/sandbox-shop/instances/sandbox-shop.yaml";
        file(shop, Files.readString(Path.of(shop)));
        String flow =
                "flow: %s\ntrigger:\n  - manual: {}\n  - file: { instance: %s, path: in }\nshapes:\n  - manualPayload: { json: 1 }\n";
        file("routes/lost.flow.yaml", flow.formatted("lost", "outbx"));
        file("routes/shop.flow.yaml", flow.formatted("shop", "sandbox-shop"));
        file("routes/first.flow.yaml", flow.formatted("first", "outbox"));
        file("routes/second.flow.yaml", flow.formatted("second", "outbox"));

        assertThat(say("check").out())
                .contains("routes/lost.flow.yaml:4:23: there is no instance 'outbx' [UNKNOWN_INSTANCE]\n"
                        + "  hint: did you mean 'outbox'?")
                .contains("routes/shop.flow.yaml:4:23: instance 'sandbox-shop' holds no files, so none can arrive there"
                        + " [NO_FILES]\n  hint: files are in outbox")
                .contains(
                        "routes/second.flow.yaml:4:5: 'file outbox:in/*' is taken by flow 'first' [DUPLICATE_TRIGGER]")
                .contains(" 3 errors, ");
    }

    @Test
    void checksPlainCamelRoutesAndTablesToo() throws IOException {
        file("routes/audit.camel.yaml", "- from: { uri: 'timer:a', steps: [ { to: 'http:example.org' } ] }\n");
        file("routes/calls.camel.yaml", "- from: { uri: 'direct:b', steps: [ { to: 'connector:nobody/x' } ] }\n");
        file("routes/tables/codes.csv", "key,value\na\n");
        file("routes/steps.flow.yaml", "flow: steps\nshapes:\n  - camel: { uri: 'exec:rm' }\n");
        Said said = say("check");

        assertThat(said.out())
                .contains("routes/audit.camel.yaml:1:42: component 'http' is not allowed [COMPONENT_NOT_ALLOWED]")
                .contains("routes/calls.camel.yaml:1:43: Camel refuses this: there is no instance 'nobody'")
                .contains(
                        "routes/tables/codes.csv:2:1: a row must have as many values as there are columns, 2, found 1 [WRONG_COLUMNS]")
                .contains("routes/steps.flow.yaml:3:19: component 'exec' is not allowed [COMPONENT_NOT_ALLOWED]")
                .contains("5 files, 4 errors, 0 warnings");
    }

    @Test
    void checksSchemasOfFlows() throws IOException {
        file("routes/schemas/order.json", "{ \"type\": \"sting\" }");
        file("routes/held.flow.yaml", "flow: held\nshapes:\n  - id: x\n    validate: { schema: order.json }\n");

        assertThat(say("check").out())
                .contains("routes/schemas/order.json:1:")
                .contains("routes/held.flow.yaml:4:25: the schema 'order.json' has mistakes [BAD_SCHEMA]");

        file("routes/schemas/order.json", "{ \"type\": \"object\" }");

        assertThat(say("check").code()).isZero();
    }

    @Test
    void checksPlainCamelRoutesUnderTheSettingsOfTheHome() throws IOException {
        file("application.yaml", "patchbay.camel.components: [ timer, http ]\n");
        file("routes/audit.camel.yaml", "- from: { uri: 'timer:a', steps: [ { to: 'http:example.org' } ] }\n");

        assertThat(say("check").out()).isEqualTo("2 files, 0 errors, 0 warnings\n");
    }

    @Test
    void warnsOfAFileThatIsNotTakenBecauseOfItsName() throws IOException {
        file("routes/orders.yaml", "flow: orders\n");
        Said said = say("check");

        assertThat(said.out())
                .isEqualTo("routes/orders.yaml: warning: the file is not taken because of its name [NOT_TAKEN]\n"
                        + "  hint: call it 'orders.flow.yaml' if it is a flow, 'orders.camel.yaml' if it holds plain Camel"
                        + " routes\n1 file, 0 errors, 1 warning\n");
        assertThat(said.code()).isZero();
        assertThat(say("check", "routes/orders.yaml").out()).contains("[NOT_TAKEN]", "0 files, 0 errors, 1 warning");
    }

    @Test
    void tellsTheSameAsJson() throws IOException {
        file("routes/bad.flow.yaml", "flow: bad\nshapes:\n  - id: x\n    fliter: {}\n");
        Said said = say("check", "--json");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.json().get("errors").asInt()).isEqualTo(1);
        assertThat(said.json().at("/problems/0/file").asText()).isEqualTo("routes/bad.flow.yaml");
        assertThat(said.json().at("/problems/0/line").asInt()).isEqualTo(4);
        assertThat(said.json().at("/problems/0/hint").asText()).isEqualTo("did you mean 'filter'?");
    }

    @Test
    void tellsOnlyOfThePathsThatAreAskedFor() throws IOException {
        file("routes/bad.flow.yaml", "flow: bad\nshapes:\n  - id: x\n    fliter: {}\n");
        file("routes/more/worse.flow.yaml", "flow: [");

        assertThat(say("check", "routes/hello.flow.yaml").code()).isZero();
        assertThat(say("check", "routes/more").out())
                .contains("routes/more/worse.flow.yaml:1:")
                .doesNotContain("bad.flow.yaml")
                .contains("1 file, ");
    }

    @Test
    void takesAFolderWithRoutesAsAHomeOfItsOwn() throws IOException {
        file("blueprints/one/routes/bad.flow.yaml", "flow: bad\n");
        Said said = say("check", "blueprints/one");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith("blueprints/one/routes/bad.flow.yaml:1:1: ");
    }

    @Test
    void checksAFlowFileThatLiesAnywhere(@TempDir Path other) throws IOException {
        Path loose = Files.writeString(other.resolve("loose.flow.yaml"), "flow: loose\nshapes: []\n");
        Said said = say("check", loose.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).startsWith(loose + ":1:1: ").contains("1 file, 1 error");
    }

    @Test
    void findsFlowsThatTakeEachOthersName() throws IOException {
        file("routes/again.flow.yaml", GOOD.formatted("hello"));

        assertThat(say("check").out())
                .contains(":1:7: flow id 'hello' is taken by routes/again.flow.yaml [DUPLICATE_FLOW]");
    }

    @Test
    void refusesPathsThatAreNotThere() {
        Said said = say("check", "routes/nope.flow.yaml");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("There is no file or folder routes/nope.flow.yaml.\n");
    }

    @Test
    void takesTheHomeFromTheEnvironment(@TempDir Path other) {
        Said said = Said.by(other, Map.of("PATCHBAY_HOME", folder.toString()), "", "check");

        assertThat(said.out()).isEqualTo("1 file, 0 errors, 0 warnings\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow", "connector", "instance", "camel"})
    void printsSchemas(String kind) throws IOException {
        Said said = say("schema", kind);

        assertThat(said.code()).isZero();
        assertThat(said.json().has("$schema")).isTrue();
    }

    @Test
    void listsTheKindsOfSchema() throws IOException {
        assertThat(say("schema").out())
                .isEqualTo(
                        "blueprint\ncamel\ncatalogues\nconnector\nenvironment\nfixture\nflow\ninstance\npackage\nscript-test\nservice\nstores\ntest\n");
        assertThat(say("schema", "--json").json()).hasSize(13);
        assertThat(say("schema", "flwo").code()).isEqualTo(2);
    }

    @Test
    void refusesVerbsAndOptionsThatItDoesNotKnow() {
        assertThat(say("chekc").code()).isEqualTo(2);
        assertThat(say("chekc").err()).contains("Did you mean", "check");
        assertThat(say("check", "--jsno").code()).isEqualTo(2);
        assertThat(say().code()).isEqualTo(2);
    }

    @Test
    void tellsVerbsFromSettings() {
        assertThat(Patchbay.isVerb(new String[] {"check"})).isTrue();
        assertThat(Patchbay.isVerb(new String[] {"--help"})).isTrue();
        assertThat(Patchbay.isVerb(new String[] {"--home=/x"})).isFalse();
        assertThat(Patchbay.isVerb(new String[] {"--home", "/x"})).isFalse();
        assertThat(Patchbay.isVerb(new String[] {"--home=/x", "check"})).isTrue();
        assertThat(Patchbay.isVerb(new String[] {"--home", "/x", "check"})).isTrue();
        assertThat(Patchbay.verbFirst("--home=/x", "check", "p")).containsExactly("check", "--home=/x", "p");
        assertThat(Patchbay.verbFirst("--home", "/x", "check", "p")).containsExactly("check", "--home", "/x", "p");
        assertThat(Patchbay.verbFirst("check", "p")).containsExactly("check", "p");
        assertThat(Patchbay.isVerb(new String[] {})).isFalse();
    }

    @Test
    void everyVerbStandsInTheReference() throws IOException {
        String page = Files.readString(Path.of("docs/reference/command-line.md"));

        assertThat(Patchbay.commandLine(Terminal.ofThisProcess())
                        .getSubcommands()
                        .keySet())
                .allSatisfy(verb -> assertThat(page).containsPattern("`(patchbay )?" + verb + "[ `]"));
    }
}
