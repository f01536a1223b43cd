package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Writes whose outcome is not known are looked up before they are sent again. */
class LookupTest extends Writes {

    private static final String FIND = """
            items.find:
              kind: read
              inputs: {reference: {}}
              method: GET
              path: /found/${with.reference}
              recordSelector: {path: '$.items[*]'}
            """;
    private static final String IDEMPOTENCY =
            "idempotency: {type: naturalKey, from: '${record.id}', lookup: {endpoint: items.find%s}}\n";

    private static final String NONE =
            "idempotency: {type: none, lookup: {endpoint: items.find, with: {reference: '${record.id}'}}}\n";

    private static final String KNOWN = NONE.replace("none,", "none, from: '${record.number ?? record.numbers[0]}',");

    private final Set<String> there = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private int hangsUp = 1;

    /** A system that has what it was sent, and hangs up on the first writes. */
    private void system() {
        world.serve("/api/items", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(body);
            there.add(body.replaceAll("\\D", ""));
            if (hangsUp-- > 0) {
                return; // closed without an answer
            }
            World.json(exchange, 201, body);
        });
        world.serve("/api/found/", exchange -> {
            String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            asked.add(id);
            World.json(exchange, 200, there.contains(id) ? "{\"items\":[{\"erp\":" + id + "}]}" : "{\"items\":[]}");
        });
    }

    @Test
    void takesWhatIsThereAsSentAfterAnAnswerThatWasLost() throws Exception {
        declare("batch: {maxRecords: 1}\n" + IDEMPOTENCY.formatted(""), FIND);
        system();

        var left = world.answer(
                "connector:shop/items.create",
                World.payload("[{\"id\":1},{\"id\":2}]"),
                attempt,
                new Use(Map.of(), new Use.Into("sent"), false));

        assertThat(got).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(asked).containsExactly("1");
        assertThat(left.tree()).hasToString("[{\"id\":1,\"sent\":[{\"erp\":1}]},{\"id\":2,\"sent\":{\"id\":2}}]");
    }

    @Test
    void sendsAgainWhatIsNotThere() throws Exception {
        declare("batch: {maxRecords: 1}\n" + IDEMPOTENCY.formatted(""), FIND);
        system();
        world.serve("/api/found/9", exchange -> {
            asked.add("9");
            World.json(exchange, 404, "{}");
        });

        send("[{\"id\":9},{\"id\":2}]");

        assertThat(got).containsExactly("{\"id\":9}", "{\"id\":9}", "{\"id\":2}");
        assertThat(asked).containsExactly("9");
    }

    @Test
    void looksNothingUpWhenTheSystemRefused() throws Exception {
        declare("batch: {maxRecords: 1}\n" + IDEMPOTENCY.formatted(""), FIND);
        serve(body -> got.size() == 1 ? "429 {}" : "{}");

        send("[{\"id\":1},{\"id\":2}]");

        assertThat(asked).isEmpty();
    }

    @Test
    void looksEachRecordUpInALaterLifeOfTheRunAndSendsTheOthersTogether() throws Exception {
        declare("batch: {maxRecords: 10}\n" + IDEMPOTENCY.formatted(""), FIND);
        hangsUp = 0;
        system();
        there.add("2");
        attempt.sentBefore();

        var left = send("[{\"id\":1},{\"id\":2},{\"id\":3}]");

        assertThat(asked).containsExactly("1", "2", "3");
        assertThat(got).containsExactly("[{\"id\":1},{\"id\":3}]");
        assertThat(left.recordCount()).isEqualTo(3);
    }

    @Test
    void looksBeforeEachRequestWhereTheEndpointWantsIt() throws Exception {
        declare("batch: {maxRecords: 1}\n" + IDEMPOTENCY.formatted(", when: always"), FIND);
        hangsUp = 0;
        system();
        there.add("1");

        send("[{\"id\":1},{\"id\":2}]");

        assertThat(got).containsExactly("{\"id\":2}");
    }

    @Test
    void failsAndSendsNothingWhenItCannotBeToldWhetherTheRecordIsThere() throws Exception {
        declare(IDEMPOTENCY.formatted(""), FIND);
        serve(body -> "{}");
        world.serve("/api/found/", exchange -> World.json(exchange, 403, "{}"));
        attempt.sentBefore();

        StepException why = failure("{\"id\":1}");

        assertThat(got).isEmpty();
        assertThat(why.code()).isEqualTo("HTTP_403");
        assertThat(why).hasMessageStartingWith("it cannot be told whether the record is there already: ");
    }

    @Test
    void doesNotRepeatWhatHasNothingItCouldBeLookedUpBy() throws Exception {
        for (String nothing : List.of("{\"name\":\"a\"}", "{\"id\":\" \"}")) {
            declare(NONE, FIND);
            hangsUp = 1;
            system();
            got.clear();

            StepException why = failure(nothing);

            assertThat(why.code()).isEqualTo(StepException.UNKNOWN_OUTCOME);
            assertThat(why.retryable()).isFalse();
            assertThat(why)
                    .hasMessageContaining("nothing in it tells whether it did")
                    .hasMessageContaining("NO_ANSWER");
            assertThat(got).containsExactly(nothing);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void doesNotRepeatWhatLacksWhatItIsKnownByThoughTheLookHasItsInputs() throws Exception {
        declare(KNOWN, FIND);
        system();

        assertThat(failure("{\"id\":1,\"number\":null}").code()).isEqualTo(StepException.UNKNOWN_OUTCOME);

        declare("batch: {maxRecords: 1}\n" + KNOWN, FIND);
        hangsUp = 1;
        send("[{\"id\":1,\"numbers\":[\"a\"]},{\"id\":2}]");
        assertThat(asked).containsExactly("1");
    }

    @Test
    void refusesOnlyTheRecordOfABatchThatHasNothingItCouldBeLookedUpBy() throws Exception {
        declare("batch: {maxRecords: 2}\n" + NONE, FIND);
        hangsUp = 1;
        system();

        send("[{\"id\":1},{\"name\":\"a\"},{\"id\":3}]");

        assertThat(got).containsExactly("[{\"id\":1},{\"name\":\"a\"}]", "[{\"id\":3}]");
        assertThat(asked).containsExactly("1");
        assertThat(attempt.failed())
                .singleElement()
                .satisfies(one -> assertThat(one.index()).isEqualTo(1))
                .satisfies(one -> assertThat(one.why().code()).isEqualTo(StepException.UNKNOWN_OUTCOME));
    }

    @Test
    void sendsWhatHasNothingToBeLookedUpByWhenAPersonReplaysItButNotBehindACrash() throws Exception {
        declare(NONE, FIND);
        hangsUp = 0;
        system();
        attempt.sentBefore();

        send("{\"name\":\"a\"}");

        assertThat(got).containsExactly("{\"name\":\"a\"}");
        attempt.begins(0, 1);
        attempt.takenUpAgain();
        assertThat(failure("{\"name\":\"b\"}")).hasMessageContaining("the program ended while it was sent");
        assertThat(got).hasSize(1);
    }

    @Test
    void triesAgainWhatTheSystemSurelyDidNotTakeThoughItCouldNotBeLookedUp() throws Exception {
        declare("batch: {maxRecords: 1}\n" + NONE, FIND);
        serve(body -> got.size() == 1 ? "429 {}" : "{}");

        send("[{\"name\":\"a\"},{\"id\":2}]");

        assertThat(got).containsExactly("{\"name\":\"a\"}", "{\"name\":\"a\"}", "{\"id\":2}");
    }

    @Test
    void repeatsNothingUnderAKeyThatTheSystemHasForgotten() throws Exception {
        declare("idempotency: {type: header, ttl: 1d}");
        serve(body -> "{}");

        assertThat(send("{\"id\":1}").recordCount()).isEqualTo(1);
        attempt.sentBefore(); // queued long before today

        assertThat(failure("{\"id\":1}").code()).isEqualTo("KEY_EXPIRED");
        assertThat(got).hasSize(1);
    }
}
