package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Addresses of next pages, named as systems write them: what is asked for is what was named. */
class NamedAddressesTest extends ListPulls {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private void serve(String type, Naming naming) throws Exception {
        lists.list("recordSelector: {path: '$.items[*]'}\npaginator: {type: " + type + ", maxPages: 5}");
        lists.serve(exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            asked.add(query);
            boolean first = !query.contains("n=2");
            String more = first ? naming.name(exchange) : "";
            World.json(exchange, 200, first ? Lists.page(1, 3, more) : Lists.page(4, 4, ""));
        });
    }

    private interface Naming {
        /** What the body has beside its items. */
        String name(HttpExchange exchange) throws IOException;
    }

    @Test
    void followsANextUrlInAnyScriptAndWithCharactersThatAUriCannotHold() throws Exception {
        serve(
                "nextUrl, cursorPath: '$.next'",
                exchange -> ",\"next\":" + Json.NODES.textNode("?n=2&c=Київ-München&d=20|foo^{}`\"\\ <x>&e=%7C"));

        lists.pullsAll();

        assertThat(asked)
                .containsExactly(
                        "null",
                        "n=2&c=%D0%9A%D0%B8%D1%97%D0%B2-M%C3%BCnchen&d=20%7Cfoo%5E%7B%7D%60%22%5C%20%3Cx%3E&e=%7C");
    }

    @Test
    void readsALinkHeaderToItsEnd() throws Exception {
        serve("linkHeader", exchange -> {
            String previous = "</api/items?" + "x".repeat(50_000) + ">; rel=\"previous\"";
            exchange.getResponseHeaders().add("Link", previous + ", </api/items?n=2>; rel=\"next\"");
            return "";
        });

        lists.pullsAll();

        assertThat(asked).containsExactly("null", "n=2");
    }

    @Test
    void takesALinkHeaderThatIsTooLongForNoEndOfTheList() throws Exception {
        serve("linkHeader", exchange -> {
            String previous = "</api/items?" + "x".repeat(70_000) + ">; rel=\"previous\"";
            exchange.getResponseHeaders().add("Link", previous + ", </api/items?n=2>; rel=\"next\"");
            return "";
        });

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo("ANSWER_TOO_LARGE");
        assertThat(why.getMessage()).contains("a header of the answer").contains("64 KB");
    }

    @Test
    void takesALinkThatIsTooLongToFollowForNoEndOfTheList() throws Exception {
        serve("linkHeader", exchange -> {
            exchange.getResponseHeaders().add("Link", "</api/items?n=2&" + "x".repeat(9_000) + ">; rel=\"next\"");
            return "";
        });

        assertThat(lists.failure().code()).isEqualTo("BAD_LINK");
    }
}
