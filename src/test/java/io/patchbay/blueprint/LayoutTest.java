package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

    private static final String FLOW = """
            flow: orders # the flow
            status: active
            variables: { currency: "GBP" }
            trigger:
              - schedule: { every: 15m }
            shapes:
              - id: pull
                connection: { instance: shop, endpoint: orders.list }
              - id: new-ones
                deDupe: { pool: "sent", key: id }
              - id: kept
                addToCache: { cache: 'seen', key: "${record.id}" }
              - id: joined
                enrich: { instance: shop, endpoint: x, cache: { name: seen } }
              - id: way
                map:
                  fields:
                    - { to: way, from: country, then: [ { lookup: { table: ways } } ] }
                    - { to: fast, template: "ü ${table.ways['GB']} ${table.waysides.x}" }
                    - { to: pool, value: other }
              - id: tidy
                script: { file: tidy.js }
              - id: right
                validate: { schema: order.json }
              - id: next
                runFlow: { flow: ship }
              - id: outside
                runFlow: { flow: archive }
            """;

    @TempDir
    Path folder;

    private Blueprint blueprint;

    @BeforeEach
    void write() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml", FLOW,
                        "routes/ship.flow.yaml", "flow: ship\nshapes: []\n",
                        "routes/orders.test.yaml",
                                "test: orders\ncases:\n  - name: orders\n    pools: { sent: [ 1 ] }\n    expect: { starts: [ { flow: ship } ] }\n",
                        "routes/stores.yaml", "pools: { sent: { keep: 90d } }\ncaches: { seen: { scope: company } }\n",
                        "routes/tables/ways.csv", "country,way\nGB,DHL\n",
                        "routes/scripts/tidy.js", "function handle(x) { return x; }",
                        "routes/schemas/order.json", "{}",
                        "connectors/shop/instances/shop.yaml",
                                "instance: shop\nconnector: shop\nsettings: { region: eu }\n"));
        Bench.write(bench.blueprint().resolve("blueprint.yaml"), """
                blueprint: orders
                version: 1.0.0
                title: Orders
                connectors: { shop: 1.0.0 }
                instances: { shop: { connector: shop, title: The shop } }
                questions:
                  every: { title: How often, type: duration, sets: ['routes/orders.flow.yaml#trigger[0].schedule.every'] }
                  pool: { title: Key, sets: ['routes/orders.flow.yaml#shapes[new-ones].deDupe.key'] }
                  region: { title: Region, sets: ['connectors/shop/instances/shop.yaml#settings.region'] }
                permissions: { scripts: [tidy.js] }
                """);
        blueprint = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();
    }

    @Test
    void underItsOwnNameEverythingKeepsItsName() {
        Layout.Laid laid = Layout.of(blueprint, "orders", answers(Map.of()));

        assertThat(laid.renames()).isEmpty();
        assertThat(laid.files())
                .containsOnlyKeys(
                        "connectors/shop/instances/shop.yaml",
                        "routes/orders/orders.flow.yaml",
                        "routes/orders/orders.test.yaml",
                        "routes/orders/schemas/order.json",
                        "routes/orders/scripts/tidy.js",
                        "routes/orders/ship.flow.yaml",
                        "routes/orders/stores.yaml",
                        "routes/orders/tables/ways.csv");
        assertThat(laid.files().get("routes/orders/orders.flow.yaml"))
                .isEqualTo(FLOW.replace("status: active", "status: draft")
                        .replace("every: 15m", "every: \"5m\"")
                        .replace("key: id }", "key: number }"));
        assertThat(laid.files().get("routes/orders/ship.flow.yaml")).contains("status: draft");
        assertThat(laid.files().get("connectors/shop/instances/shop.yaml")).contains("region: \"it's: #1\"");
    }

    @Test
    void underAnotherNameWhatItBringsHasThatNameBeforeItsOwn() {
        Layout.Laid laid = Layout.of(blueprint, "uk", answers(Map.of("shop", "shop-uk")));

        assertThat(laid.renames())
                .containsExactlyInAnyOrder(
                        "flow orders is uk-orders",
                        "flow ship is uk-ship",
                        "instance shop is shop-uk",
                        "table ways is uk-ways",
                        "pool sent is uk-sent",
                        "cache seen is uk-seen",
                        "script tidy.js is uk-tidy.js",
                        "schema order.json is uk-order.json");
        assertThat(laid.files())
                .containsOnlyKeys(
                        "connectors/shop/instances/shop-uk.yaml",
                        "routes/uk/orders.flow.yaml",
                        "routes/uk/orders.test.yaml",
                        "routes/uk/schemas/uk-order.json",
                        "routes/uk/scripts/uk-tidy.js",
                        "routes/uk/ship.flow.yaml",
                        "routes/uk/stores.yaml",
                        "routes/uk/tables/uk-ways.csv");
        assertThat(laid.files().get("routes/uk/orders.flow.yaml"))
                .contains(
                        "flow: uk-orders # the flow",
                        "connection: { instance: shop-uk, endpoint",
                        "pool: \"uk-sent\"",
                        "cache: 'uk-seen'",
                        "cache: { name: uk-seen }",
                        "table: uk-ways }",
                        "\"ü ${table.uk-ways['GB']} ${table.waysides.x}\"",
                        "{ to: pool, value: other }",
                        "file: uk-tidy.js",
                        "schema: uk-order.json",
                        "flow: uk-ship",
                        "flow: archive");
        assertThat(laid.files().get("routes/uk/orders.test.yaml"))
                .contains("test: uk-orders", "- name: orders", "pools: { uk-sent: [ 1 ] }", "flow: uk-ship");
        assertThat(laid.files().get("routes/uk/stores.yaml"))
                .isEqualTo("pools: { uk-sent: { keep: 90d } }\ncaches: { uk-seen: { scope: company } }\n");
        assertThat(laid.files().get("connectors/shop/instances/shop-uk.yaml"))
                .startsWith("instance: shop-uk\nconnector: shop\n");
    }

    @Test
    void aFlowIsADraftWhateverItsFilesSay() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint(
                "1.0.0", Map.of("routes/orders.flow.yaml", "flow: orders\nstatus: &s active\nname: *s\nshapes: []\n"));
        Blueprint anchored = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();
        assertThatThrownBy(() -> Layout.of(anchored, "orders", new Answers(Map.of(), Map.of(), Map.of())))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("cannot be made a draft");

        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", "flow: orders\nstatus: draft\nshapes: []\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0")
                        + "questions: { s: { title: x, otherwise: active, sets: ['routes/orders.flow.yaml#status'] } }\n");
        Blueprint asked = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();
        assertThatThrownBy(() -> Layout.of(asked, "orders", new Answers(Map.of(), Map.of(), Map.of())))
                .hasMessageContaining("cannot be made a draft");
    }

    @Test
    void anAliasIsRenamedOnceAndATableWhereverAPlaceholderReadsIt() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml",
                                "shapes:\n  - id: a\n    deDupe: &x { pool: seen, key: \"${flow.q ?? table.ways['x'] ?? 'n'}\" }\n  - id: b\n    deDupe: *x\nflow: orders\n",
                        "routes/stores.yaml", "pools: { seen: {} }\n",
                        "routes/scripts/tidy.js", "function handle(x) { return x; }",
                        "routes/scripts/tidy.test.yaml", "cases: []\n",
                        "routes/tables/ways.csv", "a,b\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "permissions: { scripts: [tidy.js] }\n");
        Blueprint read = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();

        Layout.Laid laid = Layout.of(read, "uk", new Answers(Map.of(), Map.of(), Map.of()));

        assertThat(laid.files().get("routes/uk/orders.flow.yaml"))
                .contains("pool: uk-seen,", "table.uk-ways['x']", "flow: uk-orders");
        assertThat(laid.files()).containsKeys("routes/uk/scripts/uk-tidy.js", "routes/uk/scripts/uk-tidy.test.yaml");
    }

    @Test
    void environmentsPackagesAndServicesFollowTheNames() throws IOException {
        Bench bench = new Bench(folder);
        String environment = """
                environment: trial # to try
                prefix: "try"
                status: active
                deploy: auto
                packages: [ nightly, others ]
                replace:
                  instances: { shop: 'shop-test' }
                  tables: { ways: ways-uk }
                  pools: { "sent": sent-2, far: sent@trial }
                  caches: { seen: seen }
                  scripts: { tidy.js: other.js }
                  variables: { currency: sent, way: "${table.ways.GB}" }
                flows:
                  - orders
                  - { flow: ship, status: active, variables: { currency: GBP } }
                  - archive
                """;
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml", "flow: orders\nshapes: []\n",
                        "routes/ship.service.yaml", "service: ship\nsource: { instance: shop }\n",
                        "routes/orders.test.yaml", "test: orders@trial\ncases: [ { pools: { sent@trial: [ 1 ] } } ]\n",
                        "routes/stores.yaml", "pools: { sent: {}, sent-2: {} }\ncaches: { seen: {} }\n",
                        "routes/tables/ways.csv", "a,b\n",
                        "routes/scripts/tidy.js", "function handle(x) { return x; }",
                        "routes/environments/trial.yaml", environment,
                        "routes/packages/nightly.yaml", "package: nightly\nflows: [ orders, archive ]\n",
                        "connectors/shop/instances/shop.yaml", "instance: shop\nconnector: shop\n",
                        "connectors/shop/instances/shop-test.yaml", "instance: shop-test\nconnector: shop\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0")
                        + "connectors: { shop: 1.0.0 }\n"
                        + "instances: { shop: { connector: shop, title: A }, shop-test: { connector: shop, title: B } }\n"
                        + "permissions: { scripts: [tidy.js] }\n");
        Blueprint read = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();

        Layout.Laid laid =
                Layout.of(read, "uk", new Answers(Map.of(), Map.of("shop", "a", "shop-test", "b"), Map.of()));

        assertThat(laid.files().get("routes/uk/environments/trial.yaml"))
                .isEqualTo(environment
                        .replace("environment: trial", "environment: uk-trial")
                        .replace("\"try\"", "\"uk-try\"")
                        .replace("status: active", "status: draft")
                        .replace("[ nightly,", "[ uk-nightly,")
                        .replace("shop: 'shop-test'", "a: 'b'")
                        .replace("ways: ways-uk", "uk-ways: ways-uk")
                        .replace("\"sent\": sent-2, far: sent@trial", "\"uk-sent\": uk-sent-2, far: uk-sent@uk-trial")
                        .replace("seen: seen", "uk-seen: uk-seen")
                        .replace("tidy.js: other.js", "uk-tidy.js: other.js")
                        .replace("table.ways.GB", "table.uk-ways.GB")
                        .replace("- orders", "- uk-orders")
                        .replace("flow: ship", "flow: uk-ship"));
        assertThat(laid.files().get("routes/uk/packages/nightly.yaml"))
                .isEqualTo("package: uk-nightly\nflows: [ uk-orders, archive ]\n");
        assertThat(laid.files().get("routes/uk/ship.service.yaml"))
                .contains("service: uk-ship\n", "source: { instance: a }", "status: draft");
        assertThat(laid.files().get("routes/uk/orders.test.yaml"))
                .isEqualTo("test: uk-orders@uk-trial\ncases: [ { pools: { uk-sent@uk-trial: [ 1 ] } } ]\n");
        assertThat(laid.renames())
                .contains(
                        "environment trial is uk-trial",
                        "prefix try is uk-try",
                        "package nightly is uk-nightly",
                        "flow ship is uk-ship");
    }

    @Test
    void aNameThatCannotBeReplacedIsToldWithItsPlace() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", "flow: &id orders\nstatus: draft\nshapes: []\n"));
        Blueprint read = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();

        assertThatThrownBy(() -> Layout.of(read, "uk", new Answers(Map.of(), Map.of(), Map.of())))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("routes/orders.flow.yaml:1:7: the name 'orders', which is 'uk-orders' here")
                .hasMessageContaining("without an anchor");
    }

    @Test
    void aSecretHasItsNameHereInEveryFormThatNamesIt() throws IOException {
        Bench bench = new Bench(folder);
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml",
                        "flow: orders\nshapes:\n  - id: a\n    map: { fields: [ { to: x, from: y, then: [ { hmac: { secret: KEY } } ] } ] }\nnote: \"${secret.KEY} ${secret['KEY']} ${secret.KEYS}\"\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "permissions: { secrets: [KEY, KEYS] }\n");
        Blueprint read = BlueprintReader.read(bench.blueprint(), "blueprints/orders")
                .value()
                .orElseThrow();

        Layout.Laid laid = Layout.of(read, "orders", new Answers(Map.of(), Map.of(), Map.of("KEY", "MINE")));

        assertThat(laid.files().get("routes/orders/orders.flow.yaml"))
                .contains("secret: MINE }", "${secret.MINE} ${secret['MINE']} ${secret.KEYS}");
        assertThat(laid.renames()).containsExactly("secret KEY is MINE");
    }

    private static Answers answers(Map<String, String> instances) {
        return new Answers(
                new TreeMap<>(Map.of("every", "5m", "pool", "number", "region", "it's: #1")), instances, Map.of());
    }
}
