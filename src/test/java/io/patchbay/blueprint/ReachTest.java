package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReachTest {

    @Test
    void whatADefinitionHasForPeopleIsNotCalledAndItsSecretsCountAllTheSame() {
        Reach reach = new Reach();
        reach.add("connectors/shop/connector.yaml", """
                connector: shop
                docsUrl: https://docs.example.net/api
                requester: { baseUrl: 'https://api.example.net' }
                settings: { properties: { host: { description: 'As at https://help.example.net' } } }
                endpoints:
                  orders.create: { body: { title: 'at ${secret.SHOP_KEY}', url: 'https://hook.example.net' } }
                """);

        assertThat(reach.hosts()).containsExactly("api.example.net", "hook.example.net");
        assertThat(reach.secrets()).containsExactly("SHOP_KEY");
    }

    @Test
    void aTitleInAFlowMayBeWhatIsCalled() {
        Reach reach = new Reach();
        reach.add("routes/orders.flow.yaml", "flow: orders\ntitle: https://api.example.net\n");

        assertThat(reach.hosts()).containsExactly("api.example.net");
    }
}
