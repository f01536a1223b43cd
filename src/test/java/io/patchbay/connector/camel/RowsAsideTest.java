package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Use;
import io.patchbay.format.Alone;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and lines of answers ({@code response.format}) that cannot be read go aside, and the others go on. */
class RowsAsideTest extends ContentPulls {

    private static final String CHUNKED = "recordSelector: {path: '$[*]', chunk: 2}\n";
    private static final String PAGED =
            "paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}\n";

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    private Exchange call(Payload payload, @Nullable Use use) throws Exception {
        return lists.world().call(Lists.URI, payload, attempt, use);
    }

    private Exchange call(@Nullable Use use) throws Exception {
        return call(Payload.empty(Lineage.ofRun("run-1")), use);
    }

    private StepException refused(@Nullable Use use) throws Exception {
        return (StepException) call(use).getException();
    }

    private Payload answered(@Nullable Use use) throws Exception {
        Exchange exchange = call(use);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(Payload.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "csv | id,name~1,a~2,b,c~3,d~ | id,name~2,b,c | record 2 | byte 12",
                "csv | id,name~1,a~3,d~4,b,c | id,name~4,b,c | record 3 | byte 16",
                "ndjson | {\"id\":\"1\",\"name\":\"a\"}~no~{\"id\":\"3\",\"name\":\"d\"}~ | no | record 2 | byte 22",
                "ndjson | {\"id\":\"1\",\"name\":\"a\"}~{\"id\":\"3\",\"name\":\"d\"}~{\"id\": | {\"id\": | record 3 | byte 44",
                "ndjson | {\"id\":\"1\",\"name\":\"a\"}~{\"id\":2} x~{\"id\":\"3\",\"name\":\"d\"} | {\"id\":2} x | record 2 | byte 22",
                "ndjson | {\"id\":\"1\",\"name\":\"a\"}~{\"id\":2,\"id\":3}~{\"id\":\"3\",\"name\":\"d\"} | {\"id\":2,\"id\":3} | record 2 | field 'id'",
            })
    void aWrongRowOfOneAnswerGoesAsideAndTheOthersAreTheAnswer(
            String format, String body, String aside, String number, String where) throws Exception {
        serves("text/plain", body);
        lists.list("response: {format: " + format + "}\n");

        Payload answer = answered(Asides.SKIPS);

        assertThat(textOf(answer)).isEqualTo("[{\"id\":\"1\",\"name\":\"a\"},{\"id\":\"3\",\"name\":\"d\"}]");
        assertThat(attempt.failed()).hasSize(1);
        assertThat(textOf(attempt.failed().get(0).payload()).strip()).isEqualTo(aside.replace("~", "\r\n"));
        assertThat(attempt.failed().get(0).why())
                .hasMessageContaining(number)
                .hasMessageContaining(where)
                .returns(format.equals("csv") ? "NOT_CSV" : "NOT_JSON", StepException::code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "csv | id,name~1,a~2,b,c~3,d~ | NOT_CSV",
                "ndjson | {\"id\":1}~no~{\"id\":3}~ | NOT_JSON",
            })
    void withoutSkipTheFirstWrongRowFailsTheCall(String format, String body, String code) throws Exception {
        serves("text/plain", body);
        lists.list("response: {format: " + format + "}\n");
        assertThat(refused(null).code()).isEqualTo(code);

        lists.list("response: {format: " + format + "}\n" + CHUNKED);
        assertThat(lists.pull())
                .last()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why().code()).isEqualTo(code));
        assertThat(attempt.failed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "csv | id~1~2,b~3~4~5,e~ | aside id~2,b | aside id~5,e",
                "ndjson | {\"id\":\"1\"}~no~{\"id\":\"3\"}~{\"id\":\"4\"}~{ | aside no | aside {",
            })
    void aWrongRowOfALongAnswerInPiecesGoesAside(String format, String body, String first, String second)
            throws Exception {
        serves("text/plain", body);
        lists.list("response: {format: " + format + "}\n" + CHUNKED);

        assertThat(told(skipping()))
                .contains(
                        first.replace("~", "\r\n"),
                        second.replace("~", "\r\n"),
                        "[{\"id\":\"1\"},{\"id\":\"3\"}]",
                        "[{\"id\":\"4\"}]",
                        "End")
                .hasSize(5);
    }

    @Test
    void pagesCountTheirWrongRowsWhichAreToldApart() throws Exception {
        lists.serve(exchange -> {
            String page = Lists.query(exchange).get("page");
            page(
                    exchange,
                    page.equals("1") ? "1,a\nx,y,z\n" : page.equals("2") ? "x,y,z\n" : page.equals("3") ? "3,c\n" : "");
        });
        lists.list("response: {format: csv}\n" + PAGED);

        List<Pull.Element> all = skipping();

        assertThat(ids(all)).containsExactly(1, 3);
        assertThat(all).last().isInstanceOf(Pull.End.class);
        assertThat(Asides.lineages(all)).hasSize(2).doesNotHaveDuplicates();
    }

    private static void page(HttpExchange exchange, String rows) throws IOException {
        answer(exchange, "text/csv", ("id,name\n" + rows).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "csv, csv: {delimiter: ';', quote: ''''} | a;b~1;2~1;2;3 | a;b~1;'3;4' | [{\"a\":\"1\",\"b\":\"3;4\"}]",
                "ndjson | {\"a\":1}~{\"a\": | {\"a\":2} | [{\"a\":2}]",
                "ndjson, json: {duplicateKeys: last} | {\"a\":1}~{\"a\": | {\"a\":2,\"a\":3} | [{\"a\":3}]",
            })
    void aRowThatWentAsideIsReadAloneWhenItIsMendedAndNothingIsAskedForIt(
            String format, String body, String mended, String record) throws Exception {
        serves("text/plain", body + "\n");
        lists.list("response: {format: " + format + "}\n");
        answered(Asides.SKIPS);
        Payload aside = attempt.failed().get(0).payload();

        assertThat(call(aside, Asides.SKIPS).getException()).hasMessageContaining("record 1");
        Exchange again = call(Asides.mended(aside, mended), Asides.SKIPS);
        Payload read = again.getMessage().getBody(Payload.class);
        assertThat(textOf(read)).isEqualTo(record);
        assertThat(Alone.said(read, attempt.shape())).isNull();

        lists.list("response: {format: " + format + "}\n" + CHUNKED);
        List<Pull.Element> pulled = Asides.again(lists.world(), Lists.URI, Asides.mended(aside, mended), attempt);
        assertThat(told(pulled)).containsExactly(record, "End");
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void aRowThatWentAsideCannotBeReadWhereTheAnswerIsNoRowsAnyMore() throws Exception {
        serves("text/csv", "a,b~1,2,3~");
        lists.list("response: {format: csv}\n");
        answered(Asides.SKIPS);
        lists.list("response: {format: json}\n");

        assertThat(call(attempt.failed().get(0).payload(), Asides.SKIPS).getException())
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo("NOT_READ_HERE"));
        assertThat(lists.asked()).hasSize(1);
    }

    /** As without skip. */
    @Test
    void valuesOverSeveralLinesAreRead() throws Exception {
        serves("application/x-ndjson", "{\"id\":~1}~{\"id\":2} {\"id\":3}~");
        lists.list("response: {format: ndjson}\n");
        assertThat(textOf(answered(Asides.SKIPS))).isEqualTo("[{\"id\":1},{\"id\":2},{\"id\":3}]");
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void whereValuesDoNotStandOneOnEachLineAWrongOneFailsAll() throws Exception {
        serves("application/x-ndjson", "{\"id\":~1}~{\"id\":2} {\"id\":3}~no");
        lists.list("response: {format: ndjson}\n");

        assertThat(refused(Asides.SKIPS).code()).isEqualTo("NOT_JSON");
        assertThat(attempt.failed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"csv | ''", "ndjson | ''", "csv | chunked", "ndjson | chunked"})
    void aPageOfHtmlIsNoRows(String format, String how) throws Exception {
        serves("text/html", "<!DOCTYPE html>~<p>Sorry, we, are, closed</p>~");
        lists.list("response: {format: " + format + "}\n" + (how.isEmpty() ? "" : CHUNKED));

        if (how.isEmpty()) {
            assertThat(refused(Asides.SKIPS)).hasMessageContaining("HTML");
        } else {
            assertThat(told(skipping())).singleElement().asString().contains("HTML");
        }
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void nothingGoesAsideOfAnAnswerThatIsPutIntoTheRecords() throws Exception {
        serves("text/csv", "id,name~1,a~2,b,c~");
        lists.list("response: {format: csv}\n");
        Use into = new Use(Map.of(), new Use.Into("stock"), false, null, Asides.SKIPS.growing(), null, true);

        assertThat(refused(into).code()).isEqualTo("NOT_CSV");
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void aLargeAnswerIsKeptInNoFileWhenItIsRead() throws Exception {
        serves("application/x-ndjson", "{\"id\":1}~no~" + "{\"id\":2}~".repeat(50_000));
        lists.list("response: {format: ndjson}\n");

        assertThat(answered(Asides.SKIPS).recordCount()).isEqualTo(50_001);
        assertThat(attempt.failed()).hasSize(1);
        lists.world().assertNothingLeft();
    }

    @Test
    void moreWrongRowsThanSlipsFailTheCall() throws Exception {
        serves("text/csv", "id~" + "1,2~".repeat(10_001));
        lists.list("response: {format: csv}\n");

        assertThatThrownBy(() -> {
                    throw refused(Asides.SKIPS);
                })
                .hasMessageContaining("more than 10000 records are wrong");
        assertThat(attempt.failed()).isEmpty();
    }
}
