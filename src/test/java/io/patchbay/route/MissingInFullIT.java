package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.run.PullCursor;
import io.patchbay.run.RunStatus;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Keys of a list on a real PostgreSQL: found, compared, told, replaced, allowed, forgotten and deleted. */
class MissingInFullIT {

    private static final PullCursor.Key LIST = new PullCursor.Key("f", "shop", "items.list");

    @TempDir
    Path home;

    @Test
    void tellsWhatIsMissingOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            KeptFlow flow = new KeptFlow(home, new StoreProperties(url, "postgres", null, 6, DataSize.ofBytes(0)));
            try {
                flow.list(MissingInFullTest.KEYS, "");
                flow.items = IntStream.rangeClosed(1, 12).boxed().toList();
                flow.run();
                flow.items = IntStream.rangeClosed(3, 12).boxed().toList();
                assertThat(flow.run().status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(flow.told()).endsWith("+12 -1 -2");

                flow.items = List.of(3, 13);
                assertThat(flow.run().status()).isEqualTo(RunStatus.FAILED);
                assertThat(flow.runs().knownLists().allow(LIST).get(10, TimeUnit.SECONDS))
                        .isTrue();
                assertThat(flow.run().status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(flow.told()).isEqualTo("+3 +13 -10 -11 -12 -4 -5 -6 -7 -8 -9");

                assertThat(flow.runs().knownLists().list("f")).singleElement().satisfies(known -> {
                    assertThat(known.keys()).isEqualTo(2);
                    assertThat(known.bytes()).isEqualTo("[3]".length() + "[13]".length());
                    assertThat(known.allowed()).isFalse();
                });
                assertThat(flow.runs().knownLists().forget(LIST).get(10, TimeUnit.SECONDS))
                        .isTrue();
                flow.run();
                await().untilAsserted(() -> assertThat(flow.count("known_key")).isEqualTo(2));
            } finally {
                flow.close();
            }
        }
    }
}
