package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Making, packing and verifying blueprints, catalogues of them, and what was broken off, by the command line. */
class BlueprintMakerVerbsTest {

    @TempDir
    Path folder;

    private ShopBlueprint shop;

    @BeforeEach
    void write() throws IOException {
        shop = new ShopBlueprint(folder);
    }

    @Test
    void makesABlueprintOfWhatIsThereThatInstallsElsewhere() throws IOException {
        shop.say("install", "orders", "--instance", "shop=shop-uk");
        shop.file("home/routes/stores.yaml", "pools: { sent: { keep: 30d }, other: {} }\n");
        shop.edit(
                "routes/orders/orders.flow.yaml",
                "  - id: told",
                "  - id: new-ones\n    deDupe: { pool: sent, key: by, behaviour: filterAndTrack }\n  - id: told");

        Said made = shop.say("new", "my-orders", "--flow", "orders", "--title", "My orders");

        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(made.out())
                .contains("Made blueprints/my-orders. Look at it:\n")
                .contains("instance 'shop-uk' goes along as its file has it")
                .doesNotContain("[");
        assertThat(shop.text("blueprints/my-orders/blueprint.yaml"))
                .contains("shop: \"1.2.0\"", "secrets: [ SHOP_KEY ]");
        assertThat(shop.text("blueprints/my-orders/routes/stores.yaml"))
                .contains("sent")
                .doesNotContain("other");
        assertThat(shop.say("new", "my-orders", "--flow", "orders").err())
                .contains("there is blueprints/my-orders already");
        assertThat(shop.say("new", "others", "--flow", "order").err())
                .contains("there is no flow and no service 'order'");

        String packed = folder.resolve("my-orders.zip").toString();
        assertThat(shop.say("pack", "my-orders", "--to", packed).code()).isZero();
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
    void aServiceGoesAlongWithItsTests() throws IOException {
        for (String one : List.of("routes/services", "connectors/sandbox-shop", "connectors/sftp")) {
            Path to = folder.resolve("home").resolve(one);
            Files.createDirectories(to.getParent());
            FileSystemUtils.copyRecursively(Path.of(one), to);
        }

        Said made = shop.catalogued("new", "accounts", "--flow", "orders-for-accounts");

        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(shop.text("blueprints/accounts/routes/orders-for-accounts.service.yaml"))
                .contains("service: orders-for-accounts", "status: draft");
        assertThat(folder.resolve("home/blueprints/accounts/routes/orders-for-accounts.test.yaml"))
                .exists();
        Files.createDirectories(folder.resolve("elsewhere/routes"));
        Said there = Said.by(
                folder,
                Map.of(),
                "",
                "blueprint",
                "install",
                "accounts",
                "--as=uk",
                "--home=" + folder.resolve("elsewhere"),
                "--from=" + folder.resolve("home"));
        assertThat(there.code()).as(there.toString()).isZero();
        assertThat(there.out()).contains("is uk-orders-for-accounts\n", "tests of it passed.");
    }

    @Test
    void aConnectorIsTakenFromAnotherFolderThatIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("shared"));
        Files.move(folder.resolve("source/connectors"), folder.resolve("shared/connectors"));
        String shared = folder.resolve("shared").toString();
        String packed = folder.resolve("orders.zip").toString();
        assertThat(shop.say("install", "orders").out()).contains("name with --from a folder that has it");
        assertThat(shop.say("pack", "orders", "--to", packed).err()).contains("name with --from a folder that has it");

        assertThat(shop.say("pack", "orders", "--to", packed, "--from", shared).code())
                .isZero();
        Said said = shop.say("install", "orders", "--from", shared);

        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(shop.text("connectors/shop/connector.yaml")).contains("version: 1.2.0");
        assertThat(shop.catalogued("verify", packed, "--unsigned").code()).isZero();
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidWithoutTheWordsOfAProgrammer() {
        Said nowhere =
                shop.say("pack", "orders", "--to", folder.resolve("none/x.zip").toString());

        assertThat(nowhere.err())
                .contains("none/x.zip cannot be read or written: it is not there, or its folder is not.")
                .doesNotContain("Exception");
    }

