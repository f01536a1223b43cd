package io.patchbay.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.environment.EnvironmentSet.Text;
import io.patchbay.environment.FlowNames.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTextTest {

    private static final String FLOW = """
            # What the shop sells
            flow: orders   # its id
            name: Orders
            status: draft
            variables:
              currency: EUR   # of the shop
              other: 1
            settings:
              overlap: queue
            trigger:
              - webhook: { path: orders/new, auth: none }
              - callback:
                  path: "price/{sku}"
                  auth: none
              - inbound: { name: orders }
            shapes:
              - id: pull
                connection: { instance: shop, endpoint: orders.list, with: { instance: shop, carrier: "${table.carriers.DHL}" } }
              - deDupe: { pool: seen, key: id }
              - addToCache: { cache: stock, key: "${record.id}" }
              - map:
                  fields:
                    - { to: a, from: b, then: [ { lookup: { table: carriers } } ] }
              - script: { file: tidy.js }
              - runFlow: { flow: stock }
              - runFlow: { flow: elsewhere, variables: { flow: stock } }
              - wait: { for: event, key: "paid:${record.id}" }
              - wait: { release: "sent:${record.id}" }
            """;

    private static EnvironmentText made(String base, String environment) {
        EnvironmentSet set = EnvironmentSet.read(
                List.of(new Text("routes/environments/uk.yaml", "environment: uk\n" + environment)), List.of());
        assertThat(set.problems()).isEmpty();
        Environment uk = set.environments().get("uk");
        return EnvironmentText.of("orders.flow.yaml", base, uk, uk.flows().get("orders"));
    }

    @Test
    void aFlowHasOtherNamesInItsPlacesAndAllElseAsItWas() {
        EnvironmentText made = made(FLOW, """
                prefix: gb
                name: Britain
                priority: high
                replace:
                  instances: { shop: shop-uk }
                  tables: { carriers: carriers-uk }
                  scripts: { tidy.js: tidy-uk.js }
                  variables: { currency: GBP, unknown: 1 }
                flows: [ orders, stock ]
                """);

        assertThat(made.problems()).isEmpty();
        assertThat(made.text()).isEqualTo("""
            # What the shop sells
            flow: orders@uk   # its id
            name: "Orders (Britain)"
            status: active
            variables:
              currency: GBP   # of the shop
              other: 1
            settings:
              overlap: queue
              priority: high
            trigger:
              - webhook: { path: gb/orders/new, auth: none }
              - callback:
                  path: "gb/price/{sku}"
                  auth: none
              - inbound: { name: gb-orders }
            shapes:
              - id: pull
                connection: { instance: shop-uk, endpoint: orders.list, with: { instance: shop, carrier: "${table.carriers-uk.DHL}" } }
              - deDupe: { pool: seen@uk, key: id }
              - addToCache: { cache: stock@uk, key: "${record.id}" }
              - map:
                  fields:
                    - { to: a, from: b, then: [ { lookup: { table: carriers-uk } } ] }
              - script: { file: tidy-uk.js }
              - runFlow: { flow: stock@uk }
              - runFlow: { flow: elsewhere, variables: { flow: stock } }
              - wait: { for: event, key: "uk/paid:${record.id}" }
              - wait: { release: "uk/sent:${record.id}" }
            deploy: manual
            """);
        assertThat(made.kept()).containsOnly(java.util.Map.entry(Kind.FLOW, Set.of("elsewhere")));
        assertThat(made.set()).containsExactly("currency");
        assertThat(made.named(Kind.INSTANCE)).containsExactly("shop-uk");
    }

    @Test
    void aStoreIsSharedWhereTheEnvironmentNamesItForItself() {
        EnvironmentText made = made(FLOW, "replace: { pools: { seen: seen } }\nflows: [ orders ]\n");

        assertThat(made.text()).contains("{ pool: seen, key: id }", "cache: stock@uk");
        assertThat(made.kept()).containsEntry(Kind.POOL, Set.of("seen"));
        assertThat(made.kept()).containsEntry(Kind.INSTANCE, Set.of("shop"));
    }

    @Test
    void whatIsSaidOfOneFlowStandsForWhatIsSaidOfAll() {
        EnvironmentText made = made("flow: orders\nvariables: { currency: EUR }\nshapes: []\n", """
                priority: high
                deploy: auto
                replace: { variables: { currency: GBP } }
                flows:
                  - { flow: orders, priority: low, status: inactive, variables: { currency: USD } }
                """);

        assertThat(made.text()).isEqualTo("""
                flow: orders@uk
                variables: { currency: USD }
                shapes: []
                deploy: auto
                status: inactive
                settings: { priority: low }
                """);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "9, 9", "10, 9", "11, 10", "20, 19", "30, 28"})
    void aLineLeadsBackToTheLineThatItWasMadeOf(int line, int base) {
        EnvironmentText made = made(FLOW, "priority: high\nflows: [ orders, stock ]\n");

        assertThat(made.line(line)).isEqualTo(base);
    }

    @Test
    void aNameThatIsWrittenWithEscapesCannotBeReplaced() {
        EnvironmentText made = made(
                "flow: orders\nshapes:\n  - connection: { instance: \"sh\\x6fp\", endpoint: a.b }\n",
                "replace: { instances: { shop: shop-uk } }\nflows: [ orders ]\n");

        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CANNOT_REPLACE");
            assertThat(problem.at().line()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shapes: [ { connection: { instance: &i shop, endpoint: a.b, with: { shop: *i } } } ]",
                "trigger: [ { webhook: { path: &p orders/new, auth: none } } ]",
                "trigger: [ { webhook: { path: !!str orders/new, auth: none } } ]",
            })
    void aNameBehindAnAnchorOrATagIsRefusedAsThat(String flow) {
        String base = "flow: orders\n" + flow + "\n";
        EnvironmentText made = made(base, "replace: { instances: { shop: shop-uk } }\nflows: [ orders ]\n");

        assertThat(made.problems()).first().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CANNOT_REPLACE");
            assertThat(problem.hint()).contains("without an anchor (&name) or a tag");
        });
        assertThat(made.text()).contains(flow);
    }

    @Test
    void onlyASecretByReferenceIsOneThatTheFlowNeeds() {
        EnvironmentText made = made("""
                flow: orders
                note: write ${secret.NOTE} there
                variables: { a: "${secret.VARIABLE}" }
                trigger:
                  - webhook: { path: new, auth: { header: X-Key, secret: "${secret.HOOK-KEY}" } }
                shapes:
                  - connection: { instance: shop, endpoint: a.b, with: { a: "${secret.WITH}" } }
                """, "flows: [ orders ]\n");

        assertThat(made.named(Kind.SECRET)).containsExactly("HOOK-KEY");
    }

    @Test
    void whatIsNoFlowIsLeftAsItIs() {
        assertThat(made("flow: [", "flows: [ orders ]\n").text()).isEqualTo("flow: [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"shop-uk, endpoint: orders.delete\"",
                "\"shop-uk # x\"",
                "\"shop-uk\\nflow: other\"",
                "\"shop\\\", endpoint: \\\"orders.delete\"",
                "\"${flow.currency}\"",
                "\"null\"",
                "\"\""
            })
    void whatStandsForANameIsANameAndNothingElse(String other) {
        EnvironmentSet set = EnvironmentSet.read(
                List.of(new Text(
                        "routes/environments/uk.yaml",
                        "environment: uk\nreplace: { instances: { shop: " + other + " } }\nflows: [ orders ]\n")),
                List.of());
        assertThat(set.environments()).isEmpty();
        assertThat(set.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("what stands for 'shop' under 'instances' is no name");
            assertThat(problem.at().line()).isEqualTo(2);
            assertThat(problem.at().column()).isEqualTo(25);
        });
    }

    @Test
    void aTextWithALoneCarriageReturnIsToldAndLeftAlone() {
        String base = "# old\r# style\r\n" + FLOW;
        EnvironmentText made = made(base, "replace: { instances: { shop: shop-uk } }\nflows: [ orders ]\n");
        assertThat(made.text()).isEqualTo(base);
        assertThat(made.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("carriage return alone"));
        assertThat(made("# new\r\n" + FLOW, "replace: { instances: { shop: shop-uk } }\nflows: [ orders ]\n")
                        .problems())
                .isEmpty();
    }
}
