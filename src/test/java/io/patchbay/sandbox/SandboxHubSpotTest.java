package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxHubSpotTest {

    private final SandboxHubSpot crm = new SandboxHubSpot("pat-1");

    @Test
    void refusesATokenThatIsNotItsOwn() {
        assertThat(call("pat-2", "/search", "{}").status()).isEqualTo(401);
    }

    @Test
    void makesAContactAndChangesItByItsAddress() {
        Answer made = upsert(input("Ada@example.com", "\"firstname\": \"Ada\", \"lastname\": \"Lovelace\""));
        Answer changed =
                upsert(input("ada@example.com", "\"lastname\": \"\", \"firstname\": null, \"company\": \"Engines\""));

        assertThat(text(made)).contains("\"new\":true").contains("\"objectWriteTraceId\":\"t-Ada@example.com\"");
        assertThat(text(changed)).contains("\"new\":false");
        assertThat(crm.contacts())
                .containsExactly(Map.of("email", "ada@example.com", "firstname", "Ada", "company", "Engines"));
    }

    @Test
    void refusesAllOfACallForOneThatIsBad() {
        Answer address = upsert(input("ada@example.com", ""), input("jo@example", ""));
        Answer property = upsert(input("ada@example.com", "\"shoe_size\": \"41\""));
        Answer stage = upsert(input("ada@example.com", "\"lifecyclestage\": \"Customer!\""));
        Answer twice = upsert(input("ada@example.com", ""), input("ADA@example.com", ""));

        assertThat(List.of(address.status(), property.status(), stage.status(), twice.status()))
                .containsOnly(400);
        assertThat(text(address))
                .contains("Email address jo@example is invalid")
                .contains("VALIDATION_ERROR");
        assertThat(text(property)).contains("PROPERTY_DOESNT_EXIST");
        assertThat(text(stage)).contains("INVALID_OPTION");
        assertThat(text(twice)).contains("Duplicate IDs found in batch input");
        assertThat(crm.contacts()).isEmpty();
    }

    @Test
    void takesNoMoreThanAHundred() {
        String[] many = new String[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = input("c" + i + "@example.com", "");
        }

        assertThat(upsert(many).status()).isEqualTo(400);
        assertThat(crm.writes()).isZero();
    }

    @Test
    void takesALifecycleStageForwardOnly() {
        upsert(input("ada@example.com", "\"lifecyclestage\": \"customer\""));
        upsert(input("ada@example.com", "\"lifecyclestage\": \"lead\""));

        assertThat(crm.contact("ada@example.com").orElseThrow()).containsEntry("lifecyclestage", "customer");
    }

    @Test
    void findsContactsByValuesAndGivesWhatWasNamedPageByPage() {
        upsert(input("a@example.com", "\"city\": \"Leeds\""), input("b@example.com", ""), input("c@example.com", ""));

        Answer found = call(
                "pat-1",
                "/search",
                "{\"filterGroups\": [{\"filters\": [{\"propertyName\": \"email\", \"operator\": \"IN\", \"values\":"
                        + " [\"a@example.com\", \"c@example.com\"]}]}], \"properties\": [\"city\"], \"limit\": 1}");
        Answer unknown = call(
                "pat-1",
                "/search",
                "{\"filterGroups\": [{\"filters\": [{\"propertyName\": \"email\", \"operator\": \"LIKE\", \"value\":"
                        + " \"a\"}]}]}");

        assertThat(text(found))
                .contains("\"total\":2")
                .contains("\"city\":\"Leeds\"")
                .contains("\"after\":\"1\"");
        assertThat(text(found)).doesNotContain("a@example.com");
        assertThat(unknown.status()).isEqualTo(400);
    }

    private static String input(String email, String properties) {
        return "{\"objectWriteTraceId\": \"t-%s\", \"idProperty\": \"email\", \"id\": \"%s\", \"properties\": {%s}}"
                .formatted(email, email, properties);
    }

    private Answer upsert(String... inputs) {
        return call("pat-1", "/batch/upsert", "{\"inputs\": [" + String.join(", ", inputs) + "]}");
    }

    private Answer call(String token, String path, String body) {
        return crm.answer(new Call(
                "POST",
                URI.create("https://api.hubapi.com/crm/objects/2026-09/contacts" + path),
                Map.of("authorization", List.of("Bearer " + token)),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
