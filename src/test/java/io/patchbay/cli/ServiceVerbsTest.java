package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        assertThat(said.out()).contains(FILE + ":10:1: there is no instance 'archiv'").contains("did you mean 'archive'?");
    }

    @Test
    void aServiceAndAFlowOfOneNameAreToldOf() throws IOException {
        service(SERVICE.replace("service: orders", "service: hello"));

        assertThat(say("check").out()).contains("DUPLICATE_FLOW");
    }

    @Test
    void servicesAreListedAndShown() throws IOException {
        service(SERVICE);

        assertThat(say("service", "list").out()).contains("orders").contains("active").contains("Orders to the archive");
        assertThat(say("service", "show", "orders").out()).contains(FILE).contains("known by number, there nr");
        assertThat(say("service", "show", "orders", "--json").out()).contains("\"notes\"").contains("Ask Ann.");
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
}
