package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of a stock, the second of which is broken, and a flow that reads them from {@code desk}; for tests. */
final class BrokenStock {

    static final String ROWS = "sku,qty\nA,1\nB,2,2\nC,3\nD,4\n";

    private BrokenStock() {}

    /** Reads the rows; all but the broken one go on. That one, which went aside. */
    static FailedPayload read(Program program) throws Exception {
        program.flow("stocked", """
                flow: stocked
                shapes:
                  - id: stock
                    onError: skip
                    connection: { instance: desk, endpoint: stock.read }
                  - id: told
                    notify: { per: record, log: info, text: "${record.sku} ${record.qty}" }
                """);

        RunRecord run = program.run("stocked", "{}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.PARTIAL);
        assertThat(program.told(run)).contains("A 1", "C 3", "D 4");
        List<FailedPayload> all = program.failed("stocked");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).shape()).isEqualTo("stock");
        return all.get(0);
    }

    /** Sends the broken row again, mended; it goes on alone. */
    static void mend(Program program, FailedPayload failed) throws Exception {
        Body mended = new Body.Bytes("sku,qty\nB,2\n".getBytes(StandardCharsets.UTF_8), "text/csv");

        RunRecord again = program.replay(failed, mended);

        assertThat(again.status()).as(again.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(program.told(again)).containsExactly("B 2");
    }
}
