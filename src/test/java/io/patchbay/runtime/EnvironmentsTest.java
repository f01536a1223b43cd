package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.environment.FlowNames.Kind;
import io.patchbay.problem.Problem;
import io.patchbay.route.Environments;
import io.patchbay.route.Environments.Action;
import io.patchbay.route.Environments.Wanted;
import io.patchbay.route.Versions;
import io.patchbay.route.Versions.FileState;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.trigger.intake.Intake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments on the whole program: their flows, deploying, promoting, restarts, and a shop that says who called it. */
class EnvironmentsTest {

    private static final String ORDERS = """
            flow: orders
            name: Orders
            variables: { currency: EUR }
            trigger: [ { webhook: { path: orders, auth: none } } ]
            shapes:
              - { id: each, flowControl: { size: 1, wrapSingle: false } }
              - { id: new, deDupe: { pool: seen, key: id, remember: { after: push } } }
              - { id: push, connection: { instance: shop, endpoint: orders.write } }
              - { id: told, notify: { per: run, log: info, text: "%s ${flow.currency}" } }
            """;

    @TempDir
    Path home;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer shop;
    private Program program;

    @BeforeEach
    void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
        Path instances = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(home.resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                settings: { secrets: [key] }
                auth: { key: { type: apiKey, inject: { into: header, name: X-Key, format: "${settings.key}" } } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                endpoints:
                  orders.write: { kind: write, method: POST, path: /orders }
                """.formatted(
                        shop.getAddress().getPort()));
        for (String name : List.of("shop", "shop-test", "shop-live")) {
            String secret = name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
            Files.writeString(
                    instances.resolve(name + ".yaml"),
                    "instance: " + name + "\nconnector: shop\nsettings: { key: \"${secret." + secret + "}\" }\n");
        }
        Files.createDirectories(home.resolve("routes/environments"));
        Files.writeString(home.resolve("routes/orders.flow.yaml"), ORDERS.formatted("one"));
        environment("testing", "replace: { instances: { shop: shop-test } }\nflows: [ orders ]\n");
        environment(
                "live",
                "type: live\nreplace: { instances: { shop: shop-live }, variables: { currency: GBP } }\nflows: [ orders ]\n");
        begin("--PATCHBAY_SECRET_SHOP_LIVE=live-key");
    }

    @AfterEach
    void stop() {
        program.context().close();
        shop.stop(0);
    }

    private void environment(String id, String text) throws IOException {
        Files.writeString(home.resolve("routes/environments/" + id + ".yaml"), "environment: " + id + "\n" + text);
    }

    private void begin(String... more) {
        List<String> all = new java.util.ArrayList<>(
                List.of("--PATCHBAY_SECRET_SHOP=base-key", "--PATCHBAY_SECRET_SHOP_TEST=test-key"));
        all.addAll(List.of(more));
        program = new Program(home, Program.start(home, all.toArray(String[]::new)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(exchange.getRequestHeaders().getFirst("X-Key") + " " + body);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private Environments environments() {
        return program.context().getBean(Environments.class);
    }

    private Versions versions() {
        return program.context().getBean(Versions.class);
    }

    private Versions.State state(String flow) {
        return versions().state(flow).orElseThrow();
    }

    private static Wanted all(String environment) {
        return new Wanted(environment, null, List.of(), null);
    }

    private static Wanted promotion(String from, String to) {
        return new Wanted(to, from, List.of(), null);
    }

    /** Writes a file and waits until it was looked at. */
    private void write(String file, String text) throws IOException {
        long before = program.flows().generation();
        Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        Path written = Files.writeString(home.resolve("written.new"), text);
        Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> program.flows().generation() > before);
    }

    private RunRecord ran(String flow, String body) throws Exception {
        RunRecord run = program.run(flow, body);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        return run;
    }

    private List<String> told(String flow, String body) throws Exception {
        return program.told(ran(flow, body));
    }

    private int post(String path) throws Exception {
        int port = program.context().getBean(Intake.class).port();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": 7}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aFlowOfAnEnvironmentIsADraftUntilItIsDeployedAndThenAFlowOfItsOwn() throws Exception {
        assertThat(program.flows().flow("orders@testing").orElseThrow().revision())
                .isNull();
        assertThat(state("orders@testing").fileState()).isEqualTo(FileState.DRAFT);
        assertThat(post("/hooks/testing/orders")).isEqualTo(404);

        Environments.Plan plan = environments().deploy(all("testing"), any -> {}, "ada", "first");

        assertThat(plan.steps()).extracting(Environments.Step::action).containsExactly(Action.DEPLOY);
        assertThat(told("orders@testing", "[{\"id\": 1}]")).containsExactly("one EUR");
        assertThat(told("orders", "[{\"id\": 1}]")).as("pools are apart").containsExactly("one EUR");
        assertThat(calls).containsExactly("test-key {\"id\":1}", "base-key {\"id\":1}");
        assertThat(post("/hooks/testing/orders")).isEqualTo(202);
        await().untilAsserted(() -> assertThat(calls).contains("test-key {\"id\":7}"));
        assertThat(state("orders@testing")).satisfies(state -> {
            assertThat(state.fileState()).isEqualTo(FileState.RUNS);
            assertThat(state.held().by()).isEqualTo("ada");
            assertThat(state.runningNumber()).isEqualTo(1);
        });
        program.flows().enable("orders@testing", false);
        assertThat(program.flows().flow("orders").orElseThrow().enabled()).isTrue();
        assertThat(program.flows().flow("orders@testing").orElseThrow().enabled())
                .isFalse();
    }

    @Test
    void whatRunsInOneEnvironmentIsPromotedIntoAnotherWhateverFilesSayMeanwhile() throws Exception {
        environments().deploy(all("testing"), any -> {}, "ada", null);
        write("routes/orders.flow.yaml", ORDERS.formatted("two"));
        assertThat(told("orders@testing", "[]")).as("a file is a draft").containsExactly("one EUR");

        Environments.Plan plan = environments().deploy(promotion("testing", "live"), any -> {}, "bob", "tested");

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.taken()).isEqualTo(1);
            assertThat(step.before()).isNull();
            assertThat(step.kept()).isEmpty();
        });
        assertThat(told("orders@live", "[{\"id\": 1}]")).containsExactly("one GBP");
        assertThat(calls).containsExactly("live-key {\"id\":1}");
        assertThat(state("orders@live").fileState()).isEqualTo(FileState.DRAFT);
        restart("--PATCHBAY_SECRET_SHOP_LIVE=live-key");
        assertThat(told("orders@live", "[]")).as("after a restart").containsExactly("one GBP");
        assertThat(told("orders@testing", "[]")).containsExactly("one EUR");

        environments().deploy(promotion("base", "live"), any -> {}, "bob", null);

        assertThat(told("orders@live", "[]")).containsExactly("two GBP");
        assertThat(environments().diff("testing", "live").flows())
                .singleElement()
                .satisfies(diff -> {
                    assertThat(diff.same()).isFalse();
                    assertThat(diff.diff().text())
                            .contains("-", "one", "+", "two")
                            .doesNotContain("shop-live");
                });
        assertThat(environments().diff("testing", "live").settings())
                .extracting(Environments.Replaced::kind, Environments.Replaced::from, Environments.Replaced::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("instances", "shop-test", "shop-live"),
                        org.assertj.core.groups.Tuple.tuple("variables", null, "\"GBP\""));
        assertThat(environments().diff("base", "live").flows())
                .singleElement()
                .satisfies(diff -> assertThat(diff.same()).isTrue());
        versions().rollback("orders@live", null, "bob", null);
        assertThat(told("orders@live", "[]")).containsExactly("one GBP");
    }

    private void restart(String... more) {
        program.context().close();
        begin(more);
    }

    @Test
    void missingCredentialsAreListedBeforeAndNothingIsHalfPromoted() throws Exception {
        restart();
        write("routes/other.flow.yaml", "flow: other\nshapes: [ { notify: { log: info, text: other } } ]\n");
        environment("live", "replace: { instances: { shop: shop-live } }\nflows: [ other, orders ]\n");
        await().until(() ->
                environments().environment("live").orElseThrow().flows().size() == 2 && runs("other"));

        Environments.Plan plan = environments().plan(promotion("base", "live"));

        assertThat(plan.possible()).isFalse();
        assertThat(plan.missing())
                .containsExactly(new Environments.Missing("SHOP_LIVE", "shop-live", "key", List.of("orders@live")));
        assertThatThrownBy(() -> environments().deploy(promotion("base", "live"), any -> {}, "bob", null))
                .isInstanceOf(Versions.Refused.class)
                .hasMessage(
                        "Nothing was changed in environment 'live': secret 'SHOP_LIVE' is not there, which the setting"
                                + " 'key' of instance 'shop-live' reads. Mend that, and try again.");
        assertThat(program.flows().flow("other@live").orElseThrow().revision()).isNull();

        environments().deploy(new Wanted("live", "base", List.of("other"), null), any -> {}, "bob", null);
        assertThat(program.flows().flow("other@live").orElseThrow().revision()).isNotNull();
        assertThat(program.flows().flow("orders@live").orElseThrow().revision()).isNull();
    }

    @Test
    void oneFlowThatCannotRunKeepsAllOthersAsTheyWere() throws Exception {
        write("routes/first.flow.yaml", "flow: first\nshapes: [ { notify: { log: info, text: first } } ]\n");
        write(
                "routes/taken.flow.yaml",
                "flow: taken\ntrigger: [ { webhook: { path: live/orders, auth: none } } ]\nshapes: [ { notify: { log: info, text: taken } } ]\n");
        environment("live", "replace: { instances: { shop: shop-live } }\nflows: [ first, orders ]\n");
        await().until(() ->
                environments().environment("live").orElseThrow().flows().size() == 2 && runs("first") && runs("taken"));

        assertThat(environments().plan(all("live")).steps())
                .extracting(Environments.Step::action)
                .containsExactly(Action.DEPLOY, Action.REFUSED);
        assertThatThrownBy(() -> environments().deploy(all("live"), any -> {}, "bob", null))
                .hasMessageContaining("Nothing was changed in environment 'live'")
                .hasMessageContaining("routes/orders.flow.yaml:4:12")
                .hasMessageContaining("'webhook live/orders' is taken by flow 'taken'");

        assertThat(program.flows().flow("first@live").orElseThrow().revision()).isNull();
        assertThat(state("first@live").held()).isNull();
    }

    @Test
    void aFlowStartsTheFlowOfItsEnvironmentWhereThatIsThereToo() throws Exception {
        write("routes/child.flow.yaml", "flow: child\nshapes: [ { notify: { log: info, text: child } } ]\n");
        write(
                "routes/elsewhere.flow.yaml",
                "flow: elsewhere\nshapes: [ { notify: { log: info, text: elsewhere } } ]\n");
        write("routes/parent.flow.yaml", """
                flow: parent
                shapes:
                  - { id: one, runFlow: { flow: child, wait: true } }
                  - { id: other, runFlow: { flow: elsewhere, wait: true } }
                """);
        write("routes/packages/family.yaml", "package: family\nflows: [ parent, child ]\n");
        environment("live", "packages: [ family ]\n");
        await().until(() ->
                environments().environment("live").orElseThrow().flows().size() == 2);
        assertThatThrownBy(() -> environments()
                        .deploy(new Wanted("live", null, List.of("parent"), null), any -> {}, "bob", null))
                .hasMessageContaining("there is no flow 'child@live' that is right");

        Environments.Plan plan =
                environments().deploy(new Wanted("live", null, List.of(), "family"), any -> {}, "bob", null);

        assertThat(plan.steps().get(0).kept()).containsEntry(Kind.FLOW, Set.of("elsewhere"));
        ran("parent@live", "{}");
        assertThat(program.runs("child@live")).hasSize(1);
        assertThat(program.runs("child")).isEmpty();
        assertThat(program.runs("elsewhere")).hasSize(1);
    }

    @Test
    void whatRunsGoesOnWhileTheFileOfItsEnvironmentIsWrongAlsoOverARestart() throws Exception {
        environments().deploy(all("testing"), any -> {}, "ada", null);

        write("routes/environments/testing.yaml", "environment: testing\nflows: [ orders\n");

        assertThat(told("orders@testing", "[]")).containsExactly("one EUR");
        assertThat(problems()).anyMatch(text -> text.startsWith("routes/environments/testing.yaml:"));
        restart();
        assertThat(told("orders@testing", "[]")).containsExactly("one EUR");
        write(
                "routes/environments/testing.yaml",
                "environment: testing\nreplace: { instances: { shop: shop-test } }\nflows: [ orders ]\n");
        assertThat(told("orders@testing", "[]")).containsExactly("one EUR");
        assertThat(state("orders@testing").fileState()).isEqualTo(FileState.RUNS);
        write("routes/environments/testing.yaml", "environment: testing\n");
        assertThat(program.flows().flow("orders@testing")).isEmpty();
    }

    private List<String> problems() {
        return program.flows().problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aNameThatTheEnvironmentGivesAndThatIsNotThereIsToldWhereItGivesIt() throws Exception {
        write(
                "routes/environments/live.yaml",
                "environment: live\nreplace:\n  instances:\n    shop: shop-liv\nflows: [ orders ]\n");

        assertThat(problems())
                .anyMatch(text -> text.startsWith(
                        "routes/environments/live.yaml:4:5: environment 'live': there is no instance 'shop-liv'"));
        assertThatThrownBy(() -> environments().deploy(all("live"), any -> {}, "bob", null))
                .hasMessageContaining("routes/environments/live.yaml:4:5");
    }

    @Test
    void anEnvironmentThatTakesItsFilesAtOnceNeedsNoDeploying() throws Exception {
        write(
                "routes/environments/testing.yaml",
                "environment: testing\ndeploy: auto\nreplace: { instances: { shop: shop-test } }\nflows: [ orders ]\n");
        assertThat(told("orders@testing", "[]")).containsExactly("one EUR");
        write("routes/orders.flow.yaml", ORDERS.formatted("two"));
        assertThat(told("orders@testing", "[]")).containsExactly("two EUR");
        assertThatThrownBy(() -> environments().deploy(promotion("base", "testing"), any -> {}, null, null))
                .hasMessageContaining("deploy: auto");

        environments().deploy(promotion("testing", "live"), any -> {}, "bob", null);
        assertThat(told("orders@live", "[]")).containsExactly("two GBP");
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        assertRefused(all("tseting"), true, "There is no environment 'tseting'. Did you mean 'testing'?");
        assertRefused(promotion("nowhere", "live"), true, "There is no environment 'nowhere'");
        assertRefused(promotion("testing", "live"), false, "flow 'orders' does not run in 'testing'");
        assertRefused(new Wanted("live", null, List.of("stock"), null), false, "is not in environment 'live'");
        assertRefused(new Wanted("live", null, List.of(), "none"), true, "There is no package 'none'");
        assertRefused(promotion("live", "live"), false, "into itself");
    }

    private void assertRefused(Wanted wanted, boolean unknown, String message) {
        assertThatThrownBy(() -> environments().deploy(wanted, any -> {}, null, null))
                .isInstanceOfSatisfying(
                        Versions.Refused.class,
                        refused -> assertThat(refused.unknown()).isEqualTo(unknown))
                .hasMessageContaining(message);
    }

    /** Files that are written one after the other may be taken one after the other. */
    private boolean runs(String flow) {
        return program.flows()
                .flow(flow)
                .filter(view -> view.revision() != null)
                .isPresent();
    }
}
