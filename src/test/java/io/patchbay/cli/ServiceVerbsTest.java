package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be done with services without a runtime. */
class ServiceVerbsTest extends VerbsInAHome {

    private static final String FILE = "routes/services/orders.service.yaml";
    private static final String SERVICE = """
            service: orders
            name: Orders to the archive
            entity: orders
            source: { instance: archive, endpoint: files.get, with: { path: in.json } }
            reference: number
            filters:
              - { field: total, above: 0 }
            mapping:
              order: [ { to: nr, from: number } ]
            destination: { instance: archive, endpoint: files.put, with: { path: "${payload[0].nr}.json" } }
            notes: [ Ask Ann. ]
            """;

    private static final String CONNECTOR = """
            connector: files
            version: 1.0.0
            requester: { baseUrl: "file:/tmp/none" }
            auth: { none: { type: none } }
            endpoints:
              files.get: { kind: read, inputs: { path: {} }, file: { op: read, path: "${with.path}" } }
              files.put: { kind: write, inputs: { path: {} }, file: { op: write, path: "${with.path}" } }
            """;

    private void service(String text) throws IOException {
        file("connectors/files/connector.yaml", CONNECTOR);
        file("connectors/files/instances/archive.yaml", "{ instance: archive, connector: files, auth: none }");
        file(FILE, text);
    }

    @Test
    void aServiceIsCheckedAsTheFlowThatItBecomes() throws IOException {
        service(SERVICE);

        assertThat(say("check").out()).contains("0 errors, 0 warnings");
    }

    @Test
    void whatIsWrongIsToldAtItsPlaceInTheServiceFile() throws IOException {
        service(SERVICE.replace("destination: { instance: archive", "destination: { instance: archiv"));

        Said said = say("check");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains(FILE + ":10:1: there is no instance 'archiv'")
                .contains("did you mean 'archive'?");
    }

    @Test
    void aServiceAndAFlowOfOneNameAreToldOf() throws IOException {
        service(SERVICE.replace("service: orders", "service: hello"));

        assertThat(say("check").out()).contains("DUPLICATE_FLOW");
    }

    @Test
    void aServiceIsExportedAsTheFlowThatItBecomes() throws IOException {
        service(SERVICE);

        Said camel = say("export", "orders", "--as", "camel");
        assertThat(camel.code()).isEqualTo(1);
        assertThat(camel.out())
                .contains(FILE + "#as-flow:", "needs its connector", "Nothing was written")
                .doesNotContain("route:");

        Said bundle = say("export", "orders", "--as", "bundle");
        assertThat(bundle.code()).isEqualTo(1);
        assertThat(bundle.err()).contains("orders is a service", "service show orders --as-flow");
    }

    @Test
    void servicesAreListedAndShown() throws IOException {
        service(SERVICE);

        assertThat(say("service", "list").out())
                .contains("orders")
                .contains("active")
                .contains("Orders to the archive");
        assertThat(say("service", "show", "orders").out()).contains(FILE).contains("known by number, there nr");
        assertThat(say("service", "show", "orders", "--json").out())
                .contains("\"notes\"")
                .contains("Ask Ann.");
    }

    @Test
    void aServiceIsShownAsItIsInAnEnvironment() throws IOException {
        service(SERVICE);
        file("routes/environments/trial.yaml", """
                environment: trial
                name: For trial
                status: draft
                flows: [ orders ]
                replace: { instances: { archive: shelf } }
                """);

        assertThat(say("service", "show", "orders@trial").out())
                .contains("orders@trial: Orders to the archive (For trial)")
                .contains(FILE, "in       routes/environments/trial.yaml", "status   draft", "to shelf");
        assertThat(say("service", "show", "orders@trial", "--json")
                        .json()
                        .at("/destination")
                        .asText())
                .isEqualTo("shelf");
        assertThat(say("service", "show", "orders@trial", "--as-flow").out())
                .contains("flow: orders@trial")
                .contains("shelf")
                .doesNotContain("instance: archive");
        Said unknown = say("service", "show", "orders@trail");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no service 'orders@trail'.", "'orders@trial'");
        assertThat(say("service", "show", "ordres@trial").err()).contains("'ordres'", "'orders'");
    }

