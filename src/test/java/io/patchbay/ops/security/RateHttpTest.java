package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program, with a rate that is soon used up. */
class RateHttpTest {

    /** More than what comes back in between. */
    private static final int MANY = 2_000;

    private static final String LIST = "/api/v1/problems";

    /** Nobody listens there: a login that is begun leads back to the page of logins. */
    private static final String AWAY = "http://localhost:9";

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        program = Program.start(
                home,
                "--patchbay.rate.calls=60",
                "--patchbay.rate.strangers=10",
                "--patchbay.access.oidc.issuer=" + AWAY,
                "--patchbay.access.oidc.client-id=patchbay",
                "--patchbay.access.oidc.default-role=user");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void whoCallsTooOftenIsToldWhenToComeBackAndOthersGoOn() throws Exception {
        AccessKeys keys = program.getBean(AccessKeys.class);
        String eager = keys.add("eager", Role.READ_ONLY, List.of(), Duration.ofDays(1), "test")
                .text();
        String calm = keys.add("calm", Role.READ_ONLY, List.of(), Duration.ofDays(1), "test")
                .text();

        HttpResponse<String> refused = untilRefused(LIST, "Bearer " + eager);

        told(refused, "The key 'eager' calls more than 60 times a minute, which is what patchbay.rate.calls allows.");
        assertThat(get(LIST, "Bearer " + calm).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health", "Bearer " + eager).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus", "Bearer " + eager).statusCode()).isEqualTo(200);
    }

    @Test
    void strangersAreRefusedByTheirAddressAndThoseWhoAreKnownThereAreNot() throws Exception {
        assertThat(get(LIST, "Bearer wrong").statusCode()).isEqualTo(401);

        HttpResponse<String> refused = untilRefused(LIST, "Bearer wrong");

        told(refused, "Too many calls from this address show no token, key or password, or a wrong one.");
        assertThat(get(LIST, null).statusCode()).isEqualTo(429);
        assertThat(get(LIST, "Bearer " + Program.TOKEN).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login/oidc", "/login/oidc/callback?state=none&code=none"})
    void whoBeginsTooManyLoginsAtTheProviderIsToldWhenToComeBack(String step) throws Exception {
        HttpResponse<String> refused = untilRefused(step, null);

        told(refused, "Too many logins at the provider come from this address.");
        assertThat(get("/login", null).statusCode()).isEqualTo(200);
        assertThat(get(LIST, "Bearer " + Program.TOKEN).statusCode()).isEqualTo(200);
    }

    private static void told(HttpResponse<String> refused, String sentence) throws IOException {
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(refused.body());
        assertThat(problem.get("status").asInt()).isEqualTo(429);
        assertThat(problem.get("detail").asText()).startsWith(sentence).contains("Try again in ");
        assertThat(problem.get("id").asText()).isNotEmpty();
    }

    private static HttpResponse<String> untilRefused(String path, String proof) throws Exception {
        for (int i = 0; i < MANY; i++) {
            HttpResponse<String> answer = get(path, proof);
            if (answer.statusCode() == 429) {
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    private static HttpResponse<String> get(String path, String proof) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Program.url(program) + path));
        if (proof != null) {
            request.header("Authorization", proof);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
