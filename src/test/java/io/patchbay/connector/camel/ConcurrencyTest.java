package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several requests of one payload at the same time, and which of them wait for others. */
class ConcurrencyTest extends Writes {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private static String records(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"a\":" + i + "}").collect(Collectors.joining(",", "[", "]"));
    }

    /** Waits until so many requests are there at the same time. */
    private void together(CountDownLatch there) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        there.countDown();
        try {
            assertThat(there.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            now.decrementAndGet();
        }
    }

    @Test
    void sendsSoManyAtTheSameTimeAndKeepsTheOrderOfTheAnswers() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 3");
        CountDownLatch three = new CountDownLatch(3);
        serve(body -> {
            together(three);
            return body;
        });

        var answer = world.answer("connector:shop/items.create", World.payload(records(30)), attempt, ANSWER);

        assertThat(most).hasValueBetween(3, 3);
        assertThat(answer.tree()).hasToString(records(30));
        assertThat(got).doesNotHaveDuplicates().hasSize(30);
        assertThat(attempt.made()).hasSize(30);
    }

    @Test
    void failsOnlyWhatIsRefusedWhileOthersAreOnTheirWay() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 4");
        serve(body -> body.contains("7") ? "422 {}" : "{}");

        var left = send(records(20));

        assertThat(left.recordCount()).isEqualTo(18);
        assertThat(failed()).containsExactly("7 HTTP_422", "17 HTTP_422");
    }

    @Test
    void recordsWithTheSameKeyAreSentInTheirOrder() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 4\nordering: perKey\norderingKey: '${record.k}'");
        serve(body -> "{}");

        send(keyed(40));

        for (int key = 0; key < 3; key++) {
            assertThat(numbers(got, key)).isSorted();
        }
        assertThat(got).hasSize(40);
    }

    @Test
    void onlyOneOfAKeyIsOnItsWayAlsoWhileItIsTriedAgainAndOthersGoOnMeanwhile() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 4\nordering: perKey\norderingKey: '${record.k}'"
                + "\nerrorHandler: {backoff: {initial: 1ms, max: 3ms, maxAttempts: 5}}");
        Set<String> onTheWay = ConcurrentHashMap.newKeySet();
        Set<String> refused = ConcurrentHashMap.newKeySet();
        List<String> overtaken = new CopyOnWriteArrayList<>();
        List<String> delivered = new CopyOnWriteArrayList<>();
        CountDownLatch three = new CountDownLatch(3);
        serve(body -> {
            String key = body.substring(0, 6);
            if (!onTheWay.add(key)) {
                overtaken.add(body);
            }
            together(three); // which no key could reach alone
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
            boolean again = body.matches(".*\"n\":\\d*[147]}") && refused.add(body);
            if (!again) {
                delivered.add(body);
            }
            onTheWay.remove(key);
            return again ? "503 {}" : "{}";
        });

        send(keyed(40));

        assertThat(overtaken).isEmpty();
        assertThat(refused).hasSize(12);
        assertThat(delivered).hasSize(40);
        for (int key = 0; key < 3; key++) {
            assertThat(numbers(delivered, key)).isSorted();
        }
    }

    private static String keyed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"k\":" + i % 3 + ",\"n\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static List<Integer> numbers(List<String> bodies, int key) {
        return bodies.stream()
                .filter(body -> body.startsWith("{\"k\":" + key + ","))
                .map(body -> Integer.valueOf(body.replaceAll(".*:|}", "")))
                .toList();
    }

    @Test
    void holdsBackRecordsWhoseKeyFailedAlsoInALaterPayload() throws Exception {
        declare("batch: {maxRecords: 1}\nordering: perKey\norderingKey: '${record.k}'");
        serve(body -> body.contains("\"n\":1") ? "422 {}" : "{}");

        send("[{\"k\":\"a\",\"n\":1},{\"k\":\"b\",\"n\":2},{\"k\":\"a\",\"n\":3}]");
        assertThat(failed()).containsExactly("0 HTTP_422", "2 HELD");
        send("[{\"k\":\"a\",\"n\":4},{\"k\":\"c\",\"n\":5}]");

        assertThat(failed()).containsExactly("0 HTTP_422", "2 HELD", "0 HELD");
        assertThat(got).containsExactly("{\"k\":\"a\",\"n\":1}", "{\"k\":\"b\",\"n\":2}", "{\"k\":\"c\",\"n\":5}");
    }

    @Test
    void strictOrderHoldsBackWhateverComesBehindAFailure() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 4\nordering: strict");
        serve(body -> body.contains("1") ? "422 {}" : "{}");

        send(records(4));

        assertThat(got).containsExactly("{\"a\":0}", "{\"a\":1}");
        assertThat(failed()).containsExactly("1 HTTP_422", "2 HELD", "3 HELD");
    }

    @Test
    void aRecordWithoutItsKeyFailsAndIsNotSent() throws Exception {
        declare("batch: {maxRecords: 1}\nordering: perKey\norderingKey: '${record.k}'");
        serve(body -> "{}");

        send("[{\"n\":1},{\"k\":2,\"n\":2}]");

        assertThat(got).containsExactly("{\"k\":2,\"n\":2}");
        assertThat(failed()).containsExactly("0 NO_VALUE");
    }

    @Test
    void waitsForTheRateLimitInEachLane() throws Exception {
        world.shop("{none: {type: none}}", "rateLimit: {policies: [{algorithm: concurrency, limit: 2}]}", """
                items.create: {kind: write, method: POST, path: /items, batch: {maxRecords: 1}, concurrency: 8}
                """, "");
        serve(body -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            return "{}";
        });

        assertThat(send(records(60)).recordCount()).isEqualTo(60);
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(got).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void triesEachAgainByItselfWhileTheOthersGoOn() throws Exception {
        declare("batch: {maxRecords: 1}\nconcurrency: 4");
        Set<String> refused = ConcurrentHashMap.newKeySet();
        serve(body -> body.contains("5") && refused.add(body) ? "503 {}" : "{}");

        assertThat(send(records(50)).recordCount()).isEqualTo(50);
        assertThat(failed()).isEmpty();
    }
}
