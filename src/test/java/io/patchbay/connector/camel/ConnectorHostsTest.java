package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;

/** Which hosts a call goes to. */
class ConnectorHostsTest extends ShopCalls {

    @Test
    void followsARedirectOnItsOwnHostOnly() throws Exception {
        world.shop(GET);
        serve("/api/items/1", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            World.json(exchange, 302, "");
        });
        serve("/api/items/2", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost:" + world.port() + "/elsewhere");
            World.json(exchange, 302, "");
        });
        serve("/elsewhere", exchange -> World.json(exchange, 200, "{\"moved\":true}"));

        Payload answer = answer("connector:shop/items.get?id=1");
        StepException why = failure("connector:shop/items.get?id=2");

        assertThat(answer.tree()).hasToString("{\"moved\":true}");
        assertThat(why.code()).isEqualTo("HTTP_302");
    }

    @Test
    void refusesAPrivateAddressThatWasNotListed() throws Exception {
        world.shop(GET);
        world.rewrite("allowedHosts: ['127.0.0.1'], ", "");
        serve("/api/items/", exchange -> World.json(exchange, 200, "{}"));

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(why.getMessage())
                .contains("private address")
                .contains("list '127.0.0.1' under requester: {allowedHosts");
        assertThat(asked).isEmpty();
    }
}
