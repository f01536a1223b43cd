package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a map between endpoints that say what they give and take. */
class MapChecksTest {

    private static final String FLOW = """
            flow: orders
            shapes:
              - id: pull
                connection: { instance: uk, endpoint: orders.list }
              - id: some
                filter: { keep: { field: id, exists: true } }
              - id: to-erp
                map:
            %s
              - id: push
                connection: { instance: uk, endpoint: orders.create }
            """;

    private static final String PROVES = """
            flow: proves
            shapes:
              - manualPayload: { json: [ { id: 1 } ] }
              - map:
                  fields:
                    - { to: open, from: id, then: [ { hmac: { secret: MAP_KEY } } ] }
                    - to: closed
                      from: id
                      then:
                        - { hmac: { secret: ERP_KEY } }
            """;

    @TempDir
    Path folder;

    @Test
    void saysWhatYamlMakesOfAnExpressionOnlyWhereThatMayBeTheMistake() throws IOException {
        String hint = "without quotes YAML ends a text at ' #'";

        assertThat(said("jq: .a | (.b # the rest")).contains("[BAD_EXPRESSION]").contains(hint);
        assertThat(said("jsonata: $sum(a # b )")).contains("[BAD_EXPRESSION]").contains(hint);
        assertThat(said("jq: .a | } | .b")).contains("[BAD_EXPRESSION]").doesNotContain("hint");
        assertThat(said("jq: nowhere")).contains("[BAD_EXPRESSION]").doesNotContain("hint");
        assertThat(said("jq: '.a | { b: .c'")).contains("[BAD_EXPRESSION]").doesNotContain("hint");
    }

    @Test
    void anExpressionInAFlowThatImportsIsToldWhereToStand() throws IOException {
        assertThat(said("jq: 'import \"money\" as money; .a'"))
                .contains("jq: what stands in the flow itself imports nothing [BAD_EXPRESSION]")
                .contains(
                        "hint: put it in a file in routes/scripts, beside the one that it imports: jq: { file: NAME.jq }");
    }

    private String said(String expression) throws IOException {
        file(
                "routes/made.flow.yaml",
                "flow: made\nshapes:\n  - manualPayload: { json: [] }\n  - map:\n      " + expression + "\n");
        return Said.by(folder, Map.of(), "", "check", "routes/made.flow.yaml").out();
    }

    @Test
    void warnsOfASecretThatMapsMayNotUse() throws IOException {
        file("routes/proves.flow.yaml", PROVES);

        assertThat(Said.by(folder, Map.of(), "", "check", "routes/proves.flow.yaml")
                        .out())
                .contains("routes/proves.flow.yaml:10:17: warning: the secret 'ERP_KEY' is not open to maps")
                .doesNotContain("MAP_KEY'");
        assertThat(Said.by(
                                folder,
                                Map.of("PATCHBAY_SECRETS_INMAPS", "MAP_*, ERP_KEY"),
                                "",
                                "check",
                                "routes/proves.flow.yaml")
                        .out())
                .contains("0 warnings");
    }

    @Test
    void readsInTheSettingsOfTheHomeWhichSecretsMapsMayUse() throws IOException {
        file("routes/proves.flow.yaml", PROVES);
        file("application.yaml", "patchbay:\n  secrets:\n    in-maps: [ ERP_* ]\n");

        assertThat(checked(Map.of()))
                .contains("the secret 'MAP_KEY' is not open to maps")
                .contains("program, has ERP_*")
                .doesNotContain("ERP_KEY'");
        assertThat(checked(Map.of("PATCHBAY_SECRETS_INMAPS", "")))
                .as("the environment goes before the file")
                .contains("the secret 'MAP_KEY' is not open")
                .contains("the secret 'ERP_KEY' is not open");
    }