    @Test
    void aCatalogueIsMadeListedAndInstalledFrom() throws IOException {
        Path shelf = Files.createDirectory(folder.resolve("shelf"));
        assertThat(shop.say(
                                "pack",
                                "orders",
                                "--to",
                                shelf.resolve("orders.zip").toString())
                        .code())
                .isZero();
        Said made = Said.by(folder, Map.of(), "", "blueprint", "catalogue", "shelf");
        assertThat(made.out()).isEqualTo("orders 1.0.0\nSign it: minisign -Sm shelf/catalogue.json\n");
        shop.file("home/blueprints/catalogues.yaml", "catalogues: { ours: { folder: ../shelf } }\n");

        assertThat(shop.catalogued("list").out()).contains("catalogue 'ours': it has no signature beside it");
        assertThat(shop.catalogued("list", "--unsigned").out())
                .contains("blueprint  version  title               catalogue  installed\n")
                .contains("orders     1.0.0    Orders of the shop  ours\n");
        Said installed = shop.catalogued("install", "orders", "--from", "ours", "--unsigned");
        assertThat(installed.code()).as(installed.toString()).isZero();
        assertThat(shop.text("connectors/shop/connector.yaml")).contains("version: 1.2.0");

        shop.blueprint("1.1.0", ShopBlueprint.FLOW, ShopBlueprint.TEST, "country,way\nGB,DHL\nFR,GLS\n");
        shop.say("pack", "orders", "--to", shelf.resolve("orders-new.zip").toString());
        Said.by(folder, Map.of(), "", "blueprint", "catalogue", "shelf");
        assertThat(shop.catalogued("list", "--unsigned", "--offline").out()).doesNotContain("(update)");
        assertThat(shop.catalogued("list", "--unsigned").out()).contains("orders 1.0.0 (update)");
        Said upgraded = shop.catalogued("upgrade", "orders", "--unsigned");
        assertThat(upgraded.code()).as(upgraded.toString()).isZero();
        assertThat(upgraded.out()).contains("  from the catalogue 'ours' (../shelf), not signed\n");
        assertThat(shop.catalogued("list", "--unsigned").out())
                .contains("orders   the catalogue 'ours' (../shelf)  nobody\n");
        assertThat(shop.catalogued("show", "orders", "--from", "ours", "--unsigned")
                        .out())
                .contains("installed: orders 1.1.0, from the catalogue 'ours' (../shelf), not signed\n");
        assertThat(shop.text("routes/orders/tables/ways.csv")).contains("FR,GLS");
        assertThat(shop.catalogued("install", "order", "--from", "ours", "--unsigned")
                        .err())
                .contains("the catalogue 'ours' has no blueprint 'order'");
    }

    @Test
    void anArchiveIsVerifiedWithItsTests() throws IOException {
        String packed = folder.resolve("orders.zip").toString();
        shop.say("pack", "orders", "--to", packed);
        assertThat(shop.catalogued("verify", packed, "--unsigned").out()).isEqualTo("signed by nobody\norders 1.0.0\n");
        Said good = shop.catalogued("verify", packed, "--unsigned", "--tests");
        assertThat(good.code()).as(good.toString()).isZero();
        assertThat(good.out()).isEqualTo("signed by nobody\norders 1.0.0, 1 test ran\n");

        shop.blueprint(
                "1.1.0", ShopBlueprint.FLOW, ShopBlueprint.TEST.replace("by: DHL", "by: UPS"), "country,way\nGB,DHL\n");
        shop.say("pack", "orders", "--to", packed);
        Said bad = shop.catalogued("verify", packed, "--unsigned", "--tests");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).contains("a test fails: routes/orders.test.yaml, an order goes its way: ");
    }

    @Test
    void whatWasBrokenOffIsFinishedOrGivenUp() throws IOException {
        assertThat(shop.catalogued("recover").out()).isEqualTo("Nothing was broken off.\n");
        shop.file("home/blueprints/.pending/files/routes/a.csv", "a\n");
        assertThat(shop.catalogued("recover").out()).isEqualTo("  routes/a.csv\nFinished.\n");
        assertThat(shop.text("routes/a.csv")).isEqualTo("a\n");

        shop.file("home/blueprints/.pending/files/routes/b.csv", "b\n");
        assertThat(shop.catalogued("recover", "--forget").out()).contains("  routes/b.csv\nGiven up.");
        assertThat(folder.resolve("home/routes/b.csv")).doesNotExist();
        assertThat(folder.resolve("home/blueprints/.pending")).doesNotExist();
    }
}
