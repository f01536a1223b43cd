package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Records that are sent as rows, and answers that say how many were taken. */
class CsvBatchTest extends Writes {

    private static final String THREE =
            "[{\"id\":1,\"name\":\"A, \\\"B\\\"\"},{\"id\":2,\"no\":false},{\"id\":3,\"name\":null}]";

    @Test
    void rowsAreTheBody() throws Exception {
        declare("batch: {maxRecords: 2, mode: csv}\n");
        serve(body -> "{}");

        send(THREE);

        assertThat(got).containsExactly("id,name,no\r\n1,\"A, \"\"B\"\"\",\r\n2,,false\r\n", "id,name\r\n3,\r\n");
    }

    @Test
    void rowsAreATextInABody() throws Exception {
        declare("""
                batch: {maxRecords: 1, mode: csv}
                request: {body: {type: soap, template: '<Save xmlns="urn:x"><Csv>${payload}</Csv></Save>'}}
                """);
        serve(body -> "{}");

        send("[{\"id\":1,\"name\":\"a<b\"}]");

        assertThat(got).singleElement().asString().contains("<Csv>id,name&#13;\n1,a&lt;b&#13;\n</Csv>");
    }

    @Test
    void rowsAreATextInAJsonBody() throws Exception {
        declare("""
                batch: {maxRecords: 10, mode: csv}
                request: {body: {type: json, template: {rows: '${payload}', path: '${payload ?? "none"}'}}}
                """);
        serve(body -> "{}");

        send("{\"id\":1}");

        assertThat(got).containsExactly("{\"rows\":\"id\\r\\n1\\r\\n\",\"path\":\"id\\r\\n1\\r\\n\"}");
    }

    @Test
    void whatIsNoRowFailsWithTheRecord() throws Exception {
        declare("batch: {maxRecords: 10, mode: csv}\n");
        serve(body -> "{}");

        assertThat(failure("[{\"id\":1},8]"))
                .hasMessage(
                        "the payload cannot be written as CSV: record 2 is no record with fields, so it has no columns");
        assertThat(got).isEmpty();
    }

    @Test
    void allFailWhenFewerWereTakenThanWereSent() throws Exception {
        declare("batch: {maxRecords: 10}\npartialResult: {accepted: $.count}\n");
        serve(body -> "{\"count\":\"2\"}");

        assertThat(failure(THREE))
                .hasMessageContaining("the answer says that 2 of 3 records were taken, and not which");
    }

    @Test
    void allAreSentWhenAsManyWereTaken() throws Exception {
        declare("batch: {maxRecords: 10}\npartialResult: {accepted: $.count}\n");
        serve(body -> "{\"count\":\"3\"}");

        assertThat(send(THREE).recordCount()).isEqualTo(3);
        assertThat(failed()).isEmpty();
    }

    @Test
    void whoIsNamedFailsAloneWhateverTheCount() throws Exception {
        declare("batch: {maxRecords: 10}\npartialResult: {accepted: $.count, errors: '$.failed[*]', index: at}\n");
        serve(body -> "{\"count\":2,\"failed\":[{\"at\":1,\"message\":\"no\"}]}");

        send(THREE);

        assertThat(failed()).containsExactly("1 RECORD_REFUSED");
    }

    @Test
    void anAnswerThatSaysNoNumberIsUnclear() throws Exception {
        declare("batch: {maxRecords: 10}\npartialResult: {accepted: $.count}\n");
        serve(body -> "{}");

        assertThat(failure(THREE)).hasMessageContaining("does not say at $.count how many of 3 records were taken");
    }
}