    @Test
    void settingsThatCannotBeReadAreAProblem() throws IOException {
        file("routes/proves.flow.yaml", PROVES);
        file("application.yaml", "patchbay: { secrets: { in-maps: [ '*KEY' ] } }\n");

        assertThat(checked(Map.of()))
                .contains("application.yaml: the settings under 'patchbay.secrets' cannot be read: ")
                .contains("'*KEY' is neither [BAD_SETTINGS]");

        file("application.yaml", "patchbay: { secrets: { in-maps: [\n");

        assertThat(checked(Map.of()))
                .contains("application.yaml: the settings under 'patchbay.secrets' cannot be read");
    }

    private String checked(Map<String, String> environment) {
        return Said.by(folder, environment, "", "check").out();
    }

    @BeforeEach
    void write() throws IOException {
        file("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  orders.list:
                    kind: read
                    method: GET
                    path: /orders
                    recordSelector: { path: "$.orders[*]" }
                    response: { schema: ./order.schema.json }
                  orders.create:
                    kind: write
                    method: POST
                    path: /orders
                    request: { schema: ./new.schema.json }
                """);
        file("connectors/shop/instances/uk.yaml", "instance: uk\nconnector: shop\n");
        file("connectors/shop/order.schema.json", """
                { "type": "object", "properties": {
                    "id": { "type": "integer" }, "email": { "type": ["string", "null"] }, "total": { "type": "number" },
                    "lines": { "type": "array", "items": { "$ref": "#/$defs/line" } }, "extra": { "type": "object" } },
                  "$defs": { "line": { "type": "object", "properties": { "sku": { "type": "string" }, "qty": { "type": "integer" } } } } }
                """);
        file("connectors/shop/new.schema.json", """
                { "type": "object", "required": ["number", "buyer"], "additionalProperties": false, "properties": {
                    "number": { "type": "string" }, "cents": { "type": "integer" },
                    "buyer": { "type": "object", "required": ["mail", "name"],
                               "properties": { "mail": { "type": "string" }, "name": { "type": "string" } } },
                    "rows": { "type": "array", "items": { "type": "object", "required": ["code"],
                              "properties": { "code": { "type": "string" }, "count": { "type": "integer" } } } } } }
                """);
    }

    @Test
    void saysNothingOfAMapThatFits() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: number, from: id, then: [ text ] }
                  - { to: buyer.mail, from: email }
                  - { to: buyer.name, from: extra.anything.at.all }
                  - { to: "rows[*].code", from: "lines[*].sku" }
                  - { to: "rows[*].count", from: "lines[*].qty" }
                """)).isEqualTo("5 files, 0 errors, 0 warnings\n");
    }

    @Test
    void namesTheNearestOfAFieldThatIsNotThere() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: number, from: idd }
                  - { to: buyer, template: { mail: "${record.emial}", name: x } }
                  - { to: "rows[*].cod", from: "lines[*].sku" }
                  - { to: "rows[*].code", from: lines.sku }
                """))
                .contains(
                        "routes/orders.flow.yaml:10:31: warning: endpoint 'orders.list' gives no 'idd' [UNKNOWN_FIELD]\n"
                                + "  hint: did you mean 'id'?")
                .contains("endpoint 'orders.list' gives no 'emial' [UNKNOWN_FIELD]\n  hint: did you mean 'email'?")
                .contains(
                        "endpoint 'orders.create' takes no 'rows[*].cod' [UNKNOWN_FIELD]\n  hint: did you mean 'code'?")
                .contains("'lines' is a list, it has no 'sku' [WRONG_TYPE]\n  hint: write lines[*].sku")
                .contains("0 errors, 4 warnings");
    }

    @Test
    void looksAtConditionsAndSettingsOfFunctionsAsAtSources() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: number, from: email, when: { all: [ { field: totall, above: 1 } ] } }
                  - { to: number, from: email, then: [ { coalesce: [ emial, "${meta.x ?? 1}" ] }, { concat: { with: [ idd ] } } ] }
                  - { to: cents, from: id, then: [ { add: 1 }, { subtract: id2 }, { when: [ { if: { field: ttal, above: 1 }, value: 2 } ] } ] }
                  - to: buyer
                    template: { mail: a, name: b }
                    when: { not: { field: extra.anything, exists: true } }
                """))
                .contains(
                        "routes/orders.flow.yaml:10:62: warning: endpoint 'orders.list' gives no 'totall' [UNKNOWN_FIELD]\n"
                                + "  hint: did you mean 'total'?")
                .contains("gives no 'emial'")
                .contains("gives no 'idd'")
                .contains("gives no 'id2'")
                .contains("gives no 'ttal'")
                .contains("0 errors, 5 warnings");
    }

    @Test
    void warnsOfAPlaceholderInsideAConstant() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: number, from: id }
                  - { to: buyer, value: { mail: [ "${record.email}" ] } }
                """))
                .contains("warning: the value of field 'buyer' has a placeholder inside, and is written as it stands"
                        + " [PLACEHOLDER]\n  hint: write 'template' instead of 'value'")
                .contains("0 errors");
    }

    @Test
    void takesFixturesForASchemaWhereThereIsNone() throws IOException {
        file("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  orders.list: { kind: read, method: GET, path: /orders, recordSelector: { path: "$.orders[*]" } }
                  orders.create: { kind: write, method: POST, path: /orders }
                """);
        file("connectors/shop/fixtures/orders.yaml", """
                endpoint: orders.list
                request: { method: GET, path: /orders }
                response: { body: { orders: [ { id: 1, email: a, lines: [ { sku: A } ] }, { id: 2, total: "1", buyer: null } ] } }
                records: 2
                """);

        assertThat(checked("""
                fields:
                  - { to: a, from: emial }
                  - { to: b, from: totals }
                  - { to: c, from: buyer.name, then: [ upper ] }
                  - { to: d, from: nowhereNear }
                  - { to: e, from: lines.qty }
                  - { to: f, from: "lines[*].skuu" }
                  - { to: h, from: id }
                  - { to: i, from: id2 }
                """))
                .contains("warning: no fixture of endpoint 'orders.list' has 'emial' [UNKNOWN_FIELD]\n"
                        + "  hint: did you mean 'email'?")
                .contains("has 'totals'")
                .contains("'lines' is a list, it has no 'qty'")
                .contains("has 'lines[*].skuu'")
                .contains("0 errors, 4 warnings");
    }

    @Test
    void knowsWhatAManualPayloadAndAMapBeforeItGive() throws IOException {
        file("routes/made.flow.yaml", """
                flow: made
                shapes:
                  - id: order
                    manualPayload: { json: [ { total: 1, lines: [ { sku: A } ] }, { total: 2, note: { any: thing } } ] }
                  - id: first
                    map:
                      rename: { note: remark }
                      fields:
                        - { to: number, from: totl }
                        - { to: other, from: vat, default: 1 }
                        - { to: "rows[*].code", from: "lines[*].sku" }
                  - id: big
                    filter: { keep: { field: number, exists: true } }
                  - id: second
                    map:
                      fields:
                        - { to: a, from: nummber }
                        - { to: b, from: remark.any }
                        - { to: "c[*]", from: "rows[*].kode" }
                """);

        assertThat(said())
                .contains("no record of the manual payload has 'totl' [UNKNOWN_FIELD]\n  hint: did you mean 'total'?")
                .contains("the map before it gives no 'nummber' [UNKNOWN_FIELD]\n  hint: did you mean 'number'?")
                .contains("the map before it gives no 'rows[*].kode' [UNKNOWN_FIELD]\n  hint: did you mean 'code'?")
                .contains("0 errors, 3 warnings");
    }

    @Test
    void namesAFieldThatGoesOverAListThatNothingMakes() throws IOException {
        String map = """
                %s
                fields:
                  - { to: number, from: id, then: [ text ] }
                  - { to: buyer, template: { mail: a, name: b } }
                  - { to: "rows[*].count", value: 1 }
                """;

        assertThat(checked(map.formatted("wrapOutput: false")))
                .contains("field 'rows[*].count' goes over a list that no field makes, and writes nothing [NO_LIST]");
        assertThat(checked(map.formatted("keepOthers: true"))).doesNotContain("NO_LIST");
    }

    @Test
    void namesTablesThatNoFlowReadsAndRowsThatNobodyFinds() throws IOException {
        file("routes/tables/ways.csv", "key,value\nDE-*,1\nDE-1,2\n");
        file("routes/tables/back.csv", "key,value\na,1\nb,1\n");
        file("routes/tables/old.csv", "key,value\na,1\n");

        assertThat(checked("""
                fields:
                  - { to: number, from: email, then: [ { lookup: { table: ways, match: wildcard } } ] }
                  - { to: buyer, template: { mail: a, name: b } }
                  - { to: cents, from: id, then: [ text, { lookup: { table: back, from: value } }, { lookup: { table: back } }, number, round ] }
                """))
                .contains("table 'ways', line 3: the row is never found: 'DE-*' in line 2 holds all that 'DE-1' does")
                .contains("routes/tables/old.csv: warning: no flow reads table 'old' [UNUSED_TABLE]")
                .contains("0 errors, 2 warnings");
    }

    @Test
    void namesWhatIsNeededAndNotWritten() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: buyer.mail, from: email }
                  - { to: "rows[*].count", from: "lines[*].qty" }
                """))
                .contains("endpoint 'orders.create' needs 'number', and no field writes it [UNMAPPED]")
                .contains("endpoint 'orders.create' needs 'buyer.name', and no field writes it [UNMAPPED]")
                .contains("endpoint 'orders.create' needs 'rows.code', and no field writes it [UNMAPPED]");
    }

    @Test
    void namesWhatDoesNotFit() throws IOException {
        assertThat(checked("""
                fields:
                  - { to: number, from: id }
                  - { to: cents, from: total }
                  - { to: buyer, from: email }
                  - { to: rows, from: extra, then: [ upper ] }
                """))
                .contains("'number' takes string (endpoint 'orders.create'), and is given a number [TYPE_MISMATCH]")
                .contains("'cents' takes whole numbers (endpoint 'orders.create'), and what comes may have decimals")
                .contains("'buyer' takes object (endpoint 'orders.create'), and is given text")
                .contains("'upper' does not work on an object, and that is what 'extra' gives");
    }

    @Test
    void knowsRowsOfGroupsAndItemsOfLists() throws IOException {
        assertThat(checked("""
                explode: { list: lines, number: pos }
                fields:
                  - { to: number, from: lines.skuu }
                  - { to: buyer, template: { row: "${record.pos}" } }
                """)).contains("gives no 'lines.skuu'").contains("1 warning");
        assertThat(checked("""
                group: { by: [ email ] }
                fields:
                  - { to: number, from: email }
                  - { to: buyer, template: { row: 1 } }
                  - { to: "rows[*].code", from: "rows[*].emal" }
                """)).contains("gives no 'rows[*].emal'").contains("1 warning");
    }

    @Test
    void whatIsCarriedOverIsWritten() throws IOException {
        assertThat(checked("""
                keepOthers: true
                rename: { email: mial }
                """))
                .contains("takes no 'mial'")
                .contains("needs 'number'")
                .contains("needs 'buyer'");
    }

    @Test
    void looksIntoTheListsOfATry() throws IOException {
        file("routes/orders.flow.yaml", """
                flow: orders
                shapes:
                  - connection: { instance: uk, endpoint: orders.list }
                  - try:
                      shapes:
                        - map: { fields: [ { to: a, from: idd } ] }
                      catch:
                        - map: { fields: [ { to: a, from: iddd } ] }
                """);

        assertThat(said()).contains("did you mean 'id'?").contains("1 warning"); // what is caught may be anything
    }

    private String checked(String map) throws IOException {
        file("routes/orders.flow.yaml", FLOW.formatted(map.indent(6).stripTrailing()));
        return said();
    }

    private String said() {
        Said said = Said.by(folder, Map.of(), "", "check");
        assertThat(said.code()).as(said.out()).isZero();
        return said.out();
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
