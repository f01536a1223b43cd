package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;

/** Which definition and which secrets a call goes by, when they change or are wrong. */
class ConnectorChangesTest extends ShopCalls {

    @Test
    void goesOnWithTheDefinitionThatAFlowWasDeployedWith() throws Exception {
        world.shop(GET);
        String old = world.catalog().endpoint("shop", "items.get").orElseThrow().hash();
        serve("/api/", exchange -> World.json(exchange, 200, "{}"));
        answer("connector:shop/items.get?id=1&revision=" + old);
        world.shop(GET.replace("/items/", "/articles/"));
        String now = world.catalog().endpoint("shop", "items.get").orElseThrow().hash();

        answer("connector:shop/items.get?id=2&revision=" + old);
        answer("connector:shop/items.get?id=3&revision=" + now);
        answer("connector:shop/items.get?id=4");

        assertThat(asked)
                .containsExactly(
                        "GET /api/items/1.json?region=eu",
                        "GET /api/items/2.json?region=eu",
                        "GET /api/articles/3.json?region=eu",
                        "GET /api/articles/4.json?region=eu");
    }

    @Test
    void saysAtTheStartOfARouteWhatItsUriGotWrong() throws Exception {
        world.shop(GET);

        assertThatThrownBy(() -> world.context().getEndpoint("connector:shpo/items.get"))
                .hasRootCauseMessage("there is no instance 'shpo'; did you mean 'shop'?");
        assertThatThrownBy(() -> world.context().getEndpoint("connector:shop/items.gte"))
                .hasRootCauseMessage("instance 'shop' has no endpoint 'items.gte'; did you mean 'items.get'?");
        assertThatThrownBy(() -> world.context().getEndpoint("connector:shop/items.get?ident=1"))
                .hasRootCauseMessage("endpoint 'items.get' has no input 'ident'; known here: id, lang");
    }

    @Test
    void saysWhichSecretIsMissing() throws Exception {
        world.shop(GET);
        world.nowhere("NOPE");

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("NO_SECRET");
        assertThat(why.getMessage()).contains("'token'").contains("secret NOPE");
    }

    @Test
    void looksSecretsUpAgainAfterTheSystemRefusedThem() throws Exception {
        world.secret("TOKEN", "old-token");
        world.shop("{key: {type: bearer, inject: {format: '${settings.token}'}}}", "", GET, "");
        serve("/api/items/", exchange -> {
            boolean good =
                    "Bearer new-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            World.json(exchange, good ? 200 : 401, "{}");
        });
        assertThat(failure("connector:shop/items.get?id=1").code()).isEqualTo("HTTP_401");

        world.secret("TOKEN", "new-token");

        assertThat(answer("connector:shop/items.get?id=1").tree()).hasToString("{}");
    }
}
