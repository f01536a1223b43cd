package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Open;
import io.patchbay.ops.security.Permission;
import io.patchbay.ops.security.Role;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each operation of the shipped document, asked without a token and by each role, with its path as it is and bent. */
@OverHttp
class AccessMatrixHttpTest {

    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");

    /** Ways in which a path can be written so that who checks and who serves might see different ones. */
    private static final List<UnaryOperator<String>> MUTATIONS = List.of(
            path -> "/" + path,
            path -> path.replace("/v1/", "//v1/"),
            path -> path + "/",
            path -> path + "//",
            path -> path + ".",
            path -> path + "/.",
            path -> path + "/..",
            path -> path + "/../../v1/openapi.json",
            path -> path + ";x",
            path -> path + ";/",
            path -> path.replace("/v1/", "/v1;x/"),
            path -> path.replace("/v1/", "/v1;x=/../"),
            path -> path.replace("/v1/", "%2fv1%2f"),
            path -> path.replace("/v1/", "/v1%2f"),
            path -> path.replace("/v1/", "/v1%252f"),
            path -> path.replace("/v1/", "/./v1/"),
            path -> path.replace("/v1/", "/x/../v1/"),
            path -> path.replace("/v1/", "/%2e%2e/api/v1/"),
            path -> path.replace("/api/", "/API/"),
            path -> path.toUpperCase(Locale.ROOT),
            path -> path + ".json",
            path -> path + ".css",
            path -> path + "%00",
            path -> path + "%20",
            path -> path.replace("/api/", "/actuator/health/..;/api/"),
            path -> path.replace('/', '\\'));

    private ApiFixture api;

    @Autowired
    private AccessKeys keys;

    @Autowired
    private RequestMappingHandlerMapping mappings;

    private final Map<Role, String> tokens = new EnumMap<>(Role.class);

    /** An operation of the document. */
    private record Operation(String verb, String path, Permission permission) {
        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        for (Role role : Role.values()) {
            tokens.put(role, key(role.word(), role));
        }
    }

    @AfterEach
    void forget() {
        keys.list().forEach(key -> keys.remove(key.name()));
    }

    @Test
    void everyHandlerDeclaresWhatItNeeds() {
        assertThat(mappings.getHandlerMethods().values())
                .isNotEmpty()
                .allSatisfy(handler -> assertThat(
                                handler.hasMethodAnnotation(Needs.class) != handler.hasMethodAnnotation(Open.class))
                        .as("one of @Needs and @Open on %s", handler)
                        .isTrue());
    }