    @Test
    void theFlowThatAServiceBecomesCanBeSavedAsOne() throws IOException {
        service(SERVICE);
        String flow = say("service", "show", "orders", "--as-flow").out();
        java.nio.file.Files.delete(folder.resolve(FILE));
        file("routes/orders.flow.yaml", flow);

        assertThat(flow).startsWith("# Made from " + FILE);
        assertThat(say("check").out()).contains("0 errors, 0 warnings");
    }

    @Test
    void aServiceThatIsNotThereIsToldWithTheNearest() throws IOException {
        service(SERVICE);

        Said said = say("service", "show", "order");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("There is no service 'order'.").contains("'orders'");
    }

    @Test
    void aServiceWithErrorsIsToldOfWithThem() throws IOException {
        service(SERVICE.replace("entity:", "entty:"));

        Said said = say("service", "show", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains(FILE + ":3:1").contains("'entity'?");
    }

    private static final String SHOP = """
            connector: shop
            version: 1.0.0
            requester: { baseUrl: "https://shop.example.com" }
            auth: { none: { type: none } }
            endpoints:
              orders.list:
                kind: read
                inputs: { status: {}, page: { default: "1" } }
                method: GET
                path: /orders
                recordSelector: { path: "$.orders[*]" }
                paginator: { type: linkHeader }
              orders.create: { kind: write, method: POST, path: /orders }
              orders.update: { kind: write, method: PUT, path: /orders }
              customers.list: { kind: read, method: GET, path: /customers, paginator: { type: linkHeader } }
            """;

    private void shop() throws IOException {
        service(SERVICE);
        file("connectors/shop/connector.yaml", SHOP);
        file("connectors/shop/instances/web.yaml", "{ instance: web, connector: shop, auth: none }");
    }

    private String text(String name) throws IOException {
        return java.nio.file.Files.readString(folder.resolve("routes/services/" + name + ".service.yaml"));
    }

    @Test
    void aServiceIsSwitchedInItsFileWithAllElseToTheLetter() throws IOException {
        service("# by Ann\n" + SERVICE + "status: active # since May\n");

        assertThat(say("service", "deactivate", "orders").out()).contains("orders is inactive in " + FILE);
        assertThat(text("orders")).isEqualTo("# by Ann\n" + SERVICE + "status: inactive # since May\n");

        assertThat(say("service", "activate", "orders", "--json").out()).contains("\"status\"");
        assertThat(text("orders")).isEqualTo("# by Ann\n" + SERVICE + "status: active # since May\n");
    }

    @Test
    void aCloneIsAnotherServiceThatIsNotActive() throws IOException {
        service(SERVICE);

        assertThat(say("service", "clone", "orders", "returns", "--name", "Returns")
                        .out())
                .contains("Made routes/services/returns.service.yaml.");
        assertThat(text("returns"))
                .startsWith("service: returns\nname: Returns\n")
                .contains("status: inactive");
        assertThat(say("check").out()).contains("0 errors, 0 warnings");
        assertThat(say("service", "clone", "orders", "returns").err())
                .contains("There is a service 'returns' already.");
        assertThat(say("service", "clone", "orders", "../x").err()).contains("kebab-case");
    }

    @Test
    void notesAreListedAndAdded() throws IOException {
        service(SERVICE);

        assertThat(say("service", "notes", "orders", "--add", "Or Bob: since June")
                        .code())
                .isZero();

        assertThat(say("service", "notes", "orders").out()).isEqualTo("Ask Ann.\nOr Bob: since June\n");
    }

    /** Makes the service {@code web-orders} of the shop's orders, with these options besides. */
    private Said webOrders(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "service",
                "new",
                "web-orders",
                "--source",
                "web",
                "--source-with",
                "status=any",
                "--destination",
                "archive",
                "--destination-endpoint",
                "files.put",
                "--destination-with",
                "path=${payload[0].number}.json",
                "--entity",
                "orders",
                "--reference",
                "number"));
        words.addAll(List.of(more));
        return say(words.toArray(String[]::new));
    }

    @Test
    void aServiceIsMadeOfOptionsWithoutAQuestion() throws IOException {
        shop();

        Said said = webOrders(
                "--name",
                "Web orders",
                "--every",
                "15m",
                "--filter",
                "total above 0",
                "--filter",
                "status is paid in full",
                "--field",
                "sum=total");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(text("web-orders")).isEqualTo("""
                service: web-orders
                name: Web orders
                status: inactive
                entity: orders
                trigger: [ { schedule: { every: "15m" } } ]
                source: { instance: web, with: { status: any } }
                reference: number
                filters: [ { field: total, above: 0 }, { field: status, is: paid in full } ]
                mapping: { orders: [ { to: number, from: number }, { to: sum, from: total } ] }
                destination: { instance: archive, endpoint: files.put, with: { path: "${payload[0].number}.json" } }
                """);
        assertThat(say("check").out()).contains("0 errors, 0 warnings");
    }

    @Test
    void optionsThatMakeAServiceWithErrorsMakeNothing() throws IOException {
        shop();

        Said said = webOrders("--filter", "total abve 0");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("Nothing was made: routes/services/web-orders.service.yaml would be wrong.")
                .contains("routes/services/web-orders.service.yaml:", "abve");
        assertThat(folder.resolve("routes/services/web-orders.service.yaml")).doesNotExist();
        assertThat(webOrders("--filter", "total above 0").code()).isZero();
    }

    @Test
    void whoAnsweredQuestionsKeepsTheFileWithWhatIsToBeMendedInIt() throws IOException {
        shop();
        String answers = String.join(
                "\n", "web", "2", "any", "archive", "out.json", "1h", "number", "total abve 0", "", "", "no", "");

        Said said = Said.by(folder, java.util.Map.of(), answers, "service", "new", "web-orders");

        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(1);
        assertThat(said.out())
                .contains("Made routes/services/web-orders.service.yaml, which does not run before this is mended:")
                .contains("abve");
        assertThat(text("web-orders")).contains("abve: 0");
    }

    @Test
    void whatIsNotSaidIsAskedFor() throws IOException {
        shop();
        String answers = String.join(
                "\n",
                "web",
                "9",
                "2",
                "any",
                "archive",
                "out.json",
                "1h",
                "number",
                "no condition",
                "total above 0",
                "",
                "sum=total",
                "",
                "yes",
                "");

        Said said = Said.by(folder, java.util.Map.of(), answers, "service", "new", "web-orders");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("1  customers", "2  orders")
                .contains("There is none like that")
                .contains("'no condition' is no condition")
                .contains("Made routes/services/web-orders.service.yaml.");
        assertThat(text("web-orders"))
                .doesNotContain("status: inactive")
                .contains("source: { instance: web, with: { status: any } }")
                .contains("destination: { instance: archive, endpoint: files.put, with: { path: out.json } }")
                .contains("every: \"1h\"");
    }

    @Test
    void aQuestionThatNobodyAnswersNamesTheOption() throws IOException {
        shop();

        Said said = say("service", "new", "web-orders", "--source", "web");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("Nobody answers; say it with --entity.");
        assertThat(folder.resolve("routes/services/web-orders.service.yaml")).doesNotExist();
    }

    @Test
    void anInstanceThatIsNotThereIsToldWithTheNearest() throws IOException {
        shop();

        assertThat(say(
                                "service",
                                "new",
                                "a",
                                "--source",
                                "wab",
                                "--destination",
                                "web",
                                "--entity",
                                "orders",
                                "--reference",
                                "n")
                        .err())
                .contains("There is no instance 'wab'.")
                .contains("'web'");
    }
}
