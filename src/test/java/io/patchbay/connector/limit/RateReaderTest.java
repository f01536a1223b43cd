package io.patchbay.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.definition.ObserveConfig;
import io.patchbay.connector.definition.ObserveConfig.Format;
import io.patchbay.connector.definition.ObserveConfig.From;
import io.patchbay.connector.definition.RateHeadersConfig;
import io.patchbay.connector.definition.RateHeadersConfig.ResetFormat;
import io.patchbay.connector.definition.RateLimitConfig;
import io.patchbay.connector.definition.RateLimitConfig.OnLimit;
import io.patchbay.connector.definition.RateLimitConfig.Scope;
import io.patchbay.payload.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final RateHeadersConfig USUAL = new RateHeadersConfig(null, null, ResetFormat.AUTO);

    private static RateReport headers(RateHeadersConfig config, Map<String, String> headers) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return reader(config, List.of()).read(anyCase::get, MissingNode::getInstance, NOW);
    }

    private static RateReader reader(RateHeadersConfig headers, List<ObserveConfig> observe) {
        return RateReader.of(List.of(
                new RateLimitConfig(Scope.INSTANCE, List.of(), headers, observe, OnLimit.WAIT, Duration.ofMinutes(5))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-RateLimit-Remaining | 7 | X-RateLimit-Reset | 30 | 7 | 30",
                "X-RateLimit-Remaining | 7 | X-RateLimit-Reset | 1795867230 | 7 | 30",
                "X-RateLimit-Remaining | 7 | X-RateLimit-Reset | 1795867230000 | 7 | 30",
                "X-RateLimit-Remaining | 7 | X-RateLimit-Reset | 2026-11-28T12:00:30Z | 7 | 30",
                "X-Rate-Limit-Remaining | 7 | X-Rate-Limit-Reset | Sat, 28 Nov 2026 12:00:30 GMT | 7 | 30",
                "RateLimit-Remaining | 7 | RateLimit-Reset | 30 | 7 | 30",
                "RateLimit-Remaining | 100, 100;w=10 | RateLimit-Reset | 30 | 100 | 30",
                "RateLimit | \"default\";r=7;t=30 | X-Other | 1 | 7 | 30",
                "RateLimit | \"burst\";r=50;t=1, \"day\";r=7;t=30 | X-Other | 1 | 7 | 30",
                "RateLimit | \"day\";r=500;t=50000, \"burst\";r=0;t=1 | X-Other | 1 | 0 | 1",
                "RateLimit | \"burst\";r=0;t=1, \"day, EU\";r=0;t=30 | X-Other | 1 | 0 | 30",
                "RateLimit | \"b\";r=50;t=1, \"d\";r=7 | RateLimit-Policy | \"b\";q=60;w=1, \"d\";q=90;w=30 | 7 | 30",
                "RateLimit | limit=100, remaining=7, reset=30 | X-Other | 1 | 7 | 30",
                "RateLimit | \"default\";r=7 | RateLimit-Policy | \"default\";q=100;w=30 | 7 | 30",
            })
    void findsTheUsualHeaders(String one, String value, String other, String otherValue, long remaining, long seconds) {
        RateReport report = headers(USUAL, Map.of(one, value, other, otherValue));

        assertThat(report.remaining()).isEqualTo(remaining);
        assertThat(report.reset()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void takesNoTimeOfAnotherPolicy() {
        RateReport report = headers(
                USUAL,
                Map.of(
                        "RateLimit",
                        "\"day\";r=500;t=50000, \"burst\";r=7",
                        "RateLimit-Policy",
                        "a;q=1;w=60, b;q=2;w=9"));

        assertThat(report).isEqualTo(new RateReport(7L, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 90, 90000",
        "MILLIS, 90, 90",
        "EPOCH_S, 1795867290, 90000",
        "EPOCH_MS, 1795867200090, 90",
        "ISO8601, 2026-11-28T14:01:30+02:00, 90000",
        "HTTP_DATE, 'Sat, 28 Nov 2026 12:01:30 GMT', 90000",
        "SECONDS, 0.25, 250",
        "EPOCH_S, 17, 0",
    })
    void readsTheDeclaredHeadersInTheDeclaredForm(ResetFormat format, String reset, long millis) {
        RateHeadersConfig named = new RateHeadersConfig("X-Left", "X-Until", format);

        RateReport report = headers(named, Map.of("X-Left", "3", "X-Until", reset, "X-RateLimit-Remaining", "9"));

        assertThat(report.remaining()).isEqualTo(3);
        assertThat(report.reset()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void takesATimeAgainstTheClockThatMadeTheAnswer() {
        RateReport report = headers(
                USUAL,
                Map.of(
                        "X-RateLimit-Remaining",
                        "0",
                        "X-RateLimit-Reset",
                        "Sat, 28 Nov 2026 13:00:10 GMT",
                        "Date",
                        "Sat, 28 Nov 2026 13:00:00 GMT"));

        assertThat(report.reset()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"USED_LIMIT, 32/40, 8", "REMAINING_LIMIT, 8/40, 8", "REMAINING, 8, 8", "USED_LIMIT, 41 / 40, 0"})
    void readsOtherHeaders(Format format, String value, long remaining) {
        RateReader reader = reader(null, List.of(new ObserveConfig(From.HEADER, "X-Shop-Limit", format)));

        RateReport report =
                reader.read(name -> name.equals("X-Shop-Limit") ? value : null, MissingNode::getInstance, NOW);

        assertThat(report.remaining()).isEqualTo(remaining);
    }

    @Test
    void readsWhatACallCostInTheBody() throws Exception {
        var body = Json.MAPPER.readTree("""
                {"extensions": {"cost": {"requestedQueryCost": 101, "actualQueryCost": 46,
                 "throttleStatus": {"maximumAvailable": 1000.0, "currentlyAvailable": 954, "restoreRate": 50.0}}}}""");
        RateReader reader = reader(
                null,
                List.of(
                        new ObserveConfig(From.BODY, "$.extensions.cost.requestedQueryCost", Format.REQUESTED_COST),
                        new ObserveConfig(From.BODY, "$.extensions.cost.actualQueryCost", Format.COST),
                        new ObserveConfig(
                                From.BODY, "$.extensions.cost.throttleStatus.currentlyAvailable", Format.REMAINING)));

        RateReport report = reader.read(name -> null, () -> body, NOW);

        assertThat(report).isEqualTo(new RateReport(954L, null, 46, 101));
    }

    @ParameterizedTest
    @CsvSource({"-1", "many", "99999999999999999999", "1e9", "''"})
    void leavesOutWhatItDoesNotUnderstand(String value) {
        assertThat(headers(USUAL, Map.of("X-RateLimit-Remaining", value))).isNull();
    }
}
