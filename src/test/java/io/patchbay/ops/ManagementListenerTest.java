package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.management.ObjectName;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the management listener, asked over a real port. */
@DisableJmx(false)
@Import(ManagementListenerTest.Failing.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + ManagementListenerTest.TOKEN,
            "spring.datasource.url=jdbc:h2:mem:ops",
            // Spring's tests switch exports off.
            "management.prometheus.metrics.export.enabled=true"
        })
class ManagementListenerTest {

    static final String TOKEN = "right-token-0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STOP_CONTEXT = """
        {"type":"exec","mbean":"org.apache.camel:context=patchbay,type=context,name=\\"patchbay\\"","operation":"stop()"}
        """;

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void showsAnyoneThatItLives(String path) throws Exception {
        HttpResponse<String> answer = send(get(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"UP\"").doesNotContain("components", "details");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/flows",
                "/api",
                "/api/v2",
                "/hawtio/",
                "/hawtio/index.html",
                "/hawtio/jolokia/version",
                "/hawtio/proxy/enabled",
                "/jolokia",
                "/jolokia/list",
                "/actuator",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator/metrics",
                "/actuator/env",
                "/actuator/health/db",
                "/actuator/heapdump",
                "/error",
                "/nothing"
            })
    void refusesStrangers(String path) throws Exception {
        HttpResponse<String> answer = send(get(path));

        isProblem(answer, 401, path);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"patchbay\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/flows", "/hawtio/", "/jolokia/version", "/actuator/prometheus"})
    void refusesAWrongToken(String path) throws Exception {
        isProblem(send(get(path).header("Authorization", "Bearer " + TOKEN + "x")), 401, path);
        isProblem(send(get(path).header("Authorization", "Bearer ")), 401, path);
        isProblem(send(get(path).header("Authorization", basic("admin", "wrong"))), 401, path);
        isProblem(send(get(path).header("Authorization", basic("root", TOKEN))), 401, path);
    }

    @Test
    void letsTheTokenIn() throws Exception {
        HttpResponse<String> metrics = send(get("/actuator/prometheus").header("Authorization", "Bearer " + TOKEN));
        HttpResponse<String> console = send(get("/hawtio/").header("Authorization", basic("admin", TOKEN)));

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("jvm_memory_used_bytes");
        assertThat(metrics.body().lines().filter(line -> line.startsWith("# HELP patchbay_")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("# HELP [a-z_]+ \\S.*"));
        assertThat(console.statusCode()).isEqualTo(200);
        assertThat(console.body()).contains("Hawtio");
    }

    @Test
    void opensTheApiToTokensAndPasswords() throws Exception {
        isProblem(send(get("/api/v1/nothing").header("Authorization", basic("admin", TOKEN))), 404, "/api/v1/nothing");
        isProblem(send(get("/api/v1/nothing").header("Authorization", basic("admin", "x"))), 401, "/api/v1/nothing");
        isProblem(send(authorized("/api/v1/nothing")), 404, "/api/v1/nothing");
    }

    @Test
    void refusesEvenTheAdministratorAHandlerThatDeclaresNoPermission() throws Exception {
        HttpResponse<String> answer = send(authorized("/api/v1/undeclared"));

        isProblem(answer, 403, "/api/v1/undeclared");
        assertThat(answer.body()).doesNotContain("nobody may see");
    }

    @Test
    void refusesPathsThatNoRuleNames() throws Exception {
        isProblem(send(authorized("/nothing")), 403, "/nothing");
        isProblem(send(authorized("/actuator")), 403, "/actuator");
    }

    @Test
    void showsABrowserTheLoginForm() throws Exception {
        HttpResponse<String> answer = send(get("/hawtio/").header("Accept", "text/html,*/*;q=0.8"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/login");
        assertThat(send(get("/login")).body()).contains("name=\"_csrf\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/flows",
                "//actuator/prometheus",
                "/actuator//prometheus",
                "/actuator%2fprometheus",
                "/actuator/prometheus;x",
                "/actuator;x=/../prometheus",
                "/actuator/./prometheus",
                "/actuator/health/../prometheus",
                "/actuator/health/%2e%2e/prometheus",
                "/actuator/health/..;/prometheus",
                "/hawtio/..;/jolokia/list",
                "/hawtio/%2e%2E/jolokia/version",
                "/actuator/health%2f..%2fprometheus",
                "/actuator/prometheus%00",
                "/actuator\\prometheus",
                "/ACTUATOR/PROMETHEUS",
                "/actuator/prometheus/",
                "/actuator/health/../../jolokia/version",
                "/login/../jolokia/version"
            })
    void isNotFooledByThePath(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1");

        assertThat(answer).containsPattern("^HTTP/1.1 (400|401)").doesNotContain("jvm_memory", "\"agent\"");
        assertThat(answer).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /\u0001 HTTP/1.1", "GET / HTTP/9.9", "G@T / HTTP/1.1", "nonsense"})
    void answersABrokenRequestWithAProblemDocumentToo(String line) throws Exception {
        String answer = raw(line);

        assertThat(answer)
                .containsPattern("^HTTP/1.1 (400|401|405|501|505)")
                .containsPattern("\"code\":\"[A-Z][A-Z_]+\"")
                .doesNotContain("<html", "Exception", "Tomcat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jolokia/exec/java.lang:type=Memory/gc",
                "/jolokia/write/java.lang:type=Memory/Verbose/true",
                "/jolokia/read/java.lang:type=Runtime/SystemProperties",
                "/jolokia/read/java.lang:type=Runtime/InputArguments",
                "/jolokia/exec/com.sun.management:type=DiagnosticCommand/vmSystemProperties",
                "/jolokia/exec/java.util.logging:type=Logging/getLoggerLevel/x",
                "/hawtio/jolokia/exec/java.lang:type=Memory/gc"
            })
    void refusesWhatJmxCouldChangeOrTell(String path) throws Exception {
        JsonNode answer = JSON.readTree(send(authorized(path)).body());

        assertThat(answer.path("status").asInt()).isIn(403, 404);
        assertThat(answer.has("value")).isFalse();
        assertThat(answer.has("stacktrace")).isFalse();
    }

    @Test
    void stopsNoRouteOverJolokia() throws Exception {
        HttpRequest.Builder stop = authorized("/jolokia").POST(HttpRequest.BodyPublishers.ofString(STOP_CONTEXT));

        assertThat(JSON.readTree(send(stop).body()).path("status").asInt()).isEqualTo(403);
        assertThat(send(authorized(
                                "/jolokia/read/org.apache.camel:context=patchbay,type=context,name=%22patchbay%22/State"))
                        .body())
                .contains("\"value\":\"Started\"");
    }

    @Test
    void writesDownWhatHandsOutMessagesOverJolokiaAndWhatIsRefused() throws Exception {
        String context = "org.apache.camel:context=patchbay,type=context,name=%22patchbay%22";
        JsonNode polled = JSON.readTree(send(authorized("/jolokia/exec/" + context + "/dumpRoutesAsXml()"))
                .body());
        assertThat(polled.path("status").asInt()).as(polled.toString()).isEqualTo(200);
        String inflight = JSON.readTree(send(authorized(
                                "/jolokia/search/org.apache.camel:context=patchbay,type=services,name=*Inflight*"))
                        .body())
                .at("/value/0")
                .asText();
        JsonNode messages = JSON.readTree(
                send(authorized("/jolokia/exec/" + inflight + "/browse()")).body());
        assertThat(messages.path("status").asInt()).as(messages.toString()).isEqualTo(200);

        assertThat(audited("allowed"))
                .containsExactly("admin: browse of " + new ObjectName(inflight).getCanonicalName());
        send(authorized("/jolokia/exec/java.lang:type=Memory/gc"));
        send(authorized("/jolokia/read/java.lang:type=Runtime/SystemProperties"));
        // Nobody who was not let waits for the disk.
        await().until(() -> audited("denied")
                .containsAll(List.of(
                        "admin: gc of java.lang:type=Memory", "admin: SystemProperties of java.lang:type=Runtime")));
    }

    private List<String> audited(String outcome) throws Exception {
        List<String> entries = new ArrayList<>();
        JSON.readTree(send(authorized("/api/v1/audit?action=execJolokia&outcome=" + outcome))
                        .body())
                .path("data")
                .forEach(entry -> entries.add(entry.path("actor").asText() + ": "
                        + entry.path("subject").asText()));
        return entries;
    }

    @Test
    void showsCamelOverJolokia() throws Exception {
        JsonNode list = JSON.readTree(send(authorized("/jolokia/list")).body()).path("value");

        assertThat(list.has("org.apache.camel")).isTrue();
        assertThat(list.path("java.lang").has("type=Runtime")).isTrue();
        assertThat(list.has("com.sun.management")).isFalse();
        assertThat(list.has("java.util.logging")).isFalse();
    }

    @Test
    void answersJolokiaToItsOwnPagesOnly() throws Exception {
        HttpResponse<String> stranger =
                send(authorized("/jolokia/version").header("Origin", "http://elsewhere.example"));
        HttpResponse<String> own = send(authorized("/jolokia/version").header("Origin", "http://127.0.0.1:" + port));

        assertThat(JSON.readTree(stranger.body()).path("status").asInt()).isEqualTo(403);
        assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(JSON.readTree(own.body()).path("status").asInt()).isEqualTo(200);
    }

    @Test
    void offersNoProxy() throws Exception {
        assertThat(send(authorized("/hawtio/proxy/enabled")).body()).isEqualToIgnoringWhitespace("false");
        isProblem(
                send(authorized("/hawtio/proxy/http/127.0.0.1:" + port + "/actuator/health")),
                403,
                "/hawtio/proxy/http/127.0.0.1:" + port + "/actuator/health");
    }

    @Test
    void takesNoPostOfABrowserWithoutThePagesOwnToken() throws Exception {
        HttpRequest.Builder post = post("/jolokia", STOP_CONTEXT).header("Authorization", basic("admin", TOKEN));

        isProblem(send(post), 403, "/jolokia");
    }

    @Test
    void sendsSecurityHeaders() throws Exception {
        var headers = send(authorized("/api/v1/nothing")).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Cache-Control")).get().asString().contains("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void makesNoSessionForTheApi() throws Exception {
        assertThat(send(authorized("/api/v1/nothing")).headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void hidesTheCauseOfAFaultBehindAnId() throws Exception {
        HttpResponse<String> answer = send(authorized("/api/v1/failing"));

        isProblem(answer, 500, "/api/v1/failing");
        assertThat(answer.body()).doesNotContain("secret-inside", "IllegalState", "java.", "trace");
    }

    @Test
    void answersAllThatSpringRefusesWithAProblemDocument() throws Exception {
        isProblem(send(authorized("/api/v1/conflict")), 409, "/api/v1/conflict");
        isProblem(send(authorized("/api/v1/failing").DELETE()), 405, "/api/v1/failing");
        isProblem(
                send(authorized("/api/v1/echo")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"x\":"))),
                400,
                "/api/v1/echo");
        isProblem(
                send(authorized("/api/v1/echo")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))),
                415,
                "/api/v1/echo");
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpRequest.Builder post(String path, String body) {
        return get(path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder authorized(String path) {
        return get(path).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request line as it is: HTTP clients tidy paths up. */
    private String raw(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    (line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static void isProblem(HttpResponse<String> answer, int status, String path) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("instance").asText()).isEqualTo(path);
        assertThat(problem.path("code").asText()).matches("[A-Z][A-Z_]+");
        assertThat(problem.path("id").asText()).hasSize(36);
    }

    @Test
    void tellsAPathThatIsNoneInItsOwnWords() throws Exception {
        HttpResponse<String> answer = send(authorized("/api/v1/nothing"));

        isProblem(answer, 404, "/api/v1/nothing");
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo("NO_SUCH_PATH");
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).isEqualTo("There is nothing at this path.");
    }

    @TestConfiguration
    static class Failing {

        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    @RestController
    static class Endpoints {

        @GetMapping("/api/v1/undeclared")
        String undeclared() {
            return "nobody may see this";
        }

        @Needs(Permission.VIEW)
        @GetMapping("/api/v1/failing")
        String failing() {
            throw new IllegalStateException("secret-inside");
        }

        @Needs(Permission.VIEW)
        @GetMapping("/api/v1/conflict")
        String conflict() {
            ErrorResponseException conflict = new ErrorResponseException(HttpStatus.CONFLICT);
            conflict.setDetail("It is taken.");
            throw conflict;
        }

        @Needs(Permission.VIEW)
        @PostMapping(path = "/api/v1/echo", consumes = "application/json")
        JsonNode echo(@RequestBody JsonNode body) {
            return body;
        }
    }
}
