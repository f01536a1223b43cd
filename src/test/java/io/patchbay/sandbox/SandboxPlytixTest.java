package io.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxPlytixTest {

    private static final String CREDENTIALS = "{\"api_key\": \"KEY\", \"api_password\": \"%s\"}";

    private final SandboxPlytix pim = new SandboxPlytix("KEY", "s3cret");

    @Test
    void givesATokenForItsKeyAndPasswordAlone() throws IOException {
        assertThat(call("auth.plytix.com/auth/api/get-token", "", CREDENTIALS.formatted("wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(search("no-token", "{}").status()).isEqualTo(401);
        String token = token();
        assertThat(search(token, "{}").status()).isEqualTo(200);

        pim.endTokens();

        assertThat(search(token, "{}").status()).isEqualTo(401);
    }

    @Test
    void givesWhatWasChangedSinceADayWithWhatWasNamed() throws IOException {
        pim.save("OLD", "Old", Instant.parse("2026-11-19T23:59:59Z"), Map.of("price", 1));
        pim.save("NEW", "New", Instant.parse("2026-11-20T00:00:01Z"), Map.of("price", 2, "text", "t"));

        String found = text(search(
                token(),
                "{\"filters\": [[{\"field\": \"modified\", \"operator\": \"gte\", \"value\":"
                        + " \"2026-11-20\"}]], \"attributes\": [\"sku\", \"modified\", \"attributes.price\"],"
                        + " \"pagination\": {\"order\": \"modified\"}}"));

        assertThat(found)
                .contains("\"sku\":\"NEW\"")
                .contains("\"modified\":\"2026-11-20T00:00:01.000000+00:00\"")
                .contains("\"attributes\":{\"price\":2}")
                .contains("\"total_count\":1")
                .doesNotContain("OLD")
                .doesNotContain("label");
    }

    @Test
    void givesPagesOfAHundredAtMost() throws IOException {
        for (int i = 0; i < 101; i++) {
            pim.save("S" + i, "S", Instant.EPOCH, Map.of());
        }
        String token = token();

        String second = text(search(token, "{\"pagination\": {\"page\": 2, \"page_size\": 100}}"));

        assertThat(second).contains("\"count\":1").contains("\"total_count\":101");
        assertThat(search(token, "{\"pagination\": {\"page_size\": 101}}").status())
                .isEqualTo(422);
    }

    @Test
    void refusesAFieldOrAnOperatorThatItHasNot() throws IOException {
        pim.save("S", "S", Instant.EPOCH, Map.of());
        String token = token();

        assertThat(search(token, "{\"filters\": [[{\"field\": \"changed\", \"operator\": \"eq\", \"value\": \"1\"}]]}")
                        .status())
                .isEqualTo(422);
        assertThat(search(token, "{\"filters\": [[{\"field\": \"sku\", \"operator\": \"equals\", \"value\": \"1\"}]]}")
                        .status())
                .isEqualTo(422);
    }

    private String token() throws IOException {
        Answer answer = call("auth.plytix.com/auth/api/get-token", "", CREDENTIALS.formatted("s3cret"));
        return new ObjectMapper()
                .readTree(answer.body())
                .at("/data/0/access_token")
                .textValue();
    }

    private Answer search(String token, String body) {
        return call("pim.plytix.com/api/v1/products/search", token, body);
    }

    private Answer call(String address, String token, String body) {
        return pim.answer(new Call(
                "POST",
                URI.create("https://" + address),
                Map.of("authorization", List.of("Bearer " + token)),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
