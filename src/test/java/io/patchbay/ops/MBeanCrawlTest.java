package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Role;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation and every attribute of every MBean of the running program, asked for over Jolokia by each role. */
@DisableJmx(false)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=right-token-0123456789", "spring.datasource.url=jdbc:h2:mem:crawl"})
class MBeanCrawlTest {

    /** What may be called at all, written down apart from the code that decides. */
    private static final Pattern TELLS =
            Pattern.compile("(dump|browse|list|explain|find).*|(get|is|has)[A-Z].*|queueSize");

    private static final Pattern HANDS_OUT = Pattern.compile("browse.*|dump.*(Message|Traced|History|Exchange).*");
    private static final int PART = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @LocalServerPort
    private int port;

    @Autowired
    private AccessKeys keys;

    @Test
    void noRoleCallsWhatIsNotOnTheList() throws Exception {
        for (Role role : Role.values()) {
            List<ObjectNode> refused = operations((name, operation) -> !mayCall(role, name, operation));
            assertThat(refused).hasSizeGreaterThan(300);
            assertThat(answered(refused, key("calls", role)))
                    .as("called by %s", role)
                    .isEmpty();
        }
    }

    @Test
    void noRoleWritesAnAttribute() throws Exception {
        List<ObjectNode> writes = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                ObjectNode write = request("write", name).put("attribute", attribute.getName());
                writes.add(write.put("value", "1"));
            }
        }
        for (Role role : Role.values()) {
            assertThat(answered(writes, key("writes", role)))
                    .as("written by %s", role)
                    .isEmpty();
        }
    }

    @Test
    void noRoleReadsWhatLiesOutsideOfTheList() throws Exception {
        List<ObjectNode> reads = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            boolean shown = List.of("org.apache.camel", "hawtio").contains(name.getDomain())
                    || name.getCanonicalName()
                            .matches("java.lang:type=(Memory|OperatingSystem|Threading|ClassLoading|Runtime)");
            if (!shown && server.getMBeanInfo(name).getAttributes().length > 0) {
                reads.add(request("read", name));
            }
        }
        ObjectName runtime = new ObjectName("java.lang:type=Runtime");
        for (String secret : List.of("SystemProperties", "InputArguments", "ClassPath", "BootClassPath", "Name")) {
            reads.add(request("read", runtime).put("attribute", secret));
        }
        assertThat(reads).hasSizeGreaterThan(20);
        for (Role role : Role.values()) {
            assertThat(answered(reads, key("reads", role)))
                    .as("read by %s", role)
                    .isEmpty();
        }
    }

    @Test
    void noRoleListensToNotifications() throws Exception {
        ObjectNode register =
                JSON.createObjectNode().put("type", "notification").put("command", "register");
        ObjectNode add = request("notification", new ObjectName("java.lang:type=Memory"))
                .put("command", "add")
                .put("client", "some")
                .put("mode", "pull");
        for (Role role : Role.values()) {
            assertThat(answered(List.of(register, add), key("listens", role)))
                    .as("listened to by %s", role)
                    .isEmpty();
        }
    }

    @Test
    void eachRoleSeesCamel() throws Exception {
        ObjectName context = new ObjectName("org.apache.camel:context=patchbay,type=context,name=\"patchbay\"");
        ObjectNode read = request("read", context).put("attribute", "State");
        for (Role role : Role.values()) {
            assertThat(answered(List.of(read), key("sees", role)))
                    .as("read by %s", role)
                    .hasSize(1);
        }
    }

    private static boolean mayCall(Role role, ObjectName name, String operation) {
        boolean camel = name.getDomain().equals("org.apache.camel")
                && TELLS.matcher(operation).matches()
                && (role == Role.ADMINISTRATOR || !HANDS_OUT.matcher(operation).matches());
        boolean hawtio =
                name.getDomain().equals("hawtio") && (operation.startsWith("canInvoke") || operation.equals("list"));
        return camel || hawtio;
    }

    private List<ObjectNode> operations(BiPredicate<ObjectName, String> which) throws Exception {
        List<ObjectNode> requests = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            MBeanInfo info = server.getMBeanInfo(name);
            for (MBeanOperationInfo operation : info.getOperations()) {
                if (which.test(name, operation.getName())) {
                    String signature = Arrays.stream(operation.getSignature())
                            .map(MBeanParameterInfo::getType)
                            .collect(Collectors.joining(",", "(", ")"));
                    ObjectNode call = request("exec", name).put("operation", operation.getName() + signature);
                    Arrays.stream(operation.getSignature())
                            .forEach(parameter -> call.withArray("arguments").addNull());
                    requests.add(call);
                }
            }
        }
        return requests;
    }

    private static ObjectNode request(String type, ObjectName name) {
        return JSON.createObjectNode().put("type", type).put("mbean", name.getCanonicalName());
    }

    /** Those of the requests that were not refused. */
    private Collection<String> answered(List<ObjectNode> requests, String token) throws Exception {
        Collection<String> answered = new ArrayList<>();
        for (int from = 0; from < requests.size(); from += PART) {
            ArrayNode bulk = JSON.createArrayNode();
            bulk.addAll(requests.subList(from, Math.min(requests.size(), from + PART)));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/jolokia"))
                            .header("Authorization", "Bearer " + token)
                            .POST(BodyPublishers.ofString(bulk.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode parts = JSON.readTree(answer.body());
            assertThat(parts).hasSize(bulk.size());
            for (int i = 0; i < bulk.size(); i++) {
                int status = parts.get(i).path("status").asInt();
                if (status != 403 && status != 404) {
                    answered.add(status + " " + bulk.get(i));
                }
            }
        }
        return answered;
    }

    private String key(String name, Role role) {
        String whole = name + "-" + role.word();
        keys.remove(whole);
        return keys.add(whole, role, List.of(), Duration.ofHours(1), "test").text();
    }
}
