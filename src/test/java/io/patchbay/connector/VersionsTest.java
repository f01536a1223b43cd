package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several versions of a connector in one home: which one an instance and a flow get, and what is said of pins. */
class VersionsTest {

    private static final Location PIN = new Location("routes/f.flow.yaml", 4, 40);

    @TempDir
    Path home;

    private Catalog catalog = Catalog.EMPTY;

    @BeforeEach
    void twoVersions() throws IOException {
        write("shop/connector.yaml", shop("2.0.0", "new", "host: {}, region: {default: eu}"));
        write("shop/versions/1.4.0/connector.yaml", shop("1.4.0", "old", "host: {}"));
        write("shop/instances/one.yaml", "{instance: one, connector: shop, settings: {host: shop.example.com}}");
        write("shop/instances/two.yaml", "{instance: two, connector: shop@1, settings: {host: shop.example.com}}");
    }

    private static String shop(String version, String endpoint, String settings) {
        return """
                connector: shop
                version: %s
                settings: {properties: {%s}}
                auth: {none: {type: none}}
                requester: {baseUrl: 'https://${settings.host}'}
                endpoints:
                  %s.list: {kind: read, method: GET, path: /items}
                """.formatted(version, settings, endpoint);
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("connectors").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> read() {
        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), catalog);
        catalog = reading.catalog();
        return reading.problems().values().stream()
                .flatMap(List::stream)
                .map(Problem::toString)
                .toList();
    }

    private String version(String instance) {
        return catalog.instance(instance).connector().version().toString();
    }

    private String pinned(String instance, String pin) {
        Problems problems = new Problems();
        Instance found = catalog.pinned(instance, pin, PIN, problems);
        return (found == null ? "" : found.connector().version() + " ") + problems;
    }

    @Test
    void anInstanceHasTheNewestVersionThatFitsItsPin() {
        assertThat(read()).isEmpty();

        assertThat(version("one")).isEqualTo("2.0.0");
        assertThat(version("two")).isEqualTo("1.4.0");
        assertThat(catalog.endpoints("two")).containsExactly("old.list");
    }

    @Test
    void aFlowsPinGoesBeforeThatOfTheInstance() {
        read();

        assertThat(pinned("one", "shop@1")).isEqualTo("1.4.0 ");
        assertThat(pinned("one", "shop@1.4.0")).isEqualTo("1.4.0 ");
        assertThat(pinned("two", "shop@2")).isEqualTo("2.0.0 ");
        assertThat(pinned("two", "shop")).isEqualTo("2.0.0 ");
    }

    @Test
    void oneUpdateReachesAllInstancesButThoseWithAPin() throws Exception {
        write("shop/instances/three.yaml", "{instance: three, connector: shop, settings: {host: three.example.com}}");
        read();
        write("shop/connector.yaml", shop("2.1.0", "newer", "host: {}"));

        assertThat(read()).isEmpty();

        assertThat(version("one")).isEqualTo("2.1.0");
        assertThat(version("three")).isEqualTo("2.1.0");
        assertThat(catalog.endpoints("three")).containsExactly("newer.list");
        assertThat(version("two")).isEqualTo("1.4.0");
    }

    @Test
    void aPinThatNothingFitsListsTheVersionsThatAreThere() throws Exception {
        write("shop/instances/two.yaml", "{instance: two, connector: shop@3, settings: {host: shop.example.com}}");

        assertThat(read())
                .singleElement()
                .asString()
                .startsWith("connectors/shop/instances/two.yaml:1:28: no version of connector 'shop' fits 'shop@3'"
                        + " [UNKNOWN_VERSION]")
                .contains("there are 1.4.0, 2.0.0");
        assertThat(pinned("one", "shop@1.3.0"))
                .startsWith("routes/f.flow.yaml:4:40: no version of connector 'shop' fits 'shop@1.3.0'")
                .contains("there are 1.4.0, 2.0.0");
    }

    @Test
    void aPinOfAnotherFormOrAnotherConnectorSaysWhatToWrite() {
        read();

        assertThat(pinned("one", "shop@1.4"))
                .contains("must be like my-shop, my-shop@2 or my-shop@2.3.0", "write shop@2.0.0");
        assertThat(pinned("one", "store@1"))
                .contains("instance 'one' is one of connector 'shop', not of 'store'", "write shop@1");
    }

    @Test
    void twoFilesOfOneVersionAreAProblemAtTheLine() throws Exception {
        write("shop/connector.yaml", shop("1.4.0", "new", "host: {}"));

        assertThat(read())
                .singleElement()
                .asString()
                .startsWith(
                        "connectors/shop/versions/1.4.0/connector.yaml:2:10: version 1.4.0 of connector 'shop' stands in"
                                + " connectors/shop/connector.yaml too [DUPLICATE_VERSION]");
        assertThat(catalog.endpoints("two")).containsExactly("new.list");
    }

    @Test
    void aFolderIsCalledAsItsVersion() throws Exception {
        write("shop/versions/1.4.0/connector.yaml", shop("1.5.0", "old", "host: {}"));

        assertThat(read())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(
                                "connectors/shop/versions/1.4.0/connector.yaml:2:10: version 1.5.0 stands in the folder"
                                        + " 'versions/1.4.0' [WRONG_FOLDER]"));
    }

    @Test
    void instancesInTheFolderOfAVersionAreNotRead() throws Exception {
        write(
                "shop/versions/1.4.0/instances/x.yaml",
                "{instance: x, connector: shop, settings: {host: h.example.com}}");

        assertThat(read())
                .singleElement()
                .asString()
                .contains("1.4.0/instances/x.yaml", "[NOT_HERE]", "beside versions/");
    }

    @Test
    void scriptsAndSchemasOfAVersionAreItsOwn() throws Exception {
        String paged = shop("1.4.0", "old", "host: {}")
                .replace(
                        "path: /items}",
                        "path: /items, recordSelector: {path: '$.items[*]'}, paginator: {type: script, script: ./next.js}}");
        write("shop/versions/1.4.0/connector.yaml", paged);
        write("shop/versions/1.4.0/next.js", "function next(page) { return null }");

        assertThat(read()).isEmpty();
        String before = catalog.instance("two").connector().hash();
        write("shop/versions/1.4.0/next.js", "function next(page) { return {} }");
        read();

        assertThat(catalog.instance("two").connector().hash()).isNotEqualTo(before);
    }

    @Test
    void anInstanceMayGiveSettingsOfAllVersionsAndAPinThatLacksSomeSaysWhich() throws Exception {
        write("shop/connector.yaml", shop("2.0.0", "new", "host: {}, region: {}"));

        assertThat(read())
                .singleElement()
                .asString()
                .contains("instances/one.yaml", "needs the setting 'region' of connector 'shop'");
        assertThat(pinned("two", "shop@2"))
                .contains("instance 'two' does not fit shop@2.0.0: instance needs the setting 'region'")
                .contains("in connectors/shop/instances/two.yaml:1:46: add under settings: region");
        write(
                "shop/instances/two.yaml",
                "{instance: two, connector: shop@1, settings: {host: shop.example.com, region: uk}}");

        assertThat(read()).noneMatch(problem -> problem.contains("two.yaml"));
        assertThat(pinned("two", "shop@2")).isEqualTo("2.0.0 ");
        assertThat(version("two")).isEqualTo("1.4.0");
    }

    @Test
    void aSecretOfAnyVersionStandsInNoFile() throws Exception {
        write(
                "shop/versions/1.4.0/connector.yaml",
                shop("1.4.0", "old", "host: {}, key: {required: false}")
                        .replace("}}\nauth", "}, secrets: [key]}\nauth"));
        write(
                "shop/instances/one.yaml",
                "{instance: one, connector: shop, settings: {host: h.example.com, key: s3cr3t-v1}}");

        assertThat(read())
                .singleElement()
                .asString()
                .contains("instances/one.yaml", "[LITERAL_SECRET]")
                .doesNotContain("s3cr3t-v1");
    }

    @Test
    void whatFilesHeldBeforeGoesOnForPinsAlone() throws Exception {
        read();
        Files.delete(home.resolve("connectors/shop/versions/1.4.0/connector.yaml"));

        assertThat(read())
                .singleElement()
                .asString()
                .startsWith(
                        "connectors/shop/instances/two.yaml:1:28: warning: no file holds a version that fits 'shop@1' any more;"
                                + " 1.4.0 was kept and goes on [KEPT_VERSION]")
                .contains("connectors/shop/versions/1.4.0/");
        assertThat(version("two")).isEqualTo("1.4.0");
        assertThat(pinned("one", "shop@1")).startsWith("1.4.0 ").contains("[KEPT_VERSION]");
        assertThat(pinned("one", "shop")).isEqualTo("2.0.0 ");
    }

    @Test
    void aStepBackIsTakenAsAnyUpdate() throws Exception {
        read();
        write("shop/connector.yaml", shop("1.5.0", "back", "host: {}"));

        assertThat(read()).isEmpty();

        assertThat(version("one")).isEqualTo("1.5.0");
        assertThat(version("two")).isEqualTo("1.5.0");
    }

    @Test
    void whatIsKeptIsBoundedAndTheNewestOfEachMajorStaysLongest() throws Exception {
        read();
        Files.delete(home.resolve("connectors/shop/versions/1.4.0/connector.yaml"));
        for (int minor = 1; minor < 40; minor++) {
            write("shop/connector.yaml", shop("2." + minor + ".0", "new", "host: {}"));
            read();
        }

        assertThat(catalog.versions().of("shop")).hasSize(21);
        assertThat(version("two")).isEqualTo("1.4.0");
        assertThat(pinned("one", "shop@2.1.0")).contains("[UNKNOWN_VERSION]");
    }

    @Test
    void aConnectorWhoseFolderIsGoneIsNotKept() throws Exception {
        read();
        Files.delete(home.resolve("connectors/shop/connector.yaml"));
        Files.delete(home.resolve("connectors/shop/versions/1.4.0/connector.yaml"));

        read();

        assertThat(catalog.instanceNames()).isEmpty();
        assertThat(catalog.connectors()).isEmpty();
    }
}
