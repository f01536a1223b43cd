package io.patchbay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What single runs have otherwise, in the text of the flow that a service becomes. */
class OneRunTest {

    private static String flow(String source, String then) {
        return new ServiceReader()
                .read("s.service.yaml", """
                        service: orders
                        entity: orders
                        source: { instance: shop%s }
                        reference: number
                        mapping: { order: [ { to: nr, from: number }, { to: day, from: at, then: [ %s ] } ] }
                        destination: { instance: erp, attempts: 3 }
                        """.formatted(source, then))
                .value()
                .orElseThrow()
                .flow()
                .text();
    }

    private static String in(
            String text, @Nullable Integer pageSize, @Nullable Integer attempts, @Nullable String zone) {
        return new OneRun(pageSize, attempts, zone).in(text, "Europe/London");
    }

    @Test
    void theTextBecomesThatOfAServiceWithTheseValues() {
        String usual = flow(", pageSize: 20, attempts: 4, zone: Europe/London", "{ date: { to: yyyy } }");

        assertThat(in(usual, 5, 2, "Asia/Tokyo"))
                .isEqualTo(flow(", pageSize: 5, attempts: 2, zone: Asia/Tokyo", "{ date: { to: yyyy } }"));
    }

    @Test
    void whatTheFileLeavesOutIsAdded() {
        assertThat(in(flow("", "date"), 5, 1, "Asia/Tokyo"))
                .contains("pageSize: 5", "retries: { count: 0 }", "fromZone: Asia/Tokyo");
    }

    @Test
    void aDateThatNamesAZoneOfItsOwnKeepsIt() {
        String own = flow(", zone: Europe/London", "{ date: { fromZone: America/Lima } }");

        assertThatThrownBy(() -> in(own, null, null, "Asia/Tokyo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another zone would change nothing");
    }

    @Test
    void theZoneOfWhatRunsCountsAndNotThatOfTheFile() {
        String running = flow(", zone: America/Lima", "{ date: { to: yyyy } }");

        assertThat(in(running, null, null, "Asia/Tokyo"))
                .isEqualTo(flow(", zone: Asia/Tokyo", "{ date: { to: yyyy } }"));
        String london = flow(", zone: America/Lima", "{ date: { fromZone: Europe/London } }");
        assertThatThrownBy(() -> in(london, null, null, "Asia/Tokyo"))
                .as("the file names the zone that the author of what runs gave this one date")
                .hasMessageContaining("the zone of the source (America/Lima)");
    }

    @Test
    void aTextThatDoesNotTellItsZoneHasThatOfTheFile() {
        String before = flow(", zone: Europe/London", "date").replaceAll("(?m)^ *# dates without.*\\R", "");

        assertThat(in(before, null, null, "Asia/Tokyo")).contains("fromZone: Asia/Tokyo");
    }

    @Test
    void valuesOfInputsAreThoseOfWhatRuns() {
        assertThat(ServiceFlow.constants(flow(", with: { status: any, day: '${now}' }", "date")))
                .containsOnlyKeys("status");
        assertThat(ServiceFlow.constants("no: flow")).isEmpty();
    }

    @Test
    void whatTheTriggerBringsHasNoPages() {
        String brought = flow(", pull: false", "date");

        assertThatThrownBy(() -> in(brought, 5, null, null)).hasMessageContaining("pull: false");
        assertThatThrownBy(() -> in(brought, null, 2, null)).hasMessageContaining("pull: false");
        assertThat(in(brought, null, null, "Asia/Tokyo")).contains("fromZone: Asia/Tokyo");
    }
}
