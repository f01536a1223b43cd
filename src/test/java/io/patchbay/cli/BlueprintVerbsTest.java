package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Installs, upgrades and removals by the command line: the real checks and tests, in a home of its own. */
class BlueprintVerbsTest {

    @TempDir
    Path folder;

    private ShopBlueprint shop;

    @BeforeEach
    void write() throws IOException {
        shop = new ShopBlueprint(folder);
    }

    @Test
    void installsPlainFilesAsDraftsWhenTheTestsPass() throws IOException {
        Said plan = shop.say("plan", "orders");
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .contains("install orders: orders 1.0.0\n")
                .contains("  new      routes/orders/orders.flow.yaml\n")
                .contains("connector shop: is brought, version 1.2.0, reaches shop.example.com\n")
                .contains(
                        "instance shop (The shop): is made, connectors/shop/instances/shop.yaml, whose credentials need read\n")
                .contains("secrets: SHOP_KEY\n");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();

        Said said = shop.say("install", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("Installed, 1 test of it passed. Its flows are drafts");
        assertThat(shop.text("routes/orders/orders.flow.yaml")).contains("status: draft");
        assertThat(shop.text("connectors/shop/connector.yaml")).contains("version: 1.2.0");
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "check").code())
                .isZero();
        assertThat(shop.say("list").out()).contains("orders     1.0.0    Orders of the shop  orders 1.0.0\n");
    }

    @Test
    void answersUnderAWordThatIsNoneAreRefused() throws IOException {
        shop.file("slip.json", "{ \"answer\": { \"currency\": \"EUR\" } }");
        shop.file("list.json", "{ \"answers\": { \"currency\": [ \"EUR\" ] } }");
        shop.file("text.json", "\"EUR\"");

        assertThat(shop.say("install", "orders", "--answers", "slip.json").err())
                .contains("slip.json has a key 'answer', which is none; known here: answers, instances, secrets");
        assertThat(shop.say("install", "orders", "--answers", "list.json").err())
                .contains("list.json: 'answers' must be an object of texts");
        assertThat(shop.say("install", "orders", "--answers", "text.json").err())
                .contains("text.json: this is no object");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();
    }

    @Test
    void aSecondInstallWorksBesideTheFirst() throws IOException {
        assertThat(shop.say("install", "orders").code()).isZero();

        Said again = shop.say("install", "orders");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("there is an install 'orders' already");

        Said beside = shop.say(
                "install", "orders", "--as", "eu", "--instance", "shop=shop-eu", "--secret", "SHOP_KEY=SHOP_EU");
        assertThat(beside.code()).as(beside.toString()).isZero();
        assertThat(beside.out())
                .contains(
                        "flow orders is eu-orders\n",
                        "table ways is eu-ways\n",
                        "instance shop is shop-eu\n",
                        "secret SHOP_KEY is SHOP_EU\n",
                        "secrets: SHOP_EU\n");
        assertThat(shop.text("connectors/shop/instances/shop-eu.yaml")).contains("'${secret.SHOP_EU}'");
        assertThat(folder.resolve("home/routes/eu/tables/eu-ways.csv")).exists();
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "test").out()).contains("2 tests, 0 failed");
    }

    @Test
    void anEnvironmentThatItBringsIsADraftAndStandsBesideThatOfAnotherInstall() throws IOException {
        shop.file("source/blueprints/orders/routes/environments/trial.yaml", """
                environment: trial
                prefix: try
                replace: { tables: { ways: ways }, variables: { currency: EUR } }
                flows: [ orders ]
                """);
        shop.say("install", "orders");
        Said second = shop.say("install", "orders", "--as", "eu");

        assertThat(second.code()).as(second.toString()).isZero();
        assertThat(second.out()).contains("environment trial is eu-trial", "prefix try is eu-try");
        assertThat(shop.text("routes/eu/environments/trial.yaml"))
                .contains(
                        "environment: eu-trial",
                        "prefix: eu-try",
                        "{ eu-ways: eu-ways }",
                        "[ eu-orders ]",
                        "status: draft");
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "check").code())
                .isZero();

        shop.edit("routes/eu/environments/trial.yaml", "status: draft", "status: active");
        assertThat(shop.say("remove", "eu").out()).contains("routes/eu/environments/trial.yaml is active");
        shop.edit("routes/eu/environments/trial.yaml", "status: active", "status: inactive");
        assertThat(shop.say("remove", "eu").code()).isZero();
        assertThat(folder.resolve("home/routes/eu")).doesNotExist();
    }

    @Test
    void writesNothingWhenATestFails() throws IOException {
        Said said = shop.say("install", "orders", "--set", "currency=EUR");

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
        shop.file(
                "home/routes/mine.flow.yaml", "flow: orders\nshapes:\n  - id: x\n    notify: { log: info, text: x }\n");

        Said said = shop.say("install", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("orders").contains("[DUPLICATE_FLOW]");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();
    }

    @Test
    void saysWhichAnswersAreWrong() {
        Said said = shop.say(
                "install", "orders", "--set", "currency=USD", "--set", "curency=EUR", "--instance", "shop=../x");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("the answer to 'currency' must be one of GBP, EUR, found 'USD'")
                .contains("the blueprint has no question 'curency', did you mean 'currency'?")
                .contains("'../x' is no name for the instance 'shop'");
        assertThat(shop.say("install", "order").err())
                .contains("there is no blueprint 'order'")
                .contains("did you mean 'orders'?");
        assertThat(shop.say("install", "orders", "--as", "../x").err()).contains("is no name for an install");
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
        assertThat(shop.text("routes/orders/orders.flow.yaml"))
                .contains("instance: shop-eu")
                .contains("currency: GBP");
    }

    @Test
    void aQuestionWithoutADefaultIsAskedAndRefusedWhenNobodyAnswers() throws IOException {
        shop.edit("../source/blueprints/orders/blueprint.yaml", ", otherwise: GBP", "");

        Said nobody = shop.say("install", "orders");
        Said somebody = Said.by(
                folder, Map.of(), "other\n1\n", "blueprint", "install", "orders", "--home=home", "--from=source");

        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("Nobody answers; say it with --set currency=ANSWER.");
        assertThat(somebody.code()).as(somebody.toString()).isZero();
        assertThat(somebody.out()).contains("There is none like that; give its number or its name.");
        assertThat(shop.text("routes/orders/orders.flow.yaml")).contains("currency: GBP");
    }

    @Test
    void takesAnswersFromAFile() throws IOException {
        shop.file(
                "answers.json", "{ \"answers\": { \"currency\": \"GBP\" }, \"instances\": { \"shop\": \"shop-uk\" } }");

        Said said = shop.say(
                "install", "orders", "--answers", folder.resolve("answers.json").toString());

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(shop.text("routes/orders/orders.flow.yaml")).contains("instance: shop-uk");
    }

    @Test
    void anUpgradeKeepsWhatWasChangedHere() throws IOException {
        shop.say("install", "orders");
        shop.edit("routes/orders/orders.flow.yaml", "status: draft", "status: active");
        shop.edit("routes/orders/orders.flow.yaml", "text: done", "text: all done");
        shop.blueprint(
                "1.1.0",
                ShopBlueprint.FLOW.replace("id: pull", "id: pull\n    retries: { count: 3 }"),
                ShopBlueprint.TEST,
                "country,way\nGB,DHL\nFR,GLS\n");

        Said said = shop.say("upgrade", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out())
                .contains("upgrade orders: orders 1.0.0 → 1.1.0\n")
                .contains("  changed  routes/orders/orders.flow.yaml (with what was changed here)\n")
                .contains("  changed  routes/orders/tables/ways.csv\n");
        assertThat(shop.text("routes/orders/orders.flow.yaml"))
                .contains("status: active", "text: all done", "retries: { count: 3 }");
        assertThat(shop.text("routes/orders/tables/ways.csv")).contains("FR,GLS");
        assertThat(shop.say("upgrade", "orders").out())
                .contains("orders 1.1.0 → 1.1.0\n")
                .doesNotContain("  changed");
    }

    @Test
    void aConflictIsShownAndNothingChangedUntilASideIsChosen() throws IOException {
        shop.say("install", "orders");
        shop.edit("routes/orders/tables/ways.csv", "GB,DHL", "GB,Royal Mail");
        shop.edit("routes/orders/orders.test.yaml", "by: DHL", "by: Royal Mail");
        shop.blueprint(
                "1.1.0", ShopBlueprint.FLOW, ShopBlueprint.TEST.replace("by: DHL", "by: UPS"), "country,way\nGB,UPS\n");

        Said said = shop.say("upgrade", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("  conflict routes/orders/tables/ways.csv (changed here and by the new version)\n")
                .contains("      was    GB,DHL\n      mine   GB,Royal Mail\n      theirs GB,UPS\n")
                .contains("--keep mine or --keep theirs");
        assertThat(shop.text("routes/orders/tables/ways.csv")).contains("Royal Mail");
        assertThat(shop.say("list").out()).contains("orders 1.0.0 (update)\n");

        assertThat(shop.say("upgrade", "orders", "--keep", "theirs").code()).isZero();
        assertThat(shop.text("routes/orders/tables/ways.csv")).contains("GB,UPS");
    }

    @Test
    void anOlderVersionIsNoUpgrade() throws IOException {
        shop.say("install", "orders");
        shop.blueprint("0.9.0", ShopBlueprint.FLOW, ShopBlueprint.TEST, "country,way\nGB,DHL\n");

        assertThat(shop.say("upgrade", "orders").err()).contains("has version 0.9.0, older than the installed 1.0.0");
    }

    @Test
    void aRemovalTakesWhatNothingElseUses() throws IOException {
        shop.say("install", "orders");
        shop.say("install", "orders", "--as", "eu");
        shop.edit("routes/orders/orders.flow.yaml", "status: draft", "status: active");

        assertThat(shop.say("remove", "orders").out()).contains("routes/orders/orders.flow.yaml is active");
        shop.edit("routes/orders/orders.flow.yaml", "status: active", "status: inactive");
        Said said = shop.say("remove", "orders");

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("  kept     connectors/shop/instances/shop.yaml (something else uses it)\n");
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();
        assertThat(folder.resolve("home/connectors/shop/connector.yaml")).exists();
        assertThat(Said.by(folder.resolve("home"), Map.of(), "", "test").out()).contains("1 test, 0 failed");
    }

    @Test
    void connectorsStayWhenARuntimeKeepsInstancesOrCannotBeLookedInto() throws Exception {
        Path data = Files.createDirectories(folder.resolve("home/data"));
        String url = "jdbc:h2:file:" + data.resolve("patchbay");
        shop.say("install", "orders");
        try (Connection store = DriverManager.getConnection(url, "sa", "")) {
            store.createStatement().execute("create table stored_instance (name varchar(100) primary key)");
        }
        assertThat(shop.say("remove", "orders").out()).as("it keeps none").contains("gone     connectors/shop/ 1 file");
        shop.say("install", "orders");
        try (Connection store = DriverManager.getConnection(url, "sa", "")) {
            store.createStatement().execute("insert into stored_instance values ('shop-kept')");
        }
        try (FileChannel file = FileChannel.open(data.resolve("patchbay.mv.db"), StandardOpenOption.WRITE)) {
            file.lock();
            Said locked = shop.say("remove", "orders");
            assertThat(locked.code()).as(locked.toString()).isZero();
            assertThat(locked.out())
                    .contains("its database cannot be opened (a runtime has it open)", "--url", "--connectors");
        }
        assertThat(folder.resolve("home/connectors/shop/connector.yaml")).exists();
        assertThat(folder.resolve("home/routes/orders")).doesNotExist();

        shop.say("install", "orders");
        FileSystemUtils.deleteRecursively(folder.resolve("home/connectors/shop"));
        shop.say("remove", "orders");
        shop.say("install", "orders");
        Said keeps = shop.say("remove", "orders");
        assertThat(keeps.out())
                .contains("an instance that a runtime keeps may use it", "the runtime keeps instances", "(shop-kept)");
        assertThat(folder.resolve("home/connectors/shop/connector.yaml")).exists();

        FileSystemUtils.deleteRecursively(folder.resolve("home/connectors/shop"));
        shop.say("install", "orders");
        assertThat(shop.say("remove", "orders", "--connectors").code()).isZero();
        assertThat(folder.resolve("home/connectors/shop/connector.yaml")).doesNotExist();
    }

    @Test
    void aRemovalThatAnotherFlowNeedsIsRefused() throws IOException {
        shop.say("install", "orders");
        shop.file("home/routes/mine.flow.yaml", """
                flow: mine
                shapes:
                  - id: x
                    map: { fields: [ { to: by, from: country, then: [ { lookup: { table: ways } } ] } ] }
                """);

        Said said = shop.say("remove", "orders");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("nothing was changed")
                .contains("routes/mine.flow.yaml:4:")
                .contains("ways");
        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
    }

    @Test
    void whatWasChangedStaysUnlessItIsSaid() throws IOException {
        shop.say("install", "orders");
        shop.edit("routes/orders/tables/ways.csv", "GB,DHL", "GB,Royal Mail");

        Said said = shop.say("remove", "orders");
        assertThat(said.out())
                .contains("  kept     routes/orders/tables/ways.csv (it was changed here; --changed takes it, too)\n");
        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
        assertThat(folder.resolve("home/connectors/shop")).doesNotExist();
    }

    @Test
    void aLineOfStatusInATableIsAChangeAsAnyOther() throws IOException {
        shop.say("install", "orders");
        shop.edit("routes/orders/tables/ways.csv", "GB,DHL\n", "GB,DHL\nstatus: x\n");
        shop.edit("routes/orders/orders.flow.yaml", "status: draft", "status: inactive");

        shop.say("remove", "orders");

        assertThat(folder.resolve("home/routes/orders/tables/ways.csv")).exists();
        assertThat(folder.resolve("home/routes/orders/orders.flow.yaml")).doesNotExist();
    }
}
