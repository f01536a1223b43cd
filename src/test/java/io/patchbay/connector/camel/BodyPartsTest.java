package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records in an envelope, and bodies of several parts. */
class BodyPartsTest extends Writes {

    @Test
    void putsTheRecordsIntoTheBodyAtTheirPlace() throws Exception {
        declare("""
                batch: {maxRecords: 2, at: input.quantities}
                request: {body: {template: {input: {reason: correction}}}}
                """);
        serve(body -> "{}");

        send("[{\"a\":1},{\"a\":2},{\"a\":3}]");

        assertThat(got)
                .containsExactly(
                        "{\"input\":{\"reason\":\"correction\",\"quantities\":[{\"a\":1},{\"a\":2}]}}",
                        "{\"input\":{\"reason\":\"correction\",\"quantities\":[{\"a\":3}]}}");
    }

    @Test
    void makesTheEnvelopeWhereTheBodyHasNoTemplate() throws Exception {
        declare("batch: {maxRecords: 1, at: items}");
        serve(body -> "{}");

        send("[{\"a\":1},{\"a\":2}]");
        send("{\"a\":3}");

        assertThat(got)
                .containsExactly("{\"items\":[{\"a\":1}]}", "{\"items\":[{\"a\":2}]}", "{\"items\":[{\"a\":3}]}");
    }

    @Test
    void putsTheRecordsIntoTheVariablesOfAQuery() throws Exception {
        declare("""
                batch: {maxRecords: 250, at: input.quantities}
                request: {body: {type: graphql, template: {query: 'mutation ($input: I!) { set }', variables: {input: {name: available}}}}}
                """);
        serve(body -> "{\"data\":{}}");

        send("[{\"a\":1}]");

        assertThat(got.get(0))
                .endsWith("\"variables\":{\"input\":{\"name\":\"available\",\"quantities\":[{\"a\":1}]}}}");
    }

    @Test
    void sendsEachRecordAsAPart() throws Exception {
        declare("batch: {maxRecords: 2, mode: multipart, at: row}");
        serve(body -> "{}");

        send("[{\"a\":1},{\"a\":2}]");

        assertThat(got.get(0).split("--[^\r\n]+\r\n", -1)).hasSize(4);
        assertThat(got.get(0))
                .contains(
                        "Content-Disposition: form-data; name=\"row\"\r\nContent-Type: application/json\r\n\r\n{\"a\":2}");
    }

    @Test
    void sendsAFileFromTheDiskBesideFields() throws Exception {
        declare("""
                request:
                  body:
                    type: multipart
                    template:
                      purpose: '${meta.purpose}'
                      about: {content: {rows: 2}}
                      file: {filename: 'orders-${meta.purpose}.csv', contentType: text/csv}
                """);
        serve(body -> "{}");
        Path file = Files.writeString(home.resolve("content.spill"), "a;b\n1;2\n");
        Body stored = new Body.Stored(file, "application/octet-stream", 8);
        Payload payload = new Payload(Lineage.ofRun("run-1"), stored, RecordPath.ROOT, Map.of("purpose", "münchen"));

        world.answer("connector:shop/items.create", payload, attempt, INPUT);

        assertThat(got.get(0))
                .contains("name=\"purpose\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nmünchen\r\n")
                .contains("name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"rows\":2}\r\n")
                .contains("filename=\"orders-m%C3%BCnchen.csv\"")
                .contains("Content-Type: text/csv\r\n\r\na;b\n1;2\n\r\n");
    }

    @Test
    void refusesANameOfAFileThatWouldEndItsHeaderOrBeAPath() throws Exception {
        declare("request: {body: {type: multipart, template: {file: {filename: '${record.name}'}}}}");
        serve(body -> "{}");

        for (String name : new String[] {"a\\r\\nX-Evil: 1", "../etc/passwd", "a\\\"; name=\\\"b", "..", ""}) {
            StepException why = failure("{\"name\":\"" + name + "\"}");
            assertThat(why.code()).as(name).isEqualTo("BAD_FILENAME");
        }
        assertThat(got).isEmpty();
    }
}
