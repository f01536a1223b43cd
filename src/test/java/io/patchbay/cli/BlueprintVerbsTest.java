package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blueprints by the command line: the real checks and tests, in a home of its own. */
class BlueprintVerbsTest {

    private static final String FLOW = """
            flow: orders
            variables: { currency: GBP }
            shapes:
              - id: pull
                connection: { instance: shop, endpoint: orders.list }
              - id: way
                map: { fields: [ { to: by, from: country, then: [ { lookup: { table: ways } } ] }, { to: currency, template: "${flow.currency}" } ] }
              - id: told
                notify: { per: run, log: info, text: done }
            """;
    private static final String TEST = """
            test: orders
            cases:
              - name: an order goes its way
                connections: { pull: { answer: { body: [ { country: GB } ] } } }
                expect: { outcome: succeeded, shapes: { way: { out: [ [ { by: DHL, currency: GBP } ] ] } } }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("home/routes"));
        file("source/connectors/shop/connector.yaml", """
                connector: shop
                version: 1.2.0
                title: Shop
                settings: { properties: { key: { description: Key } }, secrets: [key] }
                auth: { key: { type: apiKey, inject: { into: header, name: X-Key, format: '${settings.key}' } } }
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  orders.list: { kind: read, title: Orders, method: GET, path: /orders, recordSelector: { path: '$[*]' } }
                """);
        blueprint("1.0.0", FLOW, TEST, "country,way\nGB,DHL\n");
    }

    private void blueprint(String version, String flow, String test, String ways) throws IOException {
        String in = "source/blueprints/orders/";
        file(in + "blueprint.yaml", """
                blueprint: orders
                version: %s
                title: Orders of the shop
                connectors: { shop: 1.2.0 }
                instances: { shop: { connector: shop, title: The shop, scopes: [ read ] } }
                questions:
                  currency: { title: Currency, type: choice, choices: [GBP, EUR], otherwise: GBP, sets: ['routes/orders.flow.yaml#variables.currency'] }
                permissions: { secrets: [SHOP_KEY] }
                """.formatted(version));
        file(in + "connectors/shop/instances/shop.yaml", """
                instance: shop
                connector: shop
                auth: key
                settings: { key: '${secret.SHOP_KEY}' }
                """);
        file(in + "routes/orders.flow.yaml", flow);
        file(in + "routes/orders.test.yaml", test);
        file(in + "routes/tables/ways.csv", ways);
    }

    @Test
    void installsPlainFilesAsDraftsWhenTheTestsPass() throws IOException {
        Said plan = say("plan", "orders");
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .contains("install orders: orders 1.0.0\n")
                .contains("  new      routes/orders/orders.flow.yaml\n")
                .contains("connector shop: is brought, version 1.2.0, reaches shop.example.com\n")
                .contains(
                        "instance shop (The shop): is made, connectors/shop/instances/shop.yaml, whose credentials need read\n")
                .contains("secrets: SHOP_KEY\n");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();

        Said said = say("install", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("Installed, 1 test of it passed. Its flows are drafts");
        assertThat(text("routes/orders/orders.flow.yaml")).contains("status: draft");
        assertThat(text("connectors/shop/connector.yaml")).contains("version: 1.2.0");
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "check").code())
                .isZero();
        assertThat(say("list").out()).contains("orders     1.0.0    Orders of the shop  orders 1.0.0\n");
    }

    @Test
    void aSecondInstallWorksBesideTheFirst() throws IOException {
        assertThat(say("install", "orders").code()).isZero();

        Said again = say("install", "orders");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("there is an install 'orders' already");

        Said beside =
                say("install", "orders", "--as", "eu", "--instance", "shop=shop-eu", "--secret", "SHOP_KEY=SHOP_EU");
        assertThat(beside.code()).as(beside.toString()).isZero();
        assertThat(beside.out())
                .contains(
                        "flow orders is eu-orders\n",
                        "table ways is eu-ways\n",
                        "instance shop is shop-eu\n",
                        "secret SHOP_KEY is SHOP_EU\n",
                        "secrets: SHOP_EU\n");
        assertThat(text("connectors/shop/instances/shop-eu.yaml")).contains("'${secret.SHOP_EU}'");
        assertThat(folder.resolve("home/routes/eu/tables/eu-ways.csv")).exists();
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "test").out()).contains("2 tests, 0 failed");
    }

    @Test
    void anEnvironmentThatItBringsIsADraftAndStandsBesideThatOfAnotherInstall() throws IOException {
        file("source/blueprints/orders/routes/environments/trial.yaml", """
                environment: trial
                prefix: try
                replace: { tables: { ways: ways }, variables: { currency: EUR } }
                flows: [ orders ]
                """);
        say("install", "orders");
        Said second = say("install", "orders", "--as", "eu");

        assertThat(second.code()).as(second.toString()).isZero();
        assertThat(second.out()).contains("environment trial is eu-trial", "prefix try is eu-try");
        assertThat(text("routes/eu/environments/trial.yaml"))
                .contains(
                        "environment: eu-trial",
                        "prefix: eu-try",
                        "{ eu-ways: eu-ways }",
                        "[ eu-orders ]",
                        "status: draft");
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "check").code())
                .isZero();

        edit("routes/eu/environments/trial.yaml", "status: draft", "status: active");
        assertThat(say("remove", "eu").out()).contains("routes/eu/environments/trial.yaml is active");
        edit("routes/eu/environments/trial.yaml", "status: active", "status: inactive");
        assertThat(say("remove", "eu").code()).isZero();
        assertThat(folder.resolve("home/routes/eu")).doesNotExist();
    }

    @Test
    void writesNothingWhenATestFails() throws IOException {
        Said said = say("install", "orders", "--set", "currency=EUR");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("nothing was changed, because then:")
                .contains("a test fails: routes/orders/orders.test.yaml, an order goes its way: ")
                .contains("expected \"GBP\"");
        try (var left = Files.walk(folder.resolve("home"))) {
            assertThat(left.filter(Files::isRegularFile).map(file -> String.valueOf(file.getFileName())))
                    .containsOnly(".lock");
        }
    }

    @Test
    void writesNothingWhenSomethingElseOfTheHomeWouldBeWrong() throws IOException {
        file("home/routes/mine.flow.yaml", "flow: orders\nshapes:\n  - id: x\n    notify: { log: info, text: x }\n");

        Said said = say("install", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("orders").contains("[DUPLICATE_FLOW]");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();
    }

    @Test
    void saysWhichAnswersAreWrong() {
        Said said =
                say("install", "orders", "--set", "currency=USD", "--set", "curency=EUR", "--instance", "shop=../x");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("the answer to 'currency' must be one of GBP, EUR, found 'USD'")
                .contains("the blueprint has no question 'curency', did you mean 'currency'?")
                .contains("'../x' is no name for the instance 'shop'");
        assertThat(say("install", "order").err())
                .contains("there is no blueprint 'order'")
                .contains("did you mean 'orders'?");
        assertThat(say("install", "orders", "--as", "../x").err()).contains("is no name for an install");
    }

    @Test
    void asksForWhatNoOptionAnswers() throws IOException {
        Said said = Said.by(
                folder,
                Map.of(),
                "\nshop-eu\n",
                "blueprint",
                "install",
                "orders",
                "--ask",
                "--home=home",
                "--from=source");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("  1  GBP\n  2  EUR\nCurrency [GBP]: ")
                .contains("Instance of shop, The shop [shop]: ");
        assertThat(text("routes/orders/orders.flow.yaml"))
                .contains("instance: shop-eu")
                .contains("currency: GBP");
    }

    @Test
    void aQuestionWithoutADefaultIsAskedAndRefusedWhenNobodyAnswers() throws IOException {
        edit("../source/blueprints/orders/blueprint.yaml", ", otherwise: GBP", "");

        Said nobody = say("install", "orders");
        Said somebody = Said.by(
                folder, Map.of(), "other\n1\n", "blueprint", "install", "orders", "--home=home", "--from=source");

        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("Nobody answers; say it with --set currency=ANSWER.");
        assertThat(somebody.code()).as(somebody.toString()).isZero();
        assertThat(somebody.out()).contains("There is none like that; give its number or its name.");
        assertThat(text("routes/orders/orders.flow.yaml")).contains("currency: GBP");
    }

    @Test
    void takesAnswersFromAFile() throws IOException {
        file("answers.json", "{ \"answers\": { \"currency\": \"GBP\" }, \"instances\": { \"shop\": \"shop-uk\" } }");

        Said said = say(
                "install", "orders", "--answers", folder.resolve("answers.json").toString());

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(text("routes/orders/orders.flow.yaml")).contains("instance: shop-uk");
    }

    @Test
    void anUpgradeKeepsWhatWasChangedHere() throws IOException {
        say("install", "orders");
        edit("routes/orders/orders.flow.yaml", "status: draft", "status: active");
        edit("routes/orders/orders.flow.yaml", "text: done", "text: all done");
        blueprint(
                "1.1.0",
                FLOW.replace("id: pull", "id: pull\n    retries: { count: 3 }"),
                TEST,
                "country,way\nGB,DHL\nFR,GLS\n");

        Said said = say("upgrade", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("upgrade orders: orders 1.0.0 → 1.1.0\n")
                .contains("  changed  routes/orders/orders.flow.yaml (with what was changed here)\n")
                .contains("  changed  routes/orders/tables/ways.csv\n");
        assertThat(text("routes/orders/orders.flow.yaml"))
                .contains("status: active", "text: all done", "retries: { count: 3 }");
        assertThat(text("routes/orders/tables/ways.csv")).contains("FR,GLS");
        assertThat(say("upgrade", "orders").out())
                .contains("orders 1.1.0 → 1.1.0\n")
                .doesNotContain("  changed");
    }

    @Test
    void aConflictIsShownAndNothingChangedUntilASideIsChosen() throws IOException {
        say("install", "orders");
        edit("routes/orders/tables/ways.csv", "GB,DHL", "GB,Royal Mail");
        edit("routes/orders/orders.test.yaml", "by: DHL", "by: Royal Mail");
        blueprint("1.1.0", FLOW, TEST.replace("by: DHL", "by: UPS"), "country,way\nGB,UPS\n");

        Said said = say("upgrade", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("  conflict routes/orders/tables/ways.csv (changed here and by the new version)\n")
                .contains("      was    GB,DHL\n      mine   GB,Royal Mail\n      theirs GB,UPS\n")
                .contains("--keep mine or --keep theirs");
        assertThat(text("routes/orders/tables/ways.csv")).contains("Royal Mail");
        assertThat(say("list").out()).contains("orders 1.0.0 (update)\n");

        assertThat(say("upgrade", "orders", "--keep", "theirs").code()).isZero();
        assertThat(text("routes/orders/tables/ways.csv")).contains("GB,UPS");
    }

    @Test
    void anOlderVersionIsNoUpgrade() throws IOException {
        say("install", "orders");
        blueprint("0.9.0", FLOW, TEST, "country,way\nGB,DHL\n");

        assertThat(say("upgrade", "orders").err()).contains("has version 0.9.0, older than the installed 1.0.0");
    }

    @Test
    void aRemovalTakesWhatNothingElseUses() throws IOException {
        say("install", "orders");
        say("install", "orders", "--as", "eu");
        edit("routes/orders/orders.flow.yaml", "status: draft", "status: active");

        assertThat(say("remove", "orders").out()).contains("routes/orders/orders.flow.yaml is active");
        edit("routes/orders/orders.flow.yaml", "status: active", "status: inactive");
        Said said = say("remove", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("  kept     connectors/shop/instances/shop.yaml (something else uses it)\n");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();
        assertThat(folder.resolve("home/connectors/shop/connector.yaml")).exists();
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "test").out()).contains("1 test, 0 failed");
    }

    @Test
    void aRemovalThatAnotherFlowNeedsIsRefused() throws IOException {
        say("install", "orders");
        file("home/routes/mine.flow.yaml", """
                flow: mine
                shapes:
                  - id: x
                    map: { fields: [ { to: by, from: country, then: [ { lookup: { table: ways } } ] } ] }
                """);

        Said said = say("remove", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("nothing was changed")
                .contains("routes/mine.flow.yaml:4:")
                .contains("ways");
        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
    }

    @Test
    void whatWasChangedStaysUnlessItIsSaid() throws IOException {
        say("install", "orders");
        edit("routes/orders/tables/ways.csv", "GB,DHL", "GB,Royal Mail");

        Said said = say("remove", "orders");
        assertThat(said.out())
                .contains("  kept     routes/orders/tables/ways.csv (it was changed here; --changed takes it, too)\n");
        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
        assertThat(folder.resolve("home/connectors/shop")).doesNotExist();
    }

    @Test
    void aLineOfStatusInATableIsAChangeAsAnyOther() throws IOException {
        say("install", "orders");
        edit("routes/orders/tables/ways.csv", "GB,DHL\n", "GB,DHL\nstatus: x\n");
        edit("routes/orders/orders.flow.yaml", "status: draft", "status: inactive");

        say("remove", "orders");

        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
        assertThat(folder.resolve("home/routes/orders/orders.flow.yaml")).doesNotExist();
    }

    @Test
    void makesABlueprintOfWhatIsThereThatInstallsElsewhere() throws IOException {
        say("install", "orders", "--instance", "shop=shop-uk");
        file("home/routes/stores.yaml", "pools: { sent: { keep: 30d }, other: {} }\n");
        edit(
                "routes/orders/orders.flow.yaml",
                "  - id: told",
                "  - id: new-ones\n    deDupe: { pool: sent, key: by, behaviour: filterAndTrack }\n  - id: told");

        Said made = say("new", "my-orders", "--flow", "orders", "--title", "My orders");

        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(made.out())
                .contains("Made blueprints/my-orders. Look at it:\n")
                .contains("instance 'shop-uk' goes along as its file has it")
                .doesNotContain("[");
        assertThat(text("blueprints/my-orders/blueprint.yaml")).contains("shop: \"1.2.0\"", "secrets: [ SHOP_KEY ]");
        assertThat(text("blueprints/my-orders/routes/stores.yaml"))
                .contains("sent")
                .doesNotContain("other");
        assertThat(say("new", "my-orders", "--flow", "orders").err()).contains("there is blueprints/my-orders already");
        assertThat(say("new", "others", "--flow", "order").err()).contains("there is no flow 'order'");

        String packed = folder.resolve("my-orders.zip").toString();
        assertThat(say("pack", "my-orders", "--to", packed).code()).isZero();
        Files.createDirectories(folder.resolve("elsewhere/routes"));
        Said there = Said.by(
                folder,
                Map.of(),
                "",
                "blueprint",
                "install",
                "my-orders",
                "--home=" + folder.resolve("elsewhere"),
                "--from",
                packed,
                "--unsigned");
        assertThat(there.code()).as(there.toString()).isZero();
        assertThat(there.out()).contains("Installed, 1 test of it passed.");
    }

    @Test
    void aCatalogueIsMadeListedAndInstalledFrom() throws IOException {
        Path shelf = Files.createDirectory(folder.resolve("shelf"));
        assertThat(say("pack", "orders", "--to", shelf.resolve("orders.zip").toString())
                        .code())
                .isZero();
        Said made = Said.by(folder, Map.of(), "", "blueprint", "catalogue", "shelf");
        assertThat(made.out()).isEqualTo("orders 1.0.0\nSign it: minisign -Sm shelf/catalogue.json\n");
        file("home/blueprints/catalogues.yaml", "catalogues: { ours: { folder: ../shelf } }\n");

        assertThat(catalogued("list").out()).contains("catalogue 'ours': it has no signature beside it");
        assertThat(catalogued("list", "--unsigned").out())
                .contains("blueprint  version  title               catalogue  installed\n")
                .contains("orders     1.0.0    Orders of the shop  ours\n");
        Said installed = catalogued("install", "orders", "--from", "ours", "--unsigned");
        assertThat(installed.code()).as(installed.toString()).isZero();
        assertThat(text("connectors/shop/connector.yaml")).contains("version: 1.2.0");

        blueprint("1.1.0", FLOW, TEST, "country,way\nGB,DHL\nFR,GLS\n");
        say("pack", "orders", "--to", shelf.resolve("orders-new.zip").toString());
        Said.by(folder, Map.of(), "", "blueprint", "catalogue", "shelf");
        assertThat(catalogued("list", "--unsigned", "--offline").out()).doesNotContain("(update)");
        assertThat(catalogued("list", "--unsigned").out()).contains("orders 1.0.0 (update)");
        Said upgraded = catalogued("upgrade", "orders", "--from", "ours", "--unsigned");
        assertThat(upgraded.code()).as(upgraded.toString()).isZero();
        assertThat(text("routes/orders/tables/ways.csv")).contains("FR,GLS");
        assertThat(catalogued("install", "order", "--from", "ours", "--unsigned")
                        .err())
                .contains("the catalogue 'ours' has no blueprint 'order'");
    }

    @Test
    void anArchiveIsVerifiedWithItsTests() throws IOException {
        String packed = folder.resolve("orders.zip").toString();
        say("pack", "orders", "--to", packed);
        assertThat(catalogued("verify", packed, "--unsigned").out()).isEqualTo("signed by nobody\norders 1.0.0\n");
        Said good = catalogued("verify", packed, "--unsigned", "--tests");
        assertThat(good.code()).as(good.toString()).isZero();
        assertThat(good.out()).isEqualTo("signed by nobody\norders 1.0.0, 1 test ran\n");

        blueprint("1.1.0", FLOW, TEST.replace("by: DHL", "by: UPS"), "country,way\nGB,DHL\n");
        say("pack", "orders", "--to", packed);
        Said bad = catalogued("verify", packed, "--unsigned", "--tests");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).contains("a test fails: routes/orders.test.yaml, an order goes its way: ");
    }

    @Test
    void whatWasBrokenOffIsFinishedOrGivenUp() throws IOException {
        assertThat(catalogued("recover").out()).isEqualTo("Nothing was broken off.\n");
        file("home/blueprints/.pending/files/routes/a.csv", "a\n");
        assertThat(catalogued("recover").out()).isEqualTo("  routes/a.csv\nFinished.\n");
        assertThat(text("routes/a.csv")).isEqualTo("a\n");

        file("home/blueprints/.pending/files/routes/b.csv", "b\n");
        assertThat(catalogued("recover", "--forget").out()).contains("  routes/b.csv\nGiven up.");
        assertThat(folder.resolve("home/routes/b.csv")).doesNotExist();
        assertThat(folder.resolve("home/blueprints/.pending")).doesNotExist();
    }

    private Said catalogued(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "blueprint";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--home=" + folder.resolve("home");
        return Said.by(folder, Map.of(), "", all);
    }

    private Said say(String verb, String... more) {
        String[] all = new String[more.length + 5];
        all[0] = "blueprint";
        all[1] = verb;
        System.arraycopy(more, 0, all, 2, more.length);
        all[more.length + 2] = "--home=" + folder.resolve("home");
        all[more.length + 3] = "--from";
        all[more.length + 4] = folder.resolve("source").toString();
        return Said.by(folder, Map.of(), "", all);
    }

    private void edit(String path, String old, String now) throws IOException {
        Path file = folder.resolve("home").resolve(path);
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve("home").resolve(path));
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
