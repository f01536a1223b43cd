package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors that are had by themselves, and which connector a blueprint was made with. */
class LoneConnectorTest {

    private static final Answers NONE = new Answers(Map.of(), Map.of(), Map.of());

    private static final String SHOP = """
            connector: shop
            version: %s
            title: Shop
            docsUrl: https://docs.shop.example.org/api
            auth:
              open: { type: none }
            requester: { baseUrl: 'https://api.shop.example.net' }
            endpoints:
              orders.list:
                kind: read
                method: GET
                path: /orders
                response: { format: json }
            """;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void fill() throws IOException {
        bench = new Bench(folder);
        connector(bench.source(), "1.0.0");
    }

    private static void connector(Path root, String version) throws IOException {
        Bench.write(root.resolve("connectors/shop/connector.yaml"), SHOP.formatted(version));
        Bench.write(root.resolve("connectors/shop/instances/mine.yaml"), "instance: mine\nconnector: shop\n");
    }

    @Test
    void oneIsPlannedInstalledUpgradedAndRemovedAsABlueprintIs() throws Exception {
        Plan plan = bench.blueprints().planInstall("connector-shop", null, NONE);
        assertThat(plan.obstacles()).isEmpty();
        assertThat(plan.hosts()).containsExactly("api.shop.example.net");
        assertThat(plan.needs())
                .containsExactly("connector shop: is brought, version 1.0.0, reaches api.shop.example.net");
        bench.blueprints().carryOut(plan);
        assertThat(bench.files()).containsOnlyKeys("connectors/shop/connector.yaml");

        Path mine = bench.home().resolve("connectors/shop/connector.yaml");
        Files.writeString(mine, Files.readString(mine).replace("path: /orders", "path: /v2/orders"));
        connector(bench.source(), "1.1.0");
        bench.blueprints().carryOut(bench.blueprints().planUpgrade("connector-shop", NONE, null, null));
        assertThat(mine).content().contains("version: 1.1.0", "path: /v2/orders");

        bench.blueprints().carryOut(bench.blueprints().planRemoval("connector-shop", true));
        assertThat(bench.files()).isEmpty();
    }

    @Test
    void oneThatTheHomeHasOfItsOwnIsNotReplaced() throws Exception {
        connector(bench.home(), "0.9.0");

        assertThat(bench.blueprints().planInstall("connector-shop", null, NONE).obstacles())
                .anyMatch(one -> one.contains("connector 'shop' is there already, version 0.9.0")
                        && one.contains("but for its instances/"))
                .hasSize(1);
        assertThatThrownBy(() -> bench.blueprints().planInstall("connector-shop", "uk", NONE))
                .hasMessageContaining("without --as");
    }

    @Test
    void oneThatInstancesUseIsNotRemoved() throws Exception {
        bench.blueprints().carryOut(bench.blueprints().planInstall("connector-shop", null, NONE));

        Plan beside = bench.blueprints()
                .planRemoval("connector-shop", false, KeptInstances.of(Map.of("kept", "shop", "other", "till")));
        assertThat(beside.obstacles())
                .containsExactly("connector 'shop' is used by the instance 'kept': delete these first");

        Bench.write(bench.home().resolve("connectors/shop/instances/uk.yaml"), "instance: uk\nconnector: shop\n");
        Plan plan = bench.blueprints().planRemoval("connector-shop", false);
        assertThat(plan.obstacles())
                .containsExactly("connector 'shop' is used by connectors/shop/instances/uk.yaml: delete these first");
        assertThatThrownBy(() -> bench.blueprints().carryOut(plan)).isInstanceOf(BlueprintException.class);
        assertThat(bench.blueprints().installed()).extracting(Install::name).containsExactly("connector-shop");
    }

    @Test
    void aConnectorThatABlueprintBroughtStaysForInstancesOfTheProgram() throws Exception {
        blueprint("1.0.0");
        bench.blueprints().carryOut(bench.blueprints().planInstall("orders", null, NONE));

        bench.blueprints()
                .carryOut(bench.blueprints().planRemoval("orders", false, KeptInstances.of(Map.of("kept", "shop"))));

        assertThat(bench.files()).containsOnlyKeys("connectors/shop/connector.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectors/shop/Notes for Bob.txt", "connectors/shop/connector.yaml~"})
    void anOddFileBesideTheHomesConnectorIsInTheWayOfNoBlueprint(String odd) throws Exception {
        connector(bench.home(), "1.0.0");
        Bench.write(bench.home().resolve(odd), "x");
        blueprint("1.0.0");
        assertThat(bench.blueprints().planInstall("orders", null, NONE).needs())
                .containsExactly("connector shop: there, version 1.0.0");

        assertThat(of(unpacked()).planInstall("orders", null, NONE).needs())
                .containsExactly(
                        "connector shop: there, version 1.0.0; its files are not those that the blueprint was made with");
    }

    @Test
    void aFolderWithBlueprintsDoesNotListThemAndAHomeDoesNotOfferItsOwn() throws Exception {
        assertThat(bench.blueprints().offered())
                .extracting(Blueprints.Offered::id)
                .containsExactly("connector-shop");

        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        assertThat(bench.blueprints().offered())
                .extracting(Blueprints.Offered::id)
                .containsExactly("orders");
        assertThat(bench.blueprints().show("connector-shop").title()).isEqualTo("Connector Shop");

        connector(bench.home(), "1.0.0");
        Files.delete(bench.source().resolve("connectors/shop/connector.yaml"));
        assertThatThrownBy(() -> bench.blueprints().show("connector-shop"))
                .hasMessageContaining("there is no blueprint 'connector-shop'");
    }

