package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blueprint whose answers go into an instance, in a home that has one of its name. */
class InstanceThatIsThereTest {

    private static final String OTHERWISE =
            "instance 'till' is there and says otherwise than the answer to 'shop': have"
                    + " another one made with --instance till=NAME, or take it as it is with --instance till=till";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void aBlueprintThatAsksForTheShopOfItsInstance() throws IOException {
        bench = new Bench(folder);
        Bench.write(bench.source().resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: Shop
                settings: { properties: { shop: { description: Its name } } }
                auth: { open: { type: none } }
                requester: { baseUrl: 'https://api.example.com' }
                endpoints:
                  orders.list: { kind: read, method: GET, path: /orders, response: { format: json } }
                """);
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Bench.write(bench.blueprint().resolve("connectors/shop/instances/till.yaml"), """
                instance: till
                connector: shop
                settings: { shop: example }
                """);
        Bench.write(bench.blueprint().resolve("blueprint.yaml"), """
                blueprint: orders
                version: 1.0.0
                title: Orders
                connectors: { shop: 1.0.0 }
                instances: { till: { connector: shop, title: The till } }
                questions:
                  shop: { title: Its shop, otherwise: example, sets: ['connectors/shop/instances/till.yaml#settings.shop'] }
                permissions: { hosts: [api.example.com] }
                """);
    }

    private Plan plan(String as, Map<String, String> answers, Map<String, String> instances) throws IOException {
        return bench.blueprints().planInstall("orders", as, new Answers(answers, instances, Map.of()));
    }

    @Test
    void anAnswerThatItDoesNotHaveIsNotPassedOver() throws Exception {
        bench.blueprints().carryOut(plan("one", Map.of("shop", "acme"), Map.of()));

        assertThat(plan("two", Map.of("shop", "other"), Map.of()).obstacles()).containsExactly(OTHERWISE);
        assertThat(plan("two", Map.of("shop", "acme"), Map.of()).obstacles()).isEmpty();
        assertThat(plan("two", Map.of(), Map.of()).obstacles()).isEmpty();
    }

    @Test
    void itIsTakenAsItIsWhenItIsNamedAndAnotherOneIsMadeWhenThatIsNamed() throws Exception {
        bench.blueprints().carryOut(plan("one", Map.of("shop", "acme"), Map.of()));

        assertThat(plan("two", Map.of("shop", "other"), Map.of("till", "till")).obstacles())
                .isEmpty();
        bench.blueprints().carryOut(plan("two", Map.of("shop", "other"), Map.of("till", "till-two")));
        assertThat(bench.home().resolve("connectors/shop/instances/till-two.yaml"))
                .content()
                .contains("shop: other");
        assertThat(bench.home().resolve("connectors/shop/instances/till.yaml"))
                .content()
                .contains("shop: acme");
    }

    @Test
    void anInstanceWithoutThatSettingSaysOtherwise() throws Exception {
        Bench.write(bench.home().resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                auth: { open: { type: none } }
                requester: { baseUrl: 'https://api.example.com' }
                endpoints:
                  orders.list: { kind: read, method: GET, path: /orders, response: { format: json } }
                """);
        Bench.write(bench.home().resolve("connectors/shop/instances/till.yaml"), "instance: till\nconnector: shop\n");

        assertThat(plan("one", Map.of("shop", "acme"), Map.of()).obstacles()).containsExactly(OTHERWISE);
    }
}
