package io.patchbay.sandbox.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SandboxTikTokTest {

    private static final SandboxTikTok.Credentials CREDENTIALS =
            new SandboxTikTok.Credentials("abc123example", "s3cr3t-example", "refresh-1", "SHOPCIPHER1");

    private final SandboxTikTok shop = new SandboxTikTok(CREDENTIALS);

    /** Worked out by another program after the published recipe. */
    @Test
    void signsAsPublished() {
        Map<String, String> query = Map.of(
                "app_key", "abc123example",
                "timestamp", "1793613600",
                "shop_cipher", "SHOPCIPHER1",
                "page_size", "50",
                "sort_field", "update_time",
                "sort_order", "ASC",
                "sign", "left out");

        assertThat(Signature.of(
                        "s3cr3t-example",
                        "POST",
                        "/order/202309/orders/search",
                        query,
                        "{\"update_time_ge\":1793527200}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("f1bd410fecf6381b8c1ead6a1b312ca9a9462cf90dad828c6cf973d1c4556453");
    }

    @Test
    void refusesATokenThatItDidNotGive() throws Exception {
        assertThat(search("TTP_other", Map.of("page_size", "10"), "{}", "").status())
                .isEqualTo(401);
        assertThat(code(search("TTP_other", Map.of("page_size", "10"), "{}", "")))
                .isEqualTo(105_002);
        String token = token();
        shop.forgetTokens();
        assertThat(code(search(token, Map.of("page_size", "10"), "{}", ""))).isEqualTo(105_002);
    }

    @Test
    void refusesABodyThatIsNotTheSignedOne() throws Exception {
        Answer answer = search(token(), Map.of("page_size", "10"), "{}", " ");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo(106_001);
    }

    @Test
    void refusesAFilterThatThereIsNot() throws Exception {
        assertThat(code(search(token(), Map.of("page_size", "10"), "{\"update_time_le\": 1}", "")))
                .isNotZero();
        assertThat(code(search(token(), Map.of("page_size", "10"), "{\"update_time_ge\": \"1\"}", "")))
                .isNotZero();
    }

    @Test
    void givesOrdersPageByPage() throws Exception {
        for (String id : List.of("1", "2", "3")) {
            shop.order(id, new SandboxTikTok.Unit("TEE", "10.00"));
        }
        String token = token();

        JsonNode first = data(search(token, Map.of("page_size", "2"), "{}", ""));
        JsonNode second = data(search(
                token,
                Map.of(
                        "page_size",
                        "2",
                        "page_token",
                        first.path("next_page_token").asText()),
                "{}",
                ""));

        assertThat(first.path("orders")).hasSize(2);
        assertThat(second.path("orders")).hasSize(1);
        assertThat(second.path("next_page_token").asText()).isEmpty();
    }

    private String token() throws Exception {
        Answer answer = shop.answer(new Call(
                "GET",
                URI.create("https://auth.tiktok-shops.com/api/v2/token/refresh?app_key=abc123example"
                        + "&app_secret=s3cr3t-example&refresh_token=refresh-1&grant_type=refresh_token"),
                Map.of(),
                new byte[0]));
        return data(answer).path("access_token").asText();
    }

    private Answer search(String token, Map<String, String> query, String body, String behind) {
        String path = "/order/202309/orders/search";
        Map<String, String> all = new TreeMap<>(query);
        all.put("app_key", CREDENTIALS.appKey());
        all.put("shop_cipher", CREDENTIALS.cipher());
        all.put("timestamp", String.valueOf(System.currentTimeMillis() / 1000));
        Map<String, String> signed = new LinkedHashMap<>(all);
        signed.put(
                "sign",
                Signature.of(CREDENTIALS.appSecret(), "POST", path, all, body.getBytes(StandardCharsets.UTF_8)));
        StringBuilder address = new StringBuilder("https://open-api.tiktokglobalshop.com" + path);
        signed.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
        return shop.answer(new Call(
                "POST",
                URI.create(address.toString()),
                Map.of("x-tts-access-token", List.of(token), "content-type", List.of("application/json")),
                (body + behind).getBytes(StandardCharsets.UTF_8)));
    }

    private static int code(Answer answer) throws Exception {
        return Json.MAPPER.readTree(answer.body()).path("code").asInt();
    }

    private static JsonNode data(Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }
}
