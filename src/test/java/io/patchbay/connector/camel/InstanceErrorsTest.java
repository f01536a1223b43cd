package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.CatalogReader;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance says of answers besides its connector. */
class InstanceErrorsTest extends ShopCalls {

    private static final String CONNECTORS = """
            errorHandler:
              rules:
                - { match: { status: [404] }, action: ignore }
                - { match: { status: [409] }, action: fail, message: The connector's sentence }
              backoff: { maxAttempts: 3 }
            """;

    private void shop(String instance) throws Exception {
        world.shop("{none: {type: none}}", CONNECTORS, GET, instance);
    }

    private void serves(int status) {
        serve("/api/items/", exchange -> World.json(exchange, status, "{\"code\":\"x\"}"));
    }

    @Test
    void itsRulesAreAskedBeforeTheConnectorsAndThoseGoOn() throws Exception {
        shop("""
                errorHandler:
                  rules: [{ match: { status: [409] }, action: fail, message: The instance's sentence }]
                """);
        serves(409);
        assertThat(failure("connector:shop/items.get?id=7"))
                .hasMessageStartingWith("The instance's sentence (instance 'shop' answered 409");
    }

    @Test
    void whatItDoesNotSayIsTheConnectors() throws Exception {
        shop("errorHandler: { rules: [{ match: { status: [410] }, action: ignore }] }");
        serves(404);

        assertThat(answer("connector:shop/items.get?id=7").bytes()).isEmpty();
        assertThat(world.catalog()
                        .endpoint("shop", "items.get")
                        .orElseThrow()
                        .backoff()
                        .maxAttempts())
                .isEqualTo(3);
    }

    @Test
    void itMayTakeBackWhatTheConnectorIgnores() throws Exception {
        shop("errorHandler: { rules: [{ match: { status: [404] }, action: fail }] }");
        serves(404);

        assertThat(failure("connector:shop/items.get?id=7").code()).isEqualTo("HTTP_404");
    }

    @Test
    void itsBackoffAndBreakerTakeThePlaceOfTheConnectors() throws Exception {
        shop(
                "errorHandler: { backoff: { initial: 2s, maxAttempts: 2 }, circuitBreaker: { failures: 2, openFor: 1m } }");
        serves(503);

        assertThat(world.catalog().endpoint("shop", "items.get").orElseThrow().backoff())
                .satisfies(backoff -> {
                    assertThat(backoff.maxAttempts()).isEqualTo(2);
                    assertThat(backoff.initial()).isEqualTo(Duration.ofSeconds(2));
                });
        failure("connector:shop/items.get?id=7");
        failure("connector:shop/items.get?id=7");
        assertThat(failure("connector:shop/items.get?id=7").code()).isEqualTo("CIRCUIT_OPEN");
        assertThat(asked).hasSize(2);
    }

    @Test
    void saysWhereItIsWrong() throws Exception {
        shop("");
        world.write("connectors/shop/instances/other.yaml", """
                instance: other
                connector: shop
                settings: {port: 1, token: '${secret.TOKEN}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}
                errorHandler:
                  rules: [{ match: { bodyRegex: '(' }, action: fail }]
                """);

        var problems =
                new CatalogReader(home).read(List.of(home), world.catalog()).problems();

        assertThat(problems.get("connectors/shop/instances/other.yaml"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("BAD_REGEX");
                    assertThat(problem.at().line()).isGreaterThanOrEqualTo(4);
                });
    }

    @Test
    void aSecretThatIsNotAsItsConnectorSaysIsNotSentAndNotShown() throws Exception {
        shop("");
        world.rewrite(
                "region: {default: eu}", "region: {default: eu}, token: {pattern: 'sk_[a-z0-9]+', description: A key}");
        world.secret("TOKEN", "Bearer wrong-one");
        world.reload();
        serves(200);

        StepException why = failure("connector:shop/items.get?id=7");

        assertThat(why.code()).isEqualTo("BAD_SETTING");
        assertThat(why)
                .hasMessageContaining(
                        "the value of the setting 'token' that its reference leads to must match sk_[a-z0-9]+")
                .hasMessageContaining("connectors/shop/instances/shop.yaml")
                .hasMessageNotContaining("wrong-one");
        assertThat(asked).isEmpty();
    }
}
