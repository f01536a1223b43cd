package io.patchbay.service.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceReportTest {

    @TempDir
    Path data;

    private Store store;
    private ReportChecks checks;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        checks = new ReportChecks(store);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void anItemHasOneLineAndThatIsTheNewest() throws Exception {
        checks.anItemHasOneLineAndThatIsTheNewest();
    }

    @Test
    void anEnvironmentHasAReportOfItsOwn() throws Exception {
        checks.anEnvironmentHasAReportOfItsOwn();
    }

    @Test
    void whatASweepTriesAgainIsPending() throws Exception {
        checks.whatASweepTriesAgainIsPending();
    }

    @Test
    void pagesHaveNoGap() throws Exception {
        checks.pagesHaveNoGap();
    }

    @Test
    void isSearchedByTextReferenceAndTime() throws Exception {
        checks.isSearchedByTextReferenceAndTime();
    }

    @Test
    void sendsAgainWhatCanBe() throws Exception {
        checks.sendsAgainWhatCanBe();
    }

    @Test
    void aTimeIsTakenOnce() {
        checks.aTimeIsTakenOnce();
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThatThrownBy(() ->
                        new ServiceReport(store).read(ReportChecks.service(""), ReportChecks.which(), "nonsense", 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'next' of the page before");
    }
}
