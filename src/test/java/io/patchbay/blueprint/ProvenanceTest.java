package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Where installs came from is kept, and their upgrades come from there and from the same hands. */
class ProvenanceTest {

    private static final Answers NONE = new Answers(Map.of(), Map.of(), Map.of());
    private static final String FIRST = "0807060504030201";
    private static final String OTHER = "0909090909090909";

    @TempDir
    Path folder;

    @AutoClose
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(folder);
    }

    @Test
    void anInstallFromACatalogueKeepsItsNameAddressAndSigner() throws Exception {
        shelf.byServer();

        installFrom(Signer.key());

        String address = shelf.url("/ours/catalogue.json");
        assertThat(installed().origin()).isEqualTo(Provenance.catalogue("ours", address, FIRST));
        assertThat(Files.readString(shelf.home().resolve("blueprints/installed/orders/install.yaml")))
                .contains(address)
                .doesNotContain("open-sesame", "SHELF");
    }

    @Test
    void anUpgradeWithoutAPlaceIsLookedForWhereTheInstallCameFrom() throws Exception {
        shelf.byFolder();
        installFrom(Signer.key());
        shelf.clock().forward(Duration.ofHours(2));
        shelf.publish("1.1.0");
        FileSystemUtils.deleteRecursively(shelf.bench().blueprint());
        trust(Signer.key());

        try (Installer installer = installer()) {
            assertThat(installer.plan(upgrade(null, null)).blueprint()).isEqualTo("orders 1.0.0 → 1.1.0");
            assertThatThrownBy(() -> installer.plan(upgrade("", null))).hasMessageContaining("no blueprint 'orders'");
            shelf.named("{ folder: ../nowhere }");
            Files.writeString(shelf.home().resolve("blueprints/catalogues.yaml"), "catalogues: {}\n");
            assertThatThrownBy(() -> installer.plan(upgrade(null, null)))
                    .hasMessageContaining("there is no catalogue 'ours'")
                    .hasMessageContaining("the install came from the catalogue 'ours' (" + shelf.published() + ")");
        }
    }

    @Test
    void whatAnotherKeySignedIsOnlyTakenWhenThatKeyIsNamed() throws Exception {
        shelf.byFolder();
        installFrom(Signer.key());
        shelf.clock().forward(Duration.ofHours(2));
        shelf.publish("1.1.0");
        Path index = shelf.published().resolve("catalogue.json");
        Files.writeString(
                shelf.published().resolve("catalogue.json.minisig"),
                Signer.OTHER.signs(Files.readAllBytes(index), "file:catalogue.json"));
        trust(Signer.key());
        trust(Signer.OTHER.publicKey());

        try (Installer installer = installer()) {
            assertThat(installer.plan(upgrade(null, null)).obstacles())
                    .singleElement()
                    .asString()
                    .contains("signed by " + FIRST, "is signed by " + OTHER, "--accept-signer " + OTHER);
            assertThat(installer.plan(upgrade(null, FIRST)).obstacles())
                    .singleElement()
                    .asString()
                    .contains("accepted from '" + FIRST + "'", "signed by " + OTHER);
            assertThat(installer.plan(upgrade(null, OTHER)).possible()).isTrue();
            assertThat(installer.plan(upgrade(null, OTHER)).needs())
                    .anyMatch(need -> need.contains("what is installed came from the catalogue 'ours'"));
        }
    }

    @Test
    void whatNobodySignedDoesNotFollowOnWhatWasSigned() throws Exception {
        shelf.byFolder();
        installFrom(Signer.key());
        shelf.publish("1.1.0");
        Blueprints unsigned = shelf.bench().blueprints();

        assertThat(unsigned.planUpgrade("orders", NONE, null, null).obstacles())
                .singleElement()
                .asString()
                .contains("is not signed", "--accept-signer nobody");
        assertThatThrownBy(() -> unsigned.carryOut(unsigned.planUpgrade("orders", NONE, null, null)))
                .isInstanceOf(BlueprintException.class);
        assertThat(installed().version()).isEqualTo("1.0.0");

        unsigned.carryOut(unsigned.planUpgrade("orders", NONE, null, "nobody"));

        assertThat(installed().version()).isEqualTo("1.1.0");
        assertThat(installed().origin())
                .isEqualTo(Provenance.folder(folder.resolve("source").toString()));
    }

    @Test
    void aSignatureAfterNoneIsTakenAndKept() throws Exception {
        Blueprints plain = shelf.bench().blueprints();
        plain.carryOut(plain.planInstall("orders", null, NONE));
        shelf.publish("1.1.0");
        shelf.byFolder();
        trust(Signer.key());

        try (Installer installer = installer()) {
            Plan plan = installer.plan(upgrade("ours", null));
            assertThat(plan.possible()).isTrue();
            plain.carryOut(plan);
        }
        assertThat(installed().origin().signer()).isEqualTo(FIRST);
    }

    @Test
    void anInstallOfWhichItWasNotKeptIsUpgradedAsBefore() throws Exception {
        Blueprints plain = shelf.bench().blueprints();
        plain.carryOut(plain.planInstall("orders", null, NONE));
        Path record = shelf.home().resolve("blueprints/installed/orders/install.yaml");
        String text = Files.readString(record);
        assertThat(text).contains("from:");
        Files.writeString(record, text.replaceAll("(?m)^from:.*\\R(?:  .*\\R)*", ""));
        assertThat(installed().origin()).isNull();
        assertThat(plain.show("orders").installed()).containsExactly(new Shown.Existing("orders", "1.0.0", null));
        shelf.publish("1.1.0");

        plain.carryOut(plain.planUpgrade("orders", NONE, null, null));

        assertThat(installed().origin()).isNotNull();
    }

    private void installFrom(String key) throws Exception {
        try (Archives archives = new Archives(shelf.home(), List.of(key), false)) {
            Path opened = shelf.catalogues(archives).open("ours", "orders", Duration.ZERO);
            Blueprints blueprints = new Blueprints(
                    new Home(shelf.home()),
                    List.of(opened),
                    archives.origins(),
                    shelf.clock(),
                    (home, tested) -> new Trial.Found(List.of(), 0, List.of()));
            blueprints.carryOut(blueprints.planInstall("orders", null, NONE));
        }
    }

    private void trust(String key) throws IOException {
        Bench.write(
                shelf.home().resolve("blueprints/keys/" + Integer.toHexString(key.hashCode()) + ".pub"),
                "untrusted comment: x\n" + key + "\n");
    }

    private Install installed() throws IOException {
        return shelf.bench().blueprints().install("orders");
    }

    private Installer installer() {
        return new Installer(
                new Home(shelf.home()),
                List.of(),
                shelf.clock(),
                (home, tested) -> new Trial.Found(List.of(), 0, List.of()),
                new Catalogues.Access(name -> Optional.empty(), () -> Outbound.STRAIGHT),
                Map::of);
    }

    private static Installer.Ask upgrade(String catalogue, String accepted) {
        return new Installer.Ask(Plan.Verb.UPGRADE, "orders", null, catalogue, NONE, null, false, accepted);
    }
}
