package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent and read in other forms than JSON. */
class FormatsTest extends InWorld {

    private static final String READ = """
            items.list:
              kind: read
              method: GET
              path: /items
              response: %s
              recordSelector: {path: '%s'}
            """;
    private static final String SOAP = """
            stock.get:
              kind: read
              inputs: {sku: {type: string}}
              method: POST
              path: /soap
              request:
                body:
                  type: soap
                  soap: %s
                  template: '<GetStock xmlns="urn:stock"><sku>${with.sku}</sku></GetStock>'
              response: {format: soap}
              recordSelector: {path: '$.GetStockResponse'}
            """;

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    private void answer(int status, String type, String body, Charset charset) {
        world.serve("/api/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(charset);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private Payload list(String response, String records) throws Exception {
        world.shop(READ.formatted(response, records));
        return world.answer("connector:shop/items.list", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private StepException refused(String response) throws Exception {
        world.shop(READ.formatted(response, "$"));
        Throwable thrown = world.call("connector:shop/items.list", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                .getException();
        assertThat(thrown).isInstanceOf(StepException.class);
        return (StepException) thrown;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json   | {\"orders\":[{\"id\":1,\"id\":2}]} | $.orders[*] | 2",
                "ndjson | {\"id\":1,\"id\":2}                | $[*]        | 2",
            })
    void aKeyThatStandsTwiceInAnObjectIsAnErrorUnlessTheLastIsTaken(String format, String body, String at, int id)
            throws Exception {
        answer(200, "application/json", body, StandardCharsets.UTF_8);

        assertThat(refused("{format: " + format + "}"))
                .hasMessageContaining("the key 'id' stands twice in one object (line 1, column ")
                .hasMessageContaining("'json: { duplicateKeys: last }' takes the last of its values");
        assertThat(list("{format: " + format + ", json: {duplicateKeys: last}}", at)
                        .records())
                .extracting(record -> record.path("id").intValue())
                .containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<orders><order id='1'/><order id='2'/></orders> | 2",
                "<orders><order id='1'/></orders>                | 1",
                "<orders/>                                       | 0",
            })
    void readsTheRecordsOfAnXmlAnswerAlsoWhenThereIsOneOrNone(String xml, int records) throws Exception {
        answer(200, "application/xml", xml, StandardCharsets.UTF_8);
        Payload answer = list("{format: xml}", "$.orders.order[*]");
        assertThat(answer.records()).hasSize(records);
        assertThat(answer.records())
                .allSatisfy(order -> assertThat(order.path("@id").asText()).isNotEmpty());
    }

    @Test
    void readsTheCharacterSetThatTheAnswerOrTheAuthorNames() throws Exception {
        answer(200, "text/xml; charset=ISO-8859-1", "<a>é</a>", StandardCharsets.ISO_8859_1);
        assertThat(list("{format: xml}", "$").tree()).hasToString("{\"a\":\"é\"}");
        assertThat(list("{format: csv, encoding: ISO-8859-1, csv: {header: false, columns: [x]}}", "$[*]")
                        .tree())
                .hasToString("[{\"x\":\"<a>é</a>\"}]");
    }

    @Test
    void readsTheFieldsOfAFormAndMakesAListOfANameThatComesAgain() throws Exception {
        answer(
                200,
                "application/x-www-form-urlencoded",
                "ACK=Success&L_ID=a&L_ID=b%26c&L_ID=+d&EMPTY=&ALONE&%C3%BC=%e2%82%ac",
                StandardCharsets.US_ASCII);

        assertThat(list("{format: form}", "$").tree())
                .hasToString(
                        "{\"ACK\":\"Success\",\"L_ID\":[\"a\",\"b&c\",\" d\"],\"EMPTY\":\"\",\"ALONE\":\"\",\"ü\":\"€\"}");
    }

    @Test
    void readsAFormWhoseCharactersAreNotEscaped() throws Exception {
        answer(200, "application/x-www-form-urlencoded", "ü=€+%E2%82%AC", StandardCharsets.UTF_8);

        assertThat(list("{format: form}", "$").tree()).hasToString("{\"ü\":\"€ €\"}");
    }

    @Test
    void sendsABodyCompressedWhereTheEndpointSaysSoAndSignsWhatIsSent() throws Exception {
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        List<String> headers = new CopyOnWriteArrayList<>();
        world.serve("/api/items", exchange -> {
            sent.add(exchange.getRequestBody().readAllBytes());
            for (String name : List.of("Content-Encoding", "Content-Type", "Content-Length", "X-Hash")) {
                headers.add(String.valueOf(exchange.getRequestHeaders().getFirst(name)));
            }
            World.json(exchange, 200, "{}");
        });
        world.shop(
                "{a: {type: hmacSignature, hmac: {key: '${settings.token}', keyEncoding: text, digest: sha256, encoding: hex, parts: [{bodyHash: {digest: sha256, encoding: hex}}], into: {name: X-Hash}}}}",
                "",
                "items.put: {kind: write, method: PUT, path: /items, request: {compression: gzip}}",
                "");
        String body = "[" + "{\"sku\":\"A\"},".repeat(999) + "{}]";

        assertThat(world.call("connector:shop/items.put", World.payload(body), attempt, null)
                        .getException())
                .isNull();

        byte[] packed = sent.get(0);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(packed.length).isLessThan(500);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("t0ken-value".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(packed);
        byte[] proof = mac.doFinal(HexFormat.of().formatHex(hash).getBytes(StandardCharsets.UTF_8));
        assertThat(headers)
                .containsExactly(
                        "gzip",
                        "application/json",
                        String.valueOf(packed.length),
                        HexFormat.of().formatHex(proof));
    }

    @Test
    void readsRowsAsRecordsOfText() throws Exception {
        answer(
                200,
                "text/csv",
                "\uFEFFsku;name;qty\r\nA-1;\"Bolt; 5\"\"\";007\r\n\r\nB-2;\"two\nlines\";\r\n",
                StandardCharsets.UTF_8);
        assertThat(list("{format: csv, csv: {delimiter: ';'}}", "$[*]").tree())
                .hasToString("[{\"sku\":\"A-1\",\"name\":\"Bolt; 5\\\"\",\"qty\":\"007\"},"
                        + "{\"sku\":\"B-2\",\"name\":\"two\\nlines\",\"qty\":\"\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{format: csv} | \"id\",\"name\"~1,Ann | [{\"id\":\"1\",\"name\":\"Ann\"}]",
                "{format: csv, csv: {header: false, columns: [id]}} | 7~8 | [{\"id\":\"7\"},{\"id\":\"8\"}]"
            })
    void passesOverAByteOrderMark(String response, String rows, String records) throws Exception {
        answer(200, "text/csv", "\uFEFF" + rows.replace('~', '\n'), StandardCharsets.UTF_8);

        assertThat(list(response, "$[*]").tree()).hasToString(records);
    }

    @Test
    void takesColumnsFromTheDefinitionWhereTheRowsHaveNone() throws Exception {
        answer(200, "text/csv", "A-1,7\nB-2\n", StandardCharsets.UTF_8);
        assertThat(list("{format: csv, csv: {header: false, columns: [sku, qty]}}", "$[*]")
                        .tree())
                .hasToString("[{\"sku\":\"A-1\",\"qty\":\"7\"},{\"sku\":\"B-2\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "xml  | <a><b></a>                              | NOT_XML  | begins as XML and breaks its rules",
                "xml  | <a><b>                                  | NOT_XML  | ends too early",
                "xml  | {\"a\":1}                               | NOT_XML  | found other content",
                "xml  | <!DOCTYPE html><html></html>            | NOT_XML  | a page of HTML",
                "xml  | <!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a> | NOT_XML | document type",
                "soap | <a/>                                    | NOT_SOAP | a SOAP envelope was expected",
                "form | {\"a\":1}                               | NOT_FORM | fields of a form were expected, found JSON",
                "form | <!DOCTYPE html><html></html>            | NOT_FORM | a page of HTML",
                "csv  | <html><body>,</body></html>             | NOT_CSV  | a page of HTML",
                "csv  | ^a,b\n1,2,3^                            | NOT_CSV  | row 2 has 3 values",
                "csv  | ^a,a\n1,2^                              | NOT_CSV  | a name stands twice",
                "csv  | ^a,b\n\"1,2^                            | NOT_CSV  | rules of quotes",
            })
    void saysWhatItFoundInPlaceOfTheDeclaredForm(String format, String content, String code, String what)
            throws Exception {
        answer(200, "text/plain", content, StandardCharsets.UTF_8);
        StepException failure = refused("{format: " + format + "}");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(what);
    }

    @Test
    void refusesRowsThatAreNotInTheirCharacterSet() throws Exception {
        answer(200, "text/csv", "name\ncafé\n", StandardCharsets.ISO_8859_1);
        assertThat(refused("{format: csv}"))
                .hasMessageContaining(
                        "none of its character set (UTF-8); 'response.encoding' can name another one (record 1, line 2");
    }

    @Test
    void sendsXmlInWhichWhatPlaceholdersYieldIsEscaped() throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        AtomicReference<String> type = new AtomicReference<>();
        world.serve("/api/items", exchange -> {
            sent.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            type.set(exchange.getRequestHeaders().getFirst("Content-Type"));
            World.json(exchange, 201, "{}");
        });
        world.shop("""
                items.text:
                  kind: write
                  method: POST
                  path: /items
                  request: {body: {type: xml, template: '<item id="${record.id}"><name>${record.name}</name></item>'}}
                items.tree:
                  kind: write
                  method: POST
                  path: /items
                  request: {body: {type: xml, template: {item: {'@id': '${record.id}', name: '${record.name}', tag: '${record.tags}'}}}}
                """);
        Payload item =
                World.payload("{\"id\": \"a\\\"b\", \"name\": \"</name><admin/>é\", \"tags\": [\"x\", \"<y>\"]}");

        world.answer("connector:shop/items.text", item, attempt, null);
        assertThat(sent.get()).isEqualTo("<item id=\"a&quot;b\"><name>&lt;/name&gt;&lt;admin/&gt;é</name></item>");
        assertThat(type.get()).isEqualTo("application/xml; charset=UTF-8");

        world.answer("connector:shop/items.tree", item, attempt, null);
        assertThat(sent.get())
                .isEqualTo(
                        "<item id=\"a&quot;b\"><name>&lt;/name&gt;&lt;admin/&gt;é</name><tag>x</tag><tag>&lt;y&gt;</tag></item>");
    }

    @Test
    void aCharacterThatXmlCannotCarryIsTheAuthorsFailureAndNothingIsSent() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        world.serve("/api/items", exchange -> {
            requests.incrementAndGet();
            World.json(exchange, 201, "{}");
        });
        world.shop("""
                items.text:
                  kind: write
                  method: POST
                  path: /items
                  request: {body: {type: xml, template: '<a>${record.name}</a>'}}
                """);
        assertThatThrownBy(() -> world.answer(
                        "connector:shop/items.text", World.payload("{\"name\": \"\\u0001\"}"), attempt, null))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("a character that XML cannot carry");
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{action: 'urn:GetStock'} | text/xml; charset=UTF-8 | \"urn:GetStock\" | http://schemas.xmlsoap.org/soap/envelope/",
                "{} | text/xml; charset=UTF-8 | \"\" | http://schemas.xmlsoap.org/soap/envelope/",
                "{version: '1.2', action: 'urn:GetStock'} | application/soap+xml; charset=UTF-8; action=\"urn:GetStock\" | | http://www.w3.org/2003/05/soap-envelope",
            })
    void wrapsARequestInAnEnvelopeAndUnwrapsTheAnswer(String soap, String type, String action, String namespace)
            throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        AtomicReference<String> head = new AtomicReference<>();
        world.serve("/api/soap", exchange -> {
            sent.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            head.set(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("SOAPAction"));
            World.answer(
                    exchange,
                    200,
                    "text/xml",
                    "<e:Envelope xmlns:e=\"" + namespace
                            + "\"><e:Body><GetStockResponse><qty>5</qty></GetStockResponse></e:Body></e:Envelope>");
        });
        world.shop(SOAP.formatted(soap));

        Payload answer = world.answer(
                "connector:shop/stock.get?sku=RAW(A&1)", Payload.empty(Lineage.ofRun("run-1")), attempt, null);

        assertThat(answer.records()).singleElement().hasToString("{\"qty\":\"5\"}");
        assertThat(sent.get())
                .isEqualTo("<soap:Envelope xmlns:soap=\"" + namespace + "\"><soap:Body><GetStock xmlns=\"urn:stock\">"
                        + "<sku>A&amp;1</sku></GetStock></soap:Body></soap:Envelope>");
        assertThat(head.get()).isEqualTo(type + " " + action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <faultcode>s:Server</faultcode><faultstring>no such sku</faultstring> | SOAP_FAULT | false",
                "500 | <faultcode>s:Client.Auth</faultcode><faultstring>no such sku</faultstring> | SOAP_FAULT | false",
                "500 | <faultcode>s:Server</faultcode><faultstring>no such sku</faultstring> | HTTP_500 | true",
                "500 | <Code><Value>s:Sender</Value></Code><Reason><Text xml:lang='en'>no such sku</Text></Reason> | SOAP_FAULT | false",
            })
    void aFaultFailsWithTheSystemsOwnWords(int status, String fault, String code, boolean retryable) throws Exception {
        answer(
                status,
                "text/xml",
                "<s:Envelope xmlns:s='urn:s'><s:Body><s:Fault>" + fault + "</s:Fault></s:Body></s:Envelope>",
                StandardCharsets.UTF_8);
        world.shop(SOAP.formatted("{}"));
        StepException failure = (StepException)
                world.call("connector:shop/stock.get?sku=1", Payload.empty(Lineage.ofRun("run-1")), attempt, null)
                        .getException();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("no such sku");
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @Test
    void rulesAndReasonsReadAnErrorInXml() throws Exception {
        answer(
                400,
                "application/problem+xml",
                "<error><message>qty is missing</message></error>",
                StandardCharsets.UTF_8);
        assertThat(refused("{format: xml}")).hasMessageContaining("qty is missing");
    }
}
