package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of an answer that cannot be read go aside, and come again alone. */
class ContentAsidesTest extends ContentPulls {

    @Test
    void aRecordThatIsBrokenGoesAsideAndTheOthersGoOn() throws Exception {
        serves("text/csv", "id,name~1,a~2,b,c~3,d~4~");
        content("format: csv, chunk: 2, csv: {shortRows: fail}");

        List<Pull.Element> all = skipping();

        assertThat(told(all))
                .containsExactly(
                        "aside id,name\r\n2,b,c",
                        "aside id,name\r\n4",
                        "[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"3\",\"name\":\"d\"}]",
                        "End");
        assertThat(((Pull.Aside) all.get(0)).why())
                .hasMessageContaining("record 2")
                .hasMessageContaining("byte 12");
    }

    @Test
    void aPullThatBrokePutsTheSameRecordsAsideAgainAndNoOthers() throws Exception {
        serves("application/x-ndjson", "no~{\"id\":2}~{\"id\":3}~no~{\"id\":5}~");
        content("format: ndjson, chunk: 1");
        List<Pull.Element> before = skipping();
        JsonNode next = before.stream()
                .filter(Pull.Page.class::isInstance)
                .map(page -> ((Pull.Page) page).next())
                .findFirst()
                .orElseThrow();

        List<Pull.Element> rest = skipping(next);

        assertThat(ids(rest)).containsExactly(3, 5);
        assertThat(Asides.lineages(rest))
                .containsExactlyElementsOf(Asides.lineages(before))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherRecordAtTheSamePlaceOfAnAnswerThatChangedIsAnotherOne() throws Exception {
        AtomicReference<String> body = new AtomicReference<>("{\"id\":1}\n{\"no\n");
        lists.serve(
                exchange -> answer(exchange, "application/x-ndjson", body.get().getBytes(StandardCharsets.UTF_8)));
        content("format: ndjson, chunk: 1");
        List<Lineage> before = Asides.lineages(skipping());
        body.set("{\"id\":1}\n{\"other\n");

        assertThat(Asides.lineages(skipping())).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | a,b~1,2~1,2,3 | a,b~1,3 | [{\"a\":\"1\",\"b\":\"3\"}]",
                "format: ndjson | {\"a\":1}~{\"a\": | {\"a\":2} | [{\"a\":2}]",
                "format: json | [{\"a\":1},{\"b\":1,\"b\":2},{\"a\":3}] | {\"b\":2} | [{\"b\":2}]",
                "format: json, records: '$.r[*]' | {\"r\":[{\"b\":1,\"b\":2}]} | {\"b\":1} | [{\"b\":1}]",
            })
    void aRecordThatWentAsideIsReadAloneWhenItIsMendedAndNothingIsAskedForIt(
            String content, String body, String mended, String record) throws Exception {
        serves("text/plain", body + "\n");
        content(content);
        Payload aside = ((Pull.Aside) skipping().get(0)).payload();

        assertThatThrownBy(() -> again(aside)).message().containsAnyOf("record 1", "key 'b' stands twice");
        assertThat(told(again(Asides.mended(aside, mended)))).containsExactly(record, "End");
        assertThat(lists.asked()).hasSize(1);
    }

    private List<Pull.Element> again(Payload aside) throws Exception {
        return Asides.again(lists.world(), Lists.URI, aside, new FakeAttempt(Map.of(), Map.of(), null, 0));
    }

    @Test
    void pagesOfRowsAreCountedAndTheirBrokenRecordsAreToldApart() throws Exception {
        lists.serve(exchange -> {
            String page = Lists.query(exchange).get("page");
            String body = page.equals("1")
                    ? "id,name\n1,a\nx,y,z\n"
                    : page.equals("2") ? "id,name\n3,c\nx,y,z\n" : "id,name\n";
            answer(exchange, "text/csv", body.getBytes(StandardCharsets.UTF_8));
        });
        lists.list("response: {content: {format: csv}}\n"
                + "paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}\n");

        List<Pull.Element> all = skipping();

        assertThat(ids(all)).containsExactly(1, 3);
        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(Asides.lineages(all)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void nothingGoesAsideWhereWhatIsMissingIsToldAsDeleted() throws Exception {
        serves("text/csv", "id,name~1,a~2,b,c~");
        lists.list("response: {content: {format: csv}}\nrecordSelector: {path: '$[*]', primaryKey: [id]}\n"
                + "completeness: full\ndeletes: {type: missingInFull}\n");

        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0) {
            @Override
            public KnownKeys keys(String instance, String endpoint, String inputs, List<String> fields) {
                return new NoKeys();
            }
        };
        List<Pull.Element> all = lists.world().pull(Lists.URI, attempt, Asides.SKIPS);

        assertThat(all)
                .noneMatch(Pull.Aside.class::isInstance)
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class, failed -> assertThat(failed.why()).hasMessageContaining("record 2"));
    }

    /** Of a list that was never read before. */
    private record NoKeys() implements KnownKeys {
        @Override
        public String list() {
            return "items";
        }

        @Override
        public void found(List<String> keys) {}

        @Override
        public Missing compared() {
            return new Missing(0, 0, 0, true);
        }

        @Override
        public List<String> missing(@Nullable String after, int most) {
            return List.of();
        }

        @Override
        public void told() {}
    }
}
