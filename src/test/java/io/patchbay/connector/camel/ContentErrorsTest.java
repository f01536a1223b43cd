package io.patchbay.connector.camel;

import static io.patchbay.connector.camel.Lists.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers whose content is broken, made to harm or not wanted, and content that cannot be read as it is declared. */
class ContentErrorsTest extends ContentPulls {

    @Test
    void anAnswerThatARuleCallsGoodAndIsNoSuccessHasNoRecords() throws Exception {
        lists.serve(exchange -> World.json(exchange, 404, "{\"error\":\"no stock today\"}"));
        lists.list("response: {content: {format: csv}}\n"
                + "errorHandler: {rules: [{match: {status: [404]}, action: success}]}\n");

        assertThat(told(lists.pull())).containsExactly("End");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response: {content: {format: csv}}",
                "response: {content: {format: csv}}~paginator: {type: pageNumber, inject: {into: query, name: p}}",
                "recordSelector: {path: '$[*]', chunk: 5}",
            })
    void theTextOfAnErrorThatARuleCallsGoodIsNoRecord(String keys) throws Exception {
        lists.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(404, 0);
            exchange.getResponseBody().write("sorry\nno stock today\n".getBytes(StandardCharsets.UTF_8));
        });
        lists.list(keys.replace('~', '\n') + "\nerrorHandler: {rules: [{match: {status: [404]}, action: success}]}\n");

        assertThat(told(lists.pull())).containsExactly("End");
    }

    @ParameterizedTest
    @CsvSource({"ignore, End", "fail, Failed", "retry, Failed"})
    void aLargeAnswerThatIsNotUsedLeavesNoFile(String action, String end) throws Exception {
        serves("text/csv", "id~" + "1~".repeat(200_000));
        lists.list("response: {content: {format: csv}}\n" + "errorHandler: {rules: [{match: {status: [200]}, action: "
                + action + "}]}\n");

        List<Pull.Element> all = lists.pull();

        assertThat(all)
                .singleElement()
                .satisfies(one -> assertThat(one.getClass()).hasToString("class io.patchbay.payload.Pull$" + end));
        lists.world().assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | a,b~1,2~1,2,3~ | NOT_CSV | record 2, line 3, byte 8",
                "format: ndjson | {\"a\":1}~{\"a\":~ | NOT_NDJSON | record 2",
                "format: json | [{\"a\":1},{\"a\":{\"b\":tru}}] | NOT_JSON | field 'a.b'",
                "format: xml, records: '$.r.i[*]' | <r><i>1</i><i>2</r> | NOT_XML | record 2",
                "format: yaml | ^- a: [^ | NOT_YAML | yaml",
                "format: xlsx | id | NOT_XLSX | xlsx",
                "format: edifact | UNB+UNOC:3+A+B | NOT_EDIFACT | edifact",
                "format: csv | <!DOCTYPE html><html></html> | NOT_CSV | a page of HTML",
                "format: auto | what is this | UNKNOWN_FORMAT | 'content.format' can name it",
                "format: auto | <a><b/></a> | UNKNOWN_FORMAT | 'content.records' must say",
            })
    void whatIsBrokenIsToldWithTheRecord(String content, String body, String code, String said) throws Exception {
        serves("application/octet-stream", body);
        content(content);

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo(code);
        assertThat(why).hasMessageContaining("the answer").hasMessageContaining(said);
        assertThat(lists.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: json | deep | nested deeper",
                "format: ndjson | deep | nested deeper",
                "format: xml, records: '$.a.b[*]' | bomb | document type",
                "format: csv | open | a row has more than",
            })
    void contentThatIsMadeToHarmEndsWithAClearError(String content, String kind, String said) throws Exception {
        String body = kind.equals("deep")
                ? "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n"
                : kind.equals("bomb")
                        ? "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><a><b>&y;</b></a>"
                        : "id\n\"" + "x".repeat(17 << 20);
        serves("application/octet-stream", body);
        lists.endpoint("GET", "/items", "response: {content: {" + content + "}}\n");
        lists.world().rewrite("timeout: 2s", "timeout: 30s, maxResponse: 1GB");

        assertThat(lists.failure()).hasMessageContaining("the answer").hasMessageContaining(said);
        lists.world().assertNothingLeft();
    }

    @Test
    void aRowInAnotherCharacterSetThanTheAnswerSaysIsToldWithWhatOverrulesIt() throws Exception {
        serves("text/csv; charset=utf-8", "id,name\n1,M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1));
        content("format: csv");

        assertThat(lists.failure())
                .hasMessageContaining("field 'name'")
                .hasMessageContaining("says of itself that it is in UTF-8, which 'response.encoding' overrules");
    }

    @Test
    void aDocumentThatWasCutIsAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        lists.serve(exchange -> answer(
                exchange,
                "application/json",
                (asked.getAndIncrement() == 0 ? "[{\"id\":1},{\"id\":" : "[{\"id\":1},{\"id\":2}]")
                        .getBytes(StandardCharsets.UTF_8)));
        content("format: json, chunk: 1");

        assertThat(ids(lists.pull())).containsExactly(1, 2);
        assertThat(lists.asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "response: {format: xml, content: {format: csv}} | an answer has one format",
                "response: {content: {format: xml}} | needs 'records'",
                "response: {content: {format: fixed}} | needs 'fixed', which names the columns",
                "response: {content: {format: csv, gzip: true}} | belong to requests and files that are written",
                "response: {content: {format: cvs}} | did you mean 'csv'",
                "response: {script: ./a.js, content: {format: csv}} | response.content reads it piece by piece",
                "response: {content: {format: csv}}~recordSelector: {path: '$.a[*]'} | write path: '$[*]'",
                "response: {content: {format: csv}}~recordSelector: {path: '$[*]', chunk: 5} | response.content.chunk",
                "response: {content: {format: csv}}~recordSelector: {path: '$[*]', columns: '$.c[*]'} | 'columns' reads an answer as a whole",
                "response: {content: {format: csv}}~paginator: {type: cursor, cursorPath: $.next, inject: {into: query, name: c}} | a paginator of this type reads an answer as a whole",
                "response: {content: {format: csv}}~paginator: {type: pageNumber, totalPath: $.n, inject: {into: query, name: p}} | 'totalPath' reads an answer as a whole",
                "response: {content: {format: csv}}~incremental: {cursorField: $.next, type: token, lower: {into: query, name: c}} | a cursor of the answer reads",
            })
    void whatCannotBeReadSoIsRefusedWithTheFileOpen(String keys, String says) throws Exception {
        assertThat(lists.problems("GET", "/items", keys.replace('~', '\n') + "\n"))
                .anyMatch(problem -> problem.contains(says));
    }
}
