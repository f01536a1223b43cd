package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.StepException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call makes of a failure, of silence, and of a bad answer. */
class ConnectorFailuresTest extends ShopCalls {

    @Test
    void hidesASecretThatIsCutInTwo() throws Exception {
        String before = "x".repeat(295);
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("X-Echo", before + "t0ken-value");
            World.json(exchange, 400, "{\"message\": \"" + before + "t0ken-value\"}");
        });

        assertThat(why.getMessage()).contains(before + "***").doesNotContain("t0ken");
        assertThat(attempt.requests().toString()).contains("xxx***").doesNotContain("t0ken");
    }

    @ParameterizedTest
    @CsvSource({
        "500, HTTP_500, true",
        "503, HTTP_503, true",
        "429, HTTP_429, true",
        "401, HTTP_401, false",
        "403, HTTP_403, false",
        "404, HTTP_404, false",
        "422, HTTP_422, false",
        "302, HTTP_302, false"
    })
    void judgesAnAnswerByItsStatus(int status, String code, boolean retryable) throws Exception {
        StepException why =
                failureOf(exchange -> World.json(exchange, status, "{\"message\": \"no\\n luck t0ken-value\"}"));

        assertThat(why.code()).isEqualTo(code);
        assertThat(why.retryable()).isEqualTo(retryable);
        assertThat(why.getMessage()).startsWith("instance 'shop' answered " + status + " to 'items.get': no luck ***");
        assertThat(asked).hasSize(1);
    }

    @Test
    void obeysRetryAfter() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            World.json(exchange, 503, "");
        });

        assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void failsAtOnceWhenTheSystemAsksToWaitLongerThanARunDoes() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "99999999999");
            World.json(exchange, 429, "");
        });

        assertThat(why.retryable()).isFalse();
        assertThat(why.getMessage()).contains("it asks to wait 1d, longer than the 5m that a run waits");
    }

    @Test
    void letsNoCallOutWhileTheSystemAskedForAPause() throws Exception {
        world.shop(GET);
        AtomicInteger calls = new AtomicInteger();
        serve("/api/items/", exchange -> {
            if (calls.incrementAndGet() == 1) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                World.json(exchange, 429, "");
            } else {
                World.json(exchange, 200, "{}");
            }
        });
        failure("connector:shop/items.get?id=1");
        long began = System.nanoTime();

        answer("connector:shop/items.get?id=2");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void saysWhatWasFoundInPlaceOfJson() throws Exception {
        StepException why = failureOf(
                exchange -> World.answer(exchange, 200, "text/html", "<!DOCTYPE html><html><body>Down</body></html>"));

        assertThat(why).hasMessage("JSON was expected, found a page of HTML (line 1, column 1)");
        assertThat(why.code()).isEqualTo("NOT_JSON");
        assertThat(why.retryable()).isFalse();
    }

    @Test
    void saysThatJsonEndsTooEarly() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "{\"orders\": [{\"id\": 1}, {\"id\""));

        assertThat(why.getMessage()).startsWith("the JSON ends too early (line 1");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void saysThatContentIsNotInUtf8() throws Exception {
        StepException why = failureOf(exchange -> {
            byte[] latin1 = "{\"name\": \"Bj\u00f6rn\"}".getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, latin1.length);
            exchange.getResponseBody().write(latin1);
        });

        assertThat(why.getMessage()).startsWith("the content is not in UTF-8 (line 1");
    }

    @Test
    void saysThatJsonBreaksItsRulesAndShowsNothingOfIt() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "{\"secret\": nothing}"));

        assertThat(why.getMessage())
                .startsWith("the content begins as JSON and breaks its rules (line 1")
                .doesNotContain("secret", "nothing");
    }

    @Test
    void saysThatJsonIsTooDeep() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "[".repeat(5000)));

        assertThat(why.getMessage()).startsWith("the JSON is beyond a bound").contains("nested deeper than 200 levels");
    }

    @Test
    void noticesAnAnswerThatIsShorterThanItSaid() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new java.io.IOException("cut");
        });

        assertThat(why.code()).isEqualTo("TRUNCATED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        long began = System.nanoTime();
        StepException why = failureOf(exchange -> await(end));
        end.countDown();

        assertThat(why.code()).isEqualTo("TIMEOUT");
        assertThat(why.getMessage()).isEqualTo("no answer from 127.0.0.1 within 2s (requester.timeout)");
        assertThat(why.retryable()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void givesUpOnAServerThatHangsInTheMiddle() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        StepException why = failureOf(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"a\": ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(end);
        });
        end.countDown();

        assertThat(why.code()).isEqualTo("TIMEOUT");
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsACallWhenItsStepGivesUp() throws Exception {
        world.shop(GET);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        serve("/api/items/", exchange -> {
            arrived.countDown();
            await(end);
        });
        Thread caller = new Thread(() -> {
            try {
                world.call("connector:shop/items.get?id=1", nothing(), attempt, null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        caller.start();
        arrived.await();
        long began = System.nanoTime();

        attempt.cancel();
        caller.join(10_000);
        end.countDown();

        assertThat(caller.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() throws Exception {
        world.shop(GET);
        world.rewrite("timeout: 2s", "timeout: 2s, maxResponse: 64KB");
        serve("/api/items/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write('[');
                byte[] numbers = "1234567,".repeat(1000).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 100_000; i++) {
                    out.write(numbers);
                }
            }
        });

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("ANSWER_TOO_LARGE");
        assertThat(why.getMessage()).contains("more than 65536 bytes");
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("X-Long", "x".repeat(200_000));
            World.json(exchange, 200, "{}");
        });

        assertThat(why.code()).isEqualTo("ANSWER_TOO_LARGE");
        assertThat(why.getMessage()).contains("a header of the answer of 127.0.0.1 is longer than 64 KB");
    }

    @Test
    void saysWhenTheDiskDoesNotTakeAnAnswer() throws Exception {
        world.shop(GET.replace("keepHeaders: [ETag]", "format: binary"));
        world.write("data/spill", "a file where the folder should be");
        serve("/api/items/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1_000_000]);
        });

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("SPILL_FAILED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void followsTheRulesOfTheDefinitionFirst() throws Exception {
        world.shop("{none: {type: none}}", """
                errorHandler:
                  rules:
                    - {match: {status: [404]}, action: ignore}
                    - {match: {status: [200], bodyPath: '$.errors'}, action: fail, failureType: data, message: 'Mend the order'}
                    - {match: {status: [409], bodyRegex: 'already exists'}, action: success}
                    - {match: {status: [400], header: {X-Kind: '^busy$'}}, action: retry}
                """, GET, "");
        serve("/api/items/1", exchange -> World.json(exchange, 404, "{\"a\":1}"));
        serve("/api/items/2", exchange -> World.json(exchange, 200, "{\"errors\":[{\"m\":\"bad\"}]}"));
        serve("/api/items/3", exchange -> World.json(exchange, 409, "{\"note\":\"already exists\"}"));
        serve("/api/items/4", exchange -> {
            exchange.getResponseHeaders().set("X-Kind", "busy");
            World.json(exchange, 400, "{}");
        });
        serve("/api/items/5", exchange -> World.json(exchange, 200, "{\"errors\":[]}"));

        assertThat(answer("connector:shop/items.get?id=1").isEmpty()).isTrue();
        StepException data = failure("connector:shop/items.get?id=2");
        assertThat(data).hasMessageStartingWith("Mend the order (instance 'shop' answered 200 to 'items.get'");
        assertThat(data.retryable()).isFalse();
        assertThat(answer("connector:shop/items.get?id=3").tree()).hasToString("{\"note\":\"already exists\"}");
        assertThat(failure("connector:shop/items.get?id=4").retryable()).isTrue();
        assertThat(answer("connector:shop/items.get?id=5").tree()).hasToString("{\"errors\":[]}");
    }
}
