package io.patchbay.service.report;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The same on a real PostgreSQL. */
class ServiceReportIT {

    private interface Check {
        void of(ReportChecks checks) throws Exception;
    }

    @TempDir
    Path data;

    @Test
    void holdsOnPostgres() throws Exception {
        List<Check> all = List.of(
                ReportChecks::anItemHasOneLineAndThatIsTheNewest,
                ReportChecks::anEnvironmentHasAReportOfItsOwn,
                ReportChecks::whatASweepTriesAgainIsPending,
                ReportChecks::pagesHaveNoGap,
                ReportChecks::isSearchedByTextReferenceAndTime,
                ReportChecks::sendsAgainWhatCanBe,
                ReportChecks::aTimeIsTakenOnce);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC())) {
            for (Check check : all) {
                for (String table : List.of("tracked", "failed_key", "failed_payload")) {
                    store.progress()
                            .write(tx -> tx.add("delete from " + table, row -> {}))
                            .join();
                }
                check.of(new ReportChecks(store));
            }
        }
    }
}