    @Test
    void noBlueprintIsCalledAsOne() throws Exception {
        blueprint("1.0.0");
        assertThatThrownBy(() -> bench.blueprints().planInstall("orders", "connector-orders", NONE))
                .hasMessageContaining("'connector-orders' is no name for an install of a blueprint");
        assertThatThrownBy(() -> bench.blueprints().make("connector-orders", "Orders", List.of("orders")))
                .hasMessageContaining("'connector-orders' is no id of a blueprint");

        Path called = bench.source().resolve("blueprints/connector-shop");
        Files.move(bench.blueprint(), called);
        Path manifest = called.resolve("blueprint.yaml");
        Files.writeString(
                manifest, Files.readString(manifest).replace("blueprint: orders", "blueprint: connector-shop"));
        assertThatThrownBy(() -> bench.blueprints().planInstall("connector-shop", null, NONE))
                .hasMessageContaining("blueprint.yaml:1")
                .hasMessageContaining("names that begin with 'connector-' are those of connectors by themselves");
    }

    @Test
    void oneThatIsNotRightIsToldWithWhatIsWrong() throws Exception {
        Bench.write(bench.source().resolve("connectors/shop/connector.yaml"), "connector: till\nversion: one\n");

        assertThatThrownBy(() -> bench.blueprints().planInstall("connector-shop", null, NONE))
                .hasMessageContaining("connectors/shop/connector.yaml")
                .hasMessageContaining("'connector' must be 'shop'")
                .hasMessageContaining("'version' must be three numbers");
    }

    @Test
    void aCatalogueHasConnectorsBesideBlueprints() throws Exception {
        try (Shelf shelf = new Shelf(Files.createDirectory(folder.resolve("shelf")))) {
            connector(shelf.bench().source(), "1.2.0");
            Files.write(
                    shelf.published().resolve("shop-1.2.0.zip"),
                    shelf.bench().blueprints().packConnector("shop"));
            shelf.publish("1.0.0");
            shelf.byFolder();

            Catalogues catalogues = shelf.catalogues(Signer.key());
            assertThat(catalogues.read("ours", Duration.ZERO).entries())
                    .extracting(Catalogues.Entry::id, Catalogues.Entry::version)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("connector-shop", "1.2.0"),
                            org.assertj.core.groups.Tuple.tuple("orders", "1.0.0"));
            Path opened = catalogues.open("ours", "connector-shop", Duration.ZERO);
            assertThat(opened.resolve("connectors/shop/connector.yaml")).exists();
            assertThat(opened.resolve("connectors/shop/instances")).doesNotExist();
        }
    }

    @Test
    void anArchiveHoldsABlueprintToTheFilesOfTheConnectorsThatItWasMadeWith() throws Exception {
        blueprint("1.0.0");
        Path packed = unpacked();
        assertThat(packed.resolve("blueprints/orders/blueprint.yaml"))
                .content()
                .containsPattern("shop: ['\"]?1\\.0\\.0 sha256:[0-9a-f]{64}");
        Blueprints there = of(packed);
        assertThat(there.planInstall("orders", null, NONE).obstacles()).isEmpty();
        assertThat(Blueprints.offeredBy(packed))
                .singleElement()
                .satisfies(one -> assertThat(one.problems()).isEmpty());

        Bench.write(packed.resolve("connectors/shop/connector.yaml"), SHOP.formatted("1.0.0") + "# changed\n");
        assertThat(there.planInstall("orders", null, NONE).obstacles())
                .anyMatch(one -> one.contains("connector 'shop' that comes with it has other files"));
        assertThat(Blueprints.offeredBy(packed))
                .singleElement()
                .satisfies(one -> assertThat(one.problems())
                        .singleElement()
                        .asString()
                        .startsWith("connector 'shop' has other files than blueprint.yaml says (1.0.0 sha256:"));

        connector(bench.home(), "1.0.0");
        assertThat(there.planInstall("orders", null, NONE).needs())
                .containsExactly("connector shop: there, version 1.0.0");
        Bench.write(bench.home().resolve("connectors/shop/connector.yaml"), SHOP.formatted("1.0.0") + "# changed\n");
        assertThat(there.planInstall("orders", null, NONE).needs())
                .containsExactly(
                        "connector shop: there, version 1.0.0; its files are not those that the blueprint was made with");
    }

    @Test
    void whatIsPinnedToOtherFilesIsNotPackedAndNoVersionIsAProblem() throws Exception {
        blueprint("1.0.0 sha256:" + "0".repeat(64));
        assertThatThrownBy(() -> bench.blueprints().pack("orders")).hasMessageContaining("has other files than");

        blueprint("newest");
        assertThatThrownBy(() -> bench.blueprints().pack("orders"))
                .hasMessageContaining("'newest' is no version of a connector");
    }

    private void blueprint(String pin) throws IOException {
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Path manifest = bench.blueprint().resolve("blueprint.yaml");
        Files.writeString(manifest, Files.readString(manifest) + "connectors: { shop: '" + pin + "' }\n");
    }

    private Path unpacked() throws IOException {
        Path packed = Files.createDirectory(folder.resolve("packed"));
        Archive.extract(bench.blueprints().pack("orders"), packed);
        return packed;
    }

    private Blueprints of(Path source) {
        return new Blueprints(
                new io.patchbay.home.Home(bench.home()),
                List.of(source),
                java.util.Map.of(),
                new io.patchbay.store.SettableClock(),
                (home, tested) -> new Trial.Found(List.of(), 0, List.of()));
    }
}
