package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words about subscriptions, and how to mend it. */
class SubscriptionProblemsTest {

    @TempDir
    Path home;

    private List<String> problems(String words) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                  a.list: {kind: read, method: GET, path: /a}
                  a.begin: {kind: subscribe, method: POST, path: /a, inputs: {url: {}, event: {}}}
                  a.plain: {kind: subscribe, method: POST, path: /a}
                  a.signed: {kind: subscribe, method: POST, path: /a, inputs: {url: {}, secret: {}}}
                  a.more: {kind: subscribe, method: POST, path: /a, inputs: {url: {}, shop: {}, lang: {default: en}}}
                  a.end: {kind: subscribe, method: DELETE, path: '/a/${with.id}', inputs: {id: {}}}
                webhooks:
                  paid: {verify: {type: none}, %s}
                """.formatted(words));
        return CatalogProblems.of(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            subscribeEndpoint: a.begn | 'a.begn' is not an endpoint of this connector | did you mean 'a.begin'?
            subscribeEndpoint: a.list | 'a.list' is not an endpoint that makes a request and changes something | of kind subscribe
            subscribeEndpoint: a.plain | has no input 'url' | ${with.url}
            subscribeEndpoint: a.signed | 'a.signed' gets the secret of 'verify', and there is none | give verify a 'secret'
            subscribeEndpoint: a.more | needs the input 'shop', which 'subscribeEndpoint' does not give | event, secret, url
            subscribeEndpoint: a.begin, unsubscribeEndpoint: a.end | nothing says where it stands | subscriptionPath: $.id
            subscribeEndpoint: a.begin, subscriptionPath: id | path 'id' must begin with $ | BAD_PATH
            subscribeEndpoint: a.begin, topic: ' ' | 'topic' must be a text of 1 to 200 characters | like orders/paid
            unsubscribeEndpoint: a.plain | 'subscribeEndpoint' is missing | MISSING_KEY
            subscriptionPath: $.id | 'subscriptionPath' reads the answer of 'subscribeEndpoint' | NOT_HERE
            topic: orders/paid | 'topic' is told to 'subscribeEndpoint' | NOT_HERE
            """)
    void saysWhatIsWrongAndHowToMendIt(String words, String what, String hint) throws Exception {
        assertThat(problems(words))
                .singleElement()
                .asString()
                .startsWith("connectors/shop/connector.yaml:12:")
                .contains(what, hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subscribeEndpoint: a.begin
            subscribeEndpoint: a.begin, unsubscribeEndpoint: a.end, subscriptionPath: $.id, topic: orders/paid
            """)
    void takesWhatIsRight(String words) throws Exception {
        assertThat(problems(words)).isEmpty();
    }
}
