package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the warehouse of the sandbox refuses. */
class SandboxPeoplevoxTest {

    private static final String SERVICE = "https://wms.peoplevox.net/demo1234/resources/integrationservicev4.asmx";
    private static final String LOGIN =
            "<clientId>demo1234</clientId><username>api</username><password>cGFzcw==</password>";

    private final SandboxPeoplevox warehouse = new SandboxPeoplevox(
            "wms.peoplevox.net", new SandboxPeoplevox.Account("demo1234", "api", "pass"), Clock.systemUTC());

    private String ask(String action, String operation, String session, String body) {
        String envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><UserSessionCredentials xmlns="http://www.peoplevox.net/">\
            <UserId>0</UserId><ClientId>demo1234</ClientId><SessionId>%s</SessionId></UserSessionCredentials></s:Header>\
            <s:Body><%2$s xmlns="http://www.peoplevox.net/">%3$s</%2$s></s:Body></s:Envelope>\
            """.formatted(session, operation, body);
        return Calls.text(warehouse.answer(Calls.call(
                "POST",
                SERVICE,
                Map.of("Content-Type", "text/xml", "SOAPAction", "\"http://www.peoplevox.net/" + action + "\""),
                envelope)));
    }

    private String save(String template, String csv) {
        ask("Authenticate", "Authenticate", "", LOGIN);
        return ask(
                "SaveData",
                "SaveData",
                "9f2c-1",
                "<saveRequest><TemplateName>%s</TemplateName><CsvData>%s</CsvData><Action>0</Action></saveRequest>"
                        .formatted(template, csv));
    }

    @Test
    void refusesWrongLoginsAndSessionsUnderStatus200() {
        assertThat(ask("Authenticate", "Authenticate", "", LOGIN.replace("cGFzcw==", "pass")))
                .startsWith("200")
                .contains("<ResponseId>-1</ResponseId>", "Invalid login");
        assertThat(ask("SaveData", "SaveData", "9f2c-7", "")).startsWith("200").contains("Invalid Session");
        ask("Authenticate", "Authenticate", "", LOGIN);
        warehouse.endSessions();
        assertThat(ask("SaveData", "SaveData", "9f2c-1", "")).contains("Invalid Session");
    }

    @Test
    void wantsTheActionOfTheOperation() {
        assertThat(ask("GetData", "SaveData", "", "")).startsWith("500").contains("SOAPAction");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Orders|A,B|-1|is not configured",
                "Sales orders|SalesOrderNumber,Colour|-1|'Colour' is not part of the template",
                "Sales orders|SalesOrderNumber,Customer;SHOP-1,EDI|0|Customer 'EDI' does not exist",
                "Sales order items|SalesOrderNumber,Line,ItemCode,QuantityOrdered;SHOP-1,1,MUG,1|0|'SHOP-1' does not"
                        + " exist"
            })
    void refusesWhatTheAccountDoesNotKnow(String template, String csv, String id, String said) {
        warehouse.keep("WEB", Set.of("STD"), Set.of("MUG"));

        assertThat(save(template, csv.replace(';', '\n')))
                .startsWith("200")
                .contains("<ResponseId>" + id + "</ResponseId><TotalCount>0</TotalCount>", said);
        assertThat(warehouse.orders()).isEmpty();
    }
}
