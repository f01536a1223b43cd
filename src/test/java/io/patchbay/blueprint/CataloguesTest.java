package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Catalogues of a folder, and of a real server by HTTPS. */
class CataloguesTest {

    private static final Duration ANY = Duration.ofDays(10_000);

    @TempDir
    Path folder;

    @AutoClose
    private Shelf shelf;

    @BeforeEach
    void open() throws Exception {
        shelf = new Shelf(folder);
    }

    @Test
    void aFolderHasOne() throws Exception {
        shelf.byFolder();

        Catalogues.Read read = shelf.catalogues(Signer.key()).read("ours", Duration.ZERO);

        assertThat(read.trouble()).isEmpty();
        assertThat(read.signer()).isEqualTo("0807060504030201");
        assertThat(read.entries())
                .containsExactly(new Catalogues.Entry("ours", "orders", "1.0.0", "Orders", List.of(), List.of()));
        Path there = shelf.catalogues(Signer.key()).open("ours", "orders", Duration.ZERO);
        assertThat(there.resolve("blueprints/orders/routes/orders.flow.yaml")).hasContent(Bench.FLOW);
    }

    @Test
    void aServerIsAskedWithTheHeaderOfItsSecret() throws Exception {
        shelf.byServer();

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).entries())
                .hasSize(1);
        shelf.catalogues(Signer.key()).open("ours", "orders", ANY);

        assertThat(shelf.asked())
                .containsExactly(
                        "/ours/catalogue.json Bearer open-sesame",
                        "/ours/catalogue.json.minisig Bearer open-sesame",
                        "/ours/orders-1.0.0.zip Bearer open-sesame");
    }

    @Test
    void noMoreIsReadThanACatalogueMayHave() throws Exception {
        shelf.byServer();
        shelf.served().put("/ours/catalogue.json", new byte[Catalogue.LARGEST + 1]);

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("more than 2000000 bytes");
        shelf.byFolder();
        Files.write(shelf.published().resolve("catalogue.json"), new byte[Catalogue.LARGEST + 1]);
        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("more than 2000000 bytes");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        shelf.byServer();
        shelf.named("{ url: '" + shelf.url("/moved/catalogue.json") + "' }");

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("answered 302: redirects are not followed");
        assertThat(shelf.asked()).hasSize(1);
    }

    @Test
    void aServerThatNobodyVouchesForIsNotAsked() throws Exception {
        shelf.byServer();
        shelf.trustsNobodyElse();

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("cannot be read: ", "patchbay.http.ca");
        assertThat(shelf.asked()).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsToldByItsName() throws Exception {
        shelf.serve();
        shelf.named(
                "{ url: '" + shelf.url("/ours/catalogue.json") + "', headers: { Authorization: '${secret.OTHER}' } }");

        assertThat(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO).trouble())
                .contains("the secret 'OTHER' of the header 'Authorization' is not set");
        assertThat(shelf.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ url: 'http://example.com/catalogue.json' }",
                "{ url: 'file:///etc/catalogue.json' }",
                "{ url: 'https://user:open-sesame@example.com/catalogue.json' }",
                "{ url: 'https://example.com/catalogue.json?token=open-sesame' }",
                "{ url: 'https://example.com/catalogue' }",
                "{ url: 'https:///catalogue.json' }",
                "{ folder: x, headers: { A: b } }",
                "{ folder: x, key: none }",
                "{ folder: '' }",
                "{ folder: \"a\\0b\" }",
                "{}"
            })
    void aPlaceThatIsNoneIsRefusedWithoutShowingIt(String yaml) throws Exception {
        shelf.named(yaml);

        assertThatThrownBy(() -> shelf.catalogues().names())
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("blueprints/catalogues.yaml:2:")
                .hasMessageNotContaining("open-sesame");
    }

    @Test
    void aFolderThatHasNoneIsToldWithWhereItIs() throws Exception {
        shelf.named("{ folder: ../nowhere }");

        assertThat(shelf.catalogues().read("ours", Duration.ZERO).trouble())
                .isEqualTo("catalogue 'ours': there is no " + folder.resolve("nowhere/catalogue.json")
                        + "; 'patchbay blueprint catalogue FOLDER' makes it of the archives there");
    }

    @Test
    void aFileOfOtherCharactersIsToldWithItsName() throws Exception {
        shelf.byFolder();
        Files.write(shelf.home().resolve("blueprints/catalogues.yaml"), new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> shelf.catalogues().names())
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("blueprints/catalogues.yaml is not UTF-8 text");
    }

    @Test
    void theReferenceShowsWhatTheSchemaTakes() throws Exception {
        String page = Files.readString(Path.of("docs/reference/blueprints.md"));
        String file = page.substring(page.indexOf("catalogues:\n"));
        Node tree = new YamlReader()
                .read("catalogues.yaml", file.substring(0, file.indexOf("```")), new Problems())
                .orElseThrow();

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Catalogues.schema())
                        .validate(Literals.json(tree)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../..", "other", ""})
    void oneThatTheFileDoesNotNameIsNotLookedFor(String name) throws Exception {
        shelf.byFolder();

        assertThatThrownBy(() -> shelf.catalogues(Signer.key()).open(name, "orders", ANY))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("there is no catalogue");
    }

    @Test
    void theListTellsOfUpdates() throws Exception {
        Blueprints blueprints = shelf.bench().blueprints();
        blueprints.carryOut(blueprints.planInstall("orders", null, new Answers(Map.of(), Map.of(), Map.of())));
        shelf.publish("1.1.0");
        FileSystemUtils.deleteRecursively(shelf.bench().blueprint());
        shelf.byFolder();

        Listing listing = Listing.of(
                shelf.bench().blueprints(),
                List.of(shelf.catalogues(Signer.key()).read("ours", Duration.ZERO)));

        assertThat(listing.lines())
                .containsExactly(new Listing.Line(
                        "orders",
                        "1.1.0",
                        "Orders",
                        List.of(),
                        "ours",
                        List.of(),
                        List.of(new Listing.Installed(
                                "orders",
                                "1.0.0",
                                true,
                                Provenance.folder(shelf.bench().source().toString()))),
                        List.of()));
    }
}
