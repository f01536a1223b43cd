package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Permission;
import io.patchbay.ops.security.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Who asks is told who they are and what they may do. */
@OverHttp
class SessionHttpTest {

    private static final String PATH = "/api/v1/session";

    private ApiFixture api;

    @Autowired
    private AccessKeys keys;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @AfterEach
    void forget() {
        keys.list().forEach(key -> keys.remove(key.name()));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void tellsTheOperationsThatTheRoleMayDoAndNoOther(Role role) throws Exception {
        Instant before = Instant.now();

        JsonNode told = asked(
                keys.add("mine", role, List.of(), Duration.ofHours(1), "test").text());

        assertThat(told.path("name").asText()).isEqualTo("mine");
        assertThat(told.path("kind").asText()).isEqualTo("key");
        assertThat(told.path("role").asText()).isEqualTo(role.word());
        assertThat(Instant.parse(told.path("endsAt").asText())).isAfter(before.plus(Duration.ofMinutes(59)));
        Set<String> may = new TreeSet<>();
        api.document()
                .get("paths")
                .forEach(path -> path.forEach(operation -> {
                    String needed = operation.path("x-permission").asText().toUpperCase(Locale.ROOT);
                    if (role.may(Permission.valueOf(needed))) {
                        may.add(operation.path("operationId").asText());
                    }
                }));
        assertThat(texts(told.path("operations"))).containsExactlyElementsOf(may);
    }

    @Test
    void theAdministratorsTokenHasNoEnd() throws Exception {
        JsonNode told = asked(ApiProgram.TOKEN);

        assertThat(told.path("kind").asText()).isEqualTo("token");
        assertThat(told.path("endsAt").isNull()).isTrue();
        assertThat(texts(told.path("permissions"))).contains("view", "audit");
    }

    @Test
    void whoIsNotKnownIsToldNothing() throws Exception {
        problem(api.send(HttpRequest.newBuilder(api.uri(PATH))), 401, "bearer token");
    }

    private JsonNode asked(String token) throws Exception {
        HttpResponse<String> answer =
                api.send(HttpRequest.newBuilder(api.uri(PATH)).header("Authorization", "Bearer " + token));
        api.ok(answer, PATH, "get");
        return new ObjectMapper().readTree(answer.body());
    }

    private static List<String> texts(JsonNode array) {
        return new ObjectMapper().convertValue(array, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    }
}
