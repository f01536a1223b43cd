package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are read once for each record of another one: customers 1 to 3 in pages of two, each with two orders. */
class PartitionTest extends InWorld {

    private static final String URI = "connector:shop/orders.list";
    private static final String CUSTOMERS = """
            customers.list:
              kind: read
              method: GET
              path: /customers
              recordSelector: {path: '$[*]'}
              paginator: {type: pageNumber, inject: {into: query, name: page}, pageSize: 2, stopWhen: shortPage}
            """;
    private static final String ORDERS = """
            orders.list:
              kind: read
              inputs: {customer: {required: false}}
              method: GET
              path: /orders/${with.customer}
              recordSelector: {path: '$[*]'}
              paginator: {type: pageNumber, inject: {into: query, name: page}, pageSize: 1, stopWhen: emptyPage}
              partition: {parent: customers.list, input: customer}
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<Integer> customers = List.of(1, 2, 3);

    @BeforeEach
    void serve() throws Exception {
        world.shop(CUSTOMERS + ORDERS);
        world.serve("/api/customers", exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            asked.add("customers " + page);
            StringBuilder body = new StringBuilder("[");
            customers.stream()
                    .skip((page - 1) * 2L)
                    .limit(2)
                    .forEach(id -> body.append(body.length() > 1 ? "," : "")
                            .append("{\"id\":")
                            .append(id)
                            .append('}'));
            World.json(exchange, 200, body.append(']').toString());
        });
        world.serve("/api/orders/", exchange -> {
            String customer = exchange.getRequestURI().getPath().replace("/api/orders/", "");
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            asked.add("orders " + customer + "." + page);
            World.json(exchange, 200, page > 2 ? "[]" : "[{\"id\":" + customer + page + "}]");
        });
    }

    private List<Pull.Element> pull(FakeAttempt attempt) throws Exception {
        return world.pull(URI, attempt, null);
    }

    @Test
    void readsListsThatAreOneAnswer() throws Exception {
        world.shop(CUSTOMERS
                + ORDERS.replace(
                                "{type: pageNumber, inject: {into: query, name: page}, pageSize: 1, stopWhen: emptyPage}",
                                "{type: none}")
                        .replace("/orders/", "/whole/"));
        world.serve("/api/whole/", exchange -> {
            String customer = exchange.getRequestURI().getPath().replace("/api/whole/", "");
            World.json(exchange, 200, "[{\"id\":" + customer + "}]");
        });

        assertThat(Lists.ids(pull(new FakeAttempt()))).containsExactly(1, 2, 3);
    }

    @Test
    void readsTheListOfEachRecord() throws Exception {
        List<Pull.Element> all = pull(new FakeAttempt());

        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(Lists.ids(all)).containsExactly(11, 12, 21, 22, 31, 32);
        List<String> lineages = new ArrayList<>();
        for (Pull.Element element : all.subList(0, 6)) {
            lineages.add(((Pull.Page) element).payload().lineage().text());
        }
        assertThat(lineages).doesNotHaveDuplicates();
    }

    @Test
    void aPullThatWasBrokenGoesOnWhereverThatWas() throws Exception {
        List<Pull.Element> all = pull(new FakeAttempt());

        for (int delivered = 1; delivered <= 6; delivered++) {
            Pull.Page broken = (Pull.Page) all.get(delivered - 1);
            FakeAttempt again = new FakeAttempt(Map.of(), Map.of(), broken.next(), delivered);

            List<Integer> rest = Lists.ids(pull(again));

            assertThat(rest).isEqualTo(List.of(11, 12, 21, 22, 31, 32).subList(delivered, 6));
        }
    }

    @Test
    void aRecordThatIsGoneMakesItsPageBeReadAgain() throws Exception {
        Pull.Page broken = (Pull.Page) pull(new FakeAttempt()).get(2);
        customers = List.of(1, 4, 3);
        FakeAttempt again = new FakeAttempt(Map.of(), Map.of(), broken.next(), 3);

        assertThat(Lists.ids(pull(again))).containsExactly(11, 12, 41, 42, 31, 32);
        assertThat(again.log()).anyMatch(line -> line.contains("not there any more"));
    }

    @Test
    void aFlowThatGivesTheInputReadsThatOneAlone() throws Exception {
        assertThat(Lists.ids(world.pull(URI + "?customer=3", new FakeAttempt(), null)))
                .containsExactly(31, 32);
        assertThat(asked).noneMatch(one -> one.startsWith("customers"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partition: {parent: customers.list, input: customer} | partition: {parent: customer.list, input: customer}  | there is no endpoint 'customer.list'",
                "input: customer}                                     | input: custmer}                                      | is not an input",
                "{required: false}                                    | {}                                                   | declare it with required: false",
                "parent: customers.list                               | parent: orders.list                                  | no list of its own",
            })
    void wordsThatDoNotFitAreRefused(String text, String by, String says) throws Exception {
        try {
            world.rewrite(text, by);
            throw new IllegalStateException("nothing was refused");
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining(says);
        }
    }
}
