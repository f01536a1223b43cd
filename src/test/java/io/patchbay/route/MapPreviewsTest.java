package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.FakeScope;
import io.patchbay.expression.Proofs;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.payload.RecordPath;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Language;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Languages;
import io.patchbay.script.language.LanguagesProperties;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.map.Preview;
import io.patchbay.shape.map.Preview.FieldTrace;
import io.patchbay.shape.map.Preview.Outcome;
import io.patchbay.shape.map.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MapPreviewsTest {

    @Test
    void showsEachStepOfEachValue() {
        Preview preview = preview("""
                fields:
                  - { to: "lines[*].sku", from: "lines[*].sku", then: [ trim, lower ] }
                  - { to: note, from: gone }
                  - { to: vat, from: vat, when: { field: country, is: GB } }
                  - { to: kind, value: big, when: { field: total, above: 100 } }
                  - { to: kind, value: small }
                """, "{ lines: [ { sku: ' A ' }, {} ], country: FR, total: 5 }");

        FieldTrace lines = preview.records().get(0).fields().get(0);
        assertThat(lines.values()).hasSize(2);
        assertThat(lines.values().get(0).toString()).contains("\" A \"", "trim", "\"A\"", "lower", "\"a\"");
        assertThat(lines.values().get(1).out()).isNull();
        assertThat(preview.records().get(0).fields())
                .extracting(FieldTrace::outcome)
                .containsExactly(Outcome.WRITTEN, Outcome.NOTHING, Outcome.SKIPPED, Outcome.WRITTEN);
        assertThat(preview.records().get(0).fields().get(3).at().line()).isEqualTo(11);
        assertThat(preview.result()).isEqualTo(FakeScope.yaml("{ lines: [ { sku: a }, {} ], kind: small }"));
        assertThat(preview.good()).isTrue();
    }

    @Test
    void namesTheLineOfWhatFails() {
        Preview preview = preview("""
                fields:
                  - to: a
                    from: a
                    then:
                      - trim
                      - number
                  - { to: b, from: b, required: true }
                """, "[ { a: x, b: 1 }, { a: 1 }, { a: 2, b: 3 } ]");

        Preview.Failure number = preview.records().get(0).failure();
        Preview.Failure required = preview.records().get(1).failure();
        assertThat(number).isNotNull();
        assertThat(number.at().line()).isEqualTo(11);
        assertThat(number.function()).isEqualTo("number");
        assertThat(required).isNotNull();
        assertThat(required.at().line()).isEqualTo(12);
        assertThat(required.message()).contains("field 'b': is required");
        assertThat(preview.records().get(1).fields())
                .extracting(FieldTrace::outcome)
                .containsExactly(Outcome.WRITTEN, Outcome.FAILED);
        assertThat(preview.result()).isEqualTo(FakeScope.yaml("[ { a: 2, b: 3 } ]"));
        assertThat(preview.good()).isFalse();
    }

    @Test
    void showsAllFieldsOfARecordThatFail() {
        Preview preview = preview("""
                fields:
                  - { to: a, from: a, then: [ number ] }
                  - { to: b, from: b }
                  - { to: c, from: c, then: [ date ] }
                """, "{ a: x, b: 1, c: y }");

        assertThat(preview.records().get(0).fields())
                .extracting(FieldTrace::outcome)
                .containsExactly(Outcome.FAILED, Outcome.WRITTEN, Outcome.FAILED);
        assertThat(preview.records().get(0).fields().get(2).failure())
                .satisfies(failure -> assertThat(failure.message()).startsWith("field 'c': date: "));
        assertThat(preview.records().get(0).failure())
                .satisfies(failure -> assertThat(failure.message()).startsWith("field 'a': number: "));
    }

    @Test
    void hasNoSecretsAndShowsWhatAProofLooksLike() {
        Preview preview = preview(
                "fields: [ { to: proof, from: a, then: [ { hmac: { secret: MAP_ERP_KEY, algorithm: md5 } } ] } ]",
                "{ a: x }");

        assertThat(preview.result().path("proof").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(Proofs.with("preview", "HmacMD5", "x".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void groupsAndExplodesAsARunDoes() {
        Preview rows = preview(
                "{ explode: { list: lines, whenEmpty: fail }, fields: [ { to: sku, from: lines.sku } ] }",
                "[ { lines: [ { sku: A }, { sku: B } ] }, { lines: [] } ]");
        Preview groups = preview(
                "{ group: { by: [ no ] }, fields: [ { to: \"l[*]\", from: \"rows[*].sku\" } ] }",
                "[ { no: 1, sku: A }, { no: 1, sku: B } ]");

        assertThat(rows.result()).isEqualTo(FakeScope.yaml("[ { sku: A }, { sku: B } ]"));
        assertThat(rows.records()).extracting(Preview.Mapped::number).containsExactlyInAnyOrder(1L, 1L, 2L);
        assertThat(rows.good()).isFalse();
        assertThat(groups.result()).isEqualTo(FakeScope.yaml("[ { l: [ A, B ] } ]"));
    }

    @Test
    void readsVariablesMetadataTablesAndRecordsInADocument() {
        Sample sample = new Sample(
                FakeScope.yaml("{ orders: [ { id: 1 } ], shop: uk }"),
                RecordPath.parse("$.orders[*]"),
                Map.of("page", "2"),
                Map.of("level", FakeScope.yaml("7")),
                1,
                0);

        Preview preview = MapPreviews.of(
                flow("fields: [ { to: a, template: \"${record.id} ${flow.level} ${meta.page} ${payload.shop}\" } ]"),
                around(),
                null,
                sample);

        assertThat(preview.result()).isEqualTo(FakeScope.yaml("[ { a: '1 7 2 uk' } ]"));
    }

    @Test
    void looksAtSomeRecordsAndValuesOnly() {
        StringBuilder records = new StringBuilder("[");
        for (int i = 0; i < 150; i++) {
            records.append(i == 0 ? "" : ", ").append("{ l: [ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 ] }");
        }

        Preview preview = preview("fields: [ { to: \"l[*]\", from: \"l[*]\" } ]", records + "]");

        assertThat(preview.records()).hasSize(100);
        assertThat(preview.more()).isEqualTo(50);
        assertThat(preview.records().get(0).fields().get(0).values()).hasSize(10);
        assertThat(preview.records().get(0).fields().get(0).more()).isEqualTo(2);
    }

    @Test
    void showsTheResultAndTheErrorOfAnExpression() {
        Preview records =
                preview("jq: '{ no: (.id + 1), level: $flow.level }'", "[ { id: 1 }, { id: [ 1 ] }, { id: 2 } ]");
        Preview payload = preview("{ jq: length, each: payload }", "[ { id: 1 }, { id: 2 } ]");

        assertThat(records.language()).isEqualTo("jq");
        assertThat(records.result()).hasToString("[{\"no\":2,\"level\":1},{\"no\":3,\"level\":1}]");
        assertThat(records.records()).extracting(Preview.Mapped::number).containsExactly(1L, 2L, 3L);
        Preview.Failure failure = records.records().get(1).failure();
        assertThat(failure).isNotNull();
        assertThat(failure.code()).startsWith("EXPRESSION_");
        assertThat(failure.at().line()).isEqualTo(6);
        assertThat(records.good()).isFalse();
        assertThat(payload.result()).hasToString("2");
    }

    @Test
    void showsNoMoreThanCanBeRead() {
        String text = "x".repeat(200_000);

        Preview long1 = preview("fields: [ { to: a, from: a, then: [ upper ] } ]", "[ { a: " + text + " } ]");
        Preview often = preview(
                "fields: [ { to: \"l[*].a\", from: \"l[*]\" }, { to: \"l[*].b\", from: a } ]",
                "[ { l: [ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,"
                        + " 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41 ], a: " + text + " } ]");

        assertThat(long1.good()).isTrue();
        assertThat(String.valueOf(long1.records().get(0).fields()))
                .hasSizeLessThan(1000)
                .contains("too long to be shown");
        Preview.Failure failure = often.records().get(0).failure();
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo("TOO_LARGE");
        assertThat(often.result()).isEmpty();
    }

    @Test
    void stopsInTheMiddleOfARecordThatTakesTooLong() {
        Clock late = new Clock() {
            private int asked;

            @Override
            public java.time.Instant instant() {
                return java.time.Instant.EPOCH.plusSeconds(asked++);
            }

            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };

        Preview preview = MapPreviews.of(
                flow("fields: [ { to: \"l[*]\", from: \"l[*]\" } ]"),
                new Surroundings("f", late, Map.of(), Map.of(), Map.of()),
                "map",
                Sample.of(FakeScope.yaml(
                        "{ l: [ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 ] }")));

        Preview.Failure failure = preview.records().get(0).failure();
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo("TOO_SLOW");
    }

    @Test
    void waitsForAFreePlaceNoLongerThanAPreviewTakes() throws Exception {
        try (Languages languages = new Languages(
                new LanguagesProperties(Duration.ofMinutes(5), DataSize.ofGigabytes(4), DataSize.ofMegabytes(1), 1))) {
            CompletableFuture<Runnable> giveUp = new CompletableFuture<>();
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> asked(
                    languages, "reduce range(1000000000000) as $i (0; . + 1)", new Bounds(null, giveUp::complete)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> asked(languages, ".", Bounds.whole(null, Duration.ofMillis(1))) == Kind.BUSY);

            Preview preview = MapPreviews.of(
                    flow("jq: '{ no: .id }'"),
                    new Surroundings("f", almostOver(), Map.of(), Map.of(), Map.of(Languages.class, languages)),
                    "map",
                    Sample.of(FakeScope.yaml("[ { id: 1 }, { id: 2 } ]")));

            Preview.Failure failure = preview.records().get(0).failure();
            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo("EXPRESSION_BUSY");
            assertThat(failure.message()).contains("found no free place in time", "patchbay.languages.parallel");
            giveUp.get(30, TimeUnit.SECONDS).run();
            other.get(30, TimeUnit.SECONDS);
        }
    }

    /** How an expression failed. */
    private static Kind asked(Languages languages, String text, Bounds bounds) {
        try {
            var read = languages.read(new Languages.Source(Language.JQ, text, Map.of()));
            languages.each(read, bounds, Instant.EPOCH, Map.of(), List.of(Data.of(FakeScope.yaml("1"))));
            return Kind.FAILED;
        } catch (LanguageException e) {
            return e.kind();
        }
    }

    /** When it is asked again, nearly all of the time of a preview is over. */
    private static Clock almostOver() {
        return new Clock() {
            private final AtomicInteger asked = new AtomicInteger();

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusMillis(asked.getAndIncrement() == 0 ? 0 : 19_800);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Test
    void refusesAShapeThatIsNoMap() {
        Flow flow = flow("fields: [ { to: a, from: b } ]");

        assertThatThrownBy(() -> MapPreviews.of(flow, around(), "mpa", Sample.of(FakeScope.yaml("{}"))))
                .isInstanceOf(MapPreviews.NoPreviewException.class)
                .hasMessageContaining("did you mean 'map'?");
    }

    private static Preview preview(String map, String sample) {
        JsonNode payload = FakeScope.yaml(sample);
        return MapPreviews.of(flow(map), around(), "map", Sample.of(payload));
    }

    private static Flow flow(String map) {
        String text = "flow: f\nvariables: { level: 1 }\nshapes:\n  - id: map\n    map:\n"
                + map.indent(6).replaceAll("\n+$", "") + "\n";
        var read = new FlowReader(Shapes.all()).read("f.flow.yaml", text, (flow, variables) -> around());
        assertThat(read.problems()).isEmpty();
        return read.value().orElseThrow();
    }

    private static Surroundings around() {
        return new Surroundings("f", Clock.systemUTC(), Map.of("level", FakeScope.yaml("1")), Map.of(), Map.of());
    }
}