    @Test
    void eachRoleMayWhatItsPermissionsSayAndNothingElse() throws Exception {
        List<Operation> operations = operations();
        assertThat(operations).hasSizeGreaterThan(70);
        for (Operation operation : operations) {
            assertThat(status(operation.verb(), operation.path(), null))
                    .as("%s without a token", operation)
                    .isEqualTo(401);
            for (Role role : Role.values()) {
                int status = status(operation.verb(), operation.path(), tokens.get(role));
                // The user in these paths is somebody else.
                boolean other = operation.permission() != Permission.SELF || role.may(Permission.PEOPLE);
                if (role.may(operation.permission()) && other) {
                    assertThat(status).as("%s by %s", operation, role).isNotIn(401, 403);
                } else {
                    assertThat(status).as("%s by %s", operation, role).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void whoOnlyReadsIsRefusedEveryVerbThatWrites() throws Exception {
        for (Operation operation : operations()) {
            if (!operation.verb().equals("GET")) {
                assertThat(status(operation.verb(), operation.path(), tokens.get(Role.READ_ONLY)))
                        .as(operation.toString())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void noSpellingOfAPathLeadsAroundTheTable() throws Exception {
        for (Operation operation : operations()) {
            for (UnaryOperator<String> mutation : MUTATIONS) {
                String bent = mutation.apply(operation.path());
                assertThat(raw(operation.verb(), bent, null))
                        .as("%s %s without a token", operation.verb(), bent)
                        .isBetween(400, 499);
                for (Role role : List.of(Role.READ_ONLY, Role.USER)) {
                    if (!role.may(operation.permission())) {
                        assertThat(raw(operation.verb(), bent, tokens.get(role)))
                                .as("%s %s by %s", operation.verb(), bent, role)
                                .isBetween(400, 499);
                    }
                }
            }
        }
    }

    @Test
    void noVerbIsOpenToStrangers() throws Exception {
        for (Operation operation : operations()) {
            for (String verb : VERBS) {
                assertThat(raw(verb, operation.path(), null))
                        .as("%s %s", verb, operation.path())
                        .isBetween(400, 499);
            }
        }
    }

    @Test
    void saysWhichRoleLacksWhichRight() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v1/flows/orders-to-erp/start", tokens.get(Role.READ_ONLY));

        problem(answer, 403, "The role read-only has no right to run");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void aKeyForSomeFlowsOpensThoseAndNothingElse() throws Exception {
        String orders = key("orders", Role.USER, "orders-*");
        api.history.runs.add(ApiFixture.run("mine", io.patchbay.run.RunStatus.SUCCEEDED, ApiFixture.NOON));

        assertThat(status("GET", "/api/v1/flows/orders-to-erp", orders)).isEqualTo(200);
        assertThat(status("GET", "/api/v1/runs?flow=orders-to-erp", orders)).isEqualTo(200);
        assertThat(status("GET", "/api/v1/runs/mine", orders)).isEqualTo(200);
        assertThat(status("POST", "/api/v1/flows/orders-to-erp/start", orders)).isEqualTo(202);
        problem(send("GET", "/api/v1/flows/stock-to-shop", orders), 403, "for the flows orders-* only");
        problem(send("POST", "/api/v1/flows/stock-to-shop/start", orders), 403, "for the flows orders-* only");
        problem(send("GET", "/api/v1/runs", orders), 403, "name one of them with flow=");
        problem(send("GET", "/api/v1/runs?flow=orders-to-erp&flow=stock-to-shop", orders), 403, "once");
        problem(send("GET", "/api/v1/flows", orders), 403, "not about one flow");
        problem(send("GET", "/api/v1/instances", orders), 403, "not about one flow");
        for (String console : List.of("/actuator/prometheus", "/hawtio/", "/jolokia/version")) {
            problem(send("GET", console, orders), 403, "for the flows orders-*, and this call is not about one flow");
        }

        String stock = key("stock", Role.ADMINISTRATOR, "stock-to-shop");
        problem(send("GET", "/api/v1/runs/mine", stock), 403, "for the flows stock-to-shop only");
        problem(send("GET", "/api/v1/keys", stock), 403, "not about one flow");
    }

    @Test
    void aRemovedKeyOpensNothing() throws Exception {
        String gone = key("gone", Role.ADMINISTRATOR);
        assertThat(status("GET", "/api/v1/flows", gone)).isEqualTo(200);

        assertThat(status("DELETE", "/api/v1/keys/gone", ApiProgram.TOKEN)).isEqualTo(200);

        problem(send("GET", "/api/v1/flows", gone), 401, "a key as bearer token");
    }

    private String key(String name, Role role, String... flows) {
        return keys.add(name, role, List.of(flows), Duration.ofHours(1), "test").text();
    }

    private List<Operation> operations() throws IOException {
        List<Operation> operations = new ArrayList<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(verb -> operations.add(operation(path.getKey(), verb.getKey(), verb.getValue()))));
        return operations;
    }

    private static Operation operation(String path, String verb, JsonNode said) {
        Permission permission =
                Permission.valueOf(said.path("x-permission").asText().toUpperCase(Locale.ROOT));
        return new Operation(verb.toUpperCase(Locale.ROOT), path.replaceAll("[{]\\w+[}]", "nope"), permission);
    }

    private int status(String verb, String path, @Nullable String token) throws Exception {
        return send(verb, path, token).statusCode();
    }

    private HttpResponse<String> send(String verb, String path, @Nullable String token) throws Exception {
        // A type that its handler takes: another one is refused before it is known which handler is meant.
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path))
                .header("Content-Type", verb.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(verb, BodyPublishers.noBody());
        return api.send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    /** Sends a path as it is: HTTP clients tidy it up. */
    private int raw(String verb, String path, @Nullable String token) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port)) {
            String authorization = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
            socket.getOutputStream()
                    .write((verb + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + authorization
                                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
        }
    }
}
