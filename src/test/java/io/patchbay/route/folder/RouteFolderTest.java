package io.patchbay.route.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteFolderTest {

    @TempDir
    Path home;

    private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
    private final List<RouteFolder> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(RouteFolder::close);
    }

    @Test
    void handsOverEveryKindOfFileBeforeStartReturns() throws IOException {
        write("routes/a.flow.yaml", "flow: a");
        write("routes/deep/er/b.camel.yaml", "- route: {}");
        write("routes/tables/carriers.csv", "key,value");
        write("connectors/shop/connector.yaml", "connector: shop");
        write("connectors/shop/instances/shop-uk.yaml", "instance: shop-uk");
        write("routes/notes.txt", "not ours");
        write("routes/plain.csv", "not a table");

        start(home);

        assertThat(snapshots).hasSize(1);
        assertThat(snapshots.get(0).files())
                .extracting(SourceFile::path, SourceFile::kind)
                .containsExactly(
                        tuple("connectors/shop/connector.yaml", SourceKind.CONNECTOR),
                        tuple("connectors/shop/instances/shop-uk.yaml", SourceKind.INSTANCE),
                        tuple("routes/a.flow.yaml", SourceKind.FLOW),
                        tuple("routes/deep/er/b.camel.yaml", SourceKind.CAMEL),
                        tuple("routes/tables/carriers.csv", SourceKind.TABLE));
    }

    @Test
    void takesTheStoresOfEveryRoot(@TempDir Path later) throws IOException {
        Path earlier = write("routes/stores.yaml", "caches: { one: {} }");
        write("routes/deep/stores.yaml", "caches: { deep: {} }");
        start(home, later);
        assertThat(texts())
                .containsOnly(
                        Map.entry("routes/stores.yaml", "caches: { one: {} }"),
                        Map.entry("routes/deep/stores.yaml", "caches: { deep: {} }"));

        Files.createDirectories(later.resolve("routes"));
        Files.writeString(later.resolve("routes/stores.yaml"), "caches: { two: {} }");

        await().untilAsserted(() -> assertThat(texts())
                .containsOnly(
                        Map.entry("routes/stores.yaml", "caches: { two: {} }"),
                        Map.entry("routes/deep/stores.yaml", "caches: { deep: {} }"),
                        Map.entry(earlier.toString(), "caches: { one: {} }")));
    }

    @Test
    void startsEmptyWhereThereIsNoFolder() {
        start(home.resolve("nowhere"));

        assertThat(snapshots).containsExactly(new Snapshot(List.of(), List.of()));
    }

    @Test
    void takesAFileThatIsCreated() throws IOException {
        start(home);

        write("routes/a.flow.yaml", "flow: a");

        await().untilAsserted(() -> assertThat(texts()).containsEntry("routes/a.flow.yaml", "flow: a"));
    }

    @Test
    void takesAFileThatIsChanged() throws IOException {
        write("routes/a.flow.yaml", "flow: a");
        start(home);

        write("routes/a.flow.yaml", "flow: changed");

        await().untilAsserted(() -> assertThat(texts()).containsEntry("routes/a.flow.yaml", "flow: changed"));
    }

    @Test
    void takesAChangeThatLeavesSizeAndTimeAsTheyWere() throws IOException {
        Path file = write("routes/a.flow.yaml", "flow: a");
        FileTime time = Files.getLastModifiedTime(file);
        start(home);

        write("routes/a.flow.yaml", "flow: b");
        Files.setLastModifiedTime(file, time);

        await().untilAsserted(() -> assertThat(texts()).containsEntry("routes/a.flow.yaml", "flow: b"));
    }

    @Test
    void letsGoOfAFileThatIsDeleted() throws IOException {
        write("routes/a.flow.yaml", "flow: a");
        write("routes/b.flow.yaml", "flow: b");
        start(home);

        Files.delete(home.resolve("routes/a.flow.yaml"));

        await().untilAsserted(() -> assertThat(texts()).containsOnlyKeys("routes/b.flow.yaml"));
    }

    @Test
    void takesTwoHundredFilesAtOnceAsOneGeneration() throws IOException {
        start(home);
        Path staged = home.resolve("staged");
        for (int i = 0; i < 200; i++) {
            Files.createDirectories(staged);
            Files.writeString(staged.resolve("f" + i + ".flow.yaml"), "flow: f" + i);
        }

        Files.createDirectories(home.resolve("routes"));
        Files.move(staged, home.resolve("routes/all"));

        await().untilAsserted(() -> assertThat(texts()).hasSize(200));
        assertThat(snapshots).hasSize(2);
    }

    @Test
    void followsTheLinksOfAMountedConfigMap() throws IOException {
        write("routes/..v1/a.flow.yaml", "flow: one");
        write("routes/..v2/a.flow.yaml", "flow: two");
        Path data = home.resolve("routes/..data");
        Files.createSymbolicLink(data, Path.of("..v1"));
        Files.createSymbolicLink(home.resolve("routes/a.flow.yaml"), Path.of("..data/a.flow.yaml"));
        start(home);
        assertThat(texts()).containsExactly(Map.entry("routes/a.flow.yaml", "flow: one"));

        Path next = Files.createSymbolicLink(home.resolve("routes/..data_tmp"), Path.of("..v2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        await().untilAsserted(() -> assertThat(texts()).containsExactly(Map.entry("routes/a.flow.yaml", "flow: two")));
    }

    @Test
    void followsNoLinkThatLeavesItsRoot(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("x.flow.yaml"), "flow: x");
        write("routes/a.flow.yaml", "flow: a");
        Files.createSymbolicLink(home.resolve("routes/file.flow.yaml"), elsewhere.resolve("x.flow.yaml"));
        Files.createSymbolicLink(home.resolve("routes/folder"), elsewhere);

        start(home);

        assertThat(texts()).containsOnlyKeys("routes/a.flow.yaml");
        assertThat(last().problems())
                .extracting(problem -> problem.at().file(), Problem::code)
                .containsExactly(
                        tuple("routes/file.flow.yaml", "LINK_LEAVES_ROOT"), tuple("routes/folder", "LINK_LEAVES_ROOT"));
    }

    @Test
    void endsALoopOfLinks() throws IOException {
        write("routes/a/a.flow.yaml", "flow: a");
        Files.createSymbolicLink(home.resolve("routes/a/again"), home.resolve("routes"));

        start(home);

        assertThat(texts()).containsOnlyKeys("routes/a/a.flow.yaml");
    }

    @Test
    void passesOverWhatEditorsLeave() throws IOException {
        write("routes/.a.flow.yaml.swp", "x");
        write("routes/.a.flow.yaml", "x");
        write("routes/a.flow.yaml~", "x");
        write("routes/#a.flow.yaml#", "x");
        write("routes/a.flow.yaml.tmp", "x");
        write("routes/.git/a.flow.yaml", "x");

        start(home);

        assertThat(last()).isEqualTo(new Snapshot(List.of(), List.of()));
    }

    @Test
    void saysWhenAFileIsNotTakenBecauseOfItsEnding() throws IOException {
        write("routes/a.flow.yml", "flow: a");

        start(home);

        assertThat(last().problems())
                .singleElement()
                .hasToString("routes/a.flow.yml: warning: the file is not taken because of its name [NOT_TAKEN]\n"
                        + "  hint: call it 'a.flow.yaml'");
    }

    @ParameterizedTest
    @CsvSource({
        "routes/deep/x.yaml, x",
        "routes/x.yml, x",
        "routes/x.flows.yaml, x.flows",
        "routes/X.YAML, X",
    })
    void saysWhenAYamlFileOfTheRoutesIsNotTakenAndTakesTheOthers(String path, String stem) throws IOException {
        write(path, "flow: x");
        write("routes/good.flow.yaml", "flow: good");

        start(home);

        assertThat(last().problems())
                .singleElement()
                .hasToString(path
                        + ": warning: the file is not taken because of its name [NOT_TAKEN]\n  hint: call it '" + stem
                        + ".flow.yaml' if it is a flow, '" + stem + ".camel.yaml' if it holds plain Camel routes");
        assertThat(last().files()).extracting(SourceFile::path).containsExactly("routes/good.flow.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes/README.md",
                "routes/.x.yaml",
                "routes/#x.yaml",
                "routes/x.yaml~",
                "connectors/shop/fixtures/orders.list.yaml"
            })
    void saysNothingOfFilesThatMayBeAnything(String path) throws IOException {
        write(path, "flow: x");

        start(home);

        assertThat(last()).isEqualTo(new Snapshot(List.of(), List.of()));
    }

    @Test
    void saysThatAFileIsNotTakenWhenItComesLater() throws IOException {
        start(home);
        write("routes/x.yaml", "flow: x");

        await().untilAsserted(() -> assertThat(last().problems()).hasSize(1));
    }

    @Test
    void takesTheFileOfALaterRoot(@TempDir Path customer) throws IOException {
        write("routes/a.flow.yaml", "flow: built-in");
        write("routes/b.flow.yaml", "flow: b");
        Path own = customer.resolve("routes/a.flow.yaml");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "flow: own");
        start(home, customer);
        assertThat(texts())
                .containsExactly(
                        Map.entry("routes/a.flow.yaml", "flow: own"), Map.entry("routes/b.flow.yaml", "flow: b"));

        Files.delete(own);

        await().untilAsserted(() -> assertThat(texts()).containsEntry("routes/a.flow.yaml", "flow: built-in"));
    }

    @Test
    void keepsTheLastTextOfAFileThatCannotBeReadAnyMore() throws IOException {
        write("routes/a.flow.yaml", "flow: a");
        start(home);

        Files.write(home.resolve("routes/a.flow.yaml"), new byte[] {'f', (byte) 0xff, (byte) 0xfe});

        await().untilAsserted(() -> assertThat(last().problems())
                .extracting(problem -> problem.at().file(), Problem::code)
                .containsExactly(tuple("routes/a.flow.yaml", "NOT_UTF8")));
        assertThat(texts()).containsEntry("routes/a.flow.yaml", "flow: a");
    }

    @Test
    void reportsAFileThatTheProgramMayNotRead() throws IOException {
        Path file = write("routes/a.flow.yaml", "flow: a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "the tests run as a user who may read everything");

        start(home);

        assertThat(last().files()).isEmpty();
        assertThat(last().problems()).extracting(Problem::code).containsExactly("FILE_UNREADABLE");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        write("routes/a.flow.yaml", "flow: a # " + "x".repeat(100));

        start(new FolderLimits(10, 100, 100, 10_000), home);

        assertThat(last().files()).isEmpty();
        assertThat(last().problems()).extracting(Problem::code).containsExactly("FILE_TOO_LARGE");
    }

    @Test
    void takesNothingNewWhileThereAreTooManyFiles() throws IOException {
        write("routes/a.flow.yaml", "flow: a");
        write("routes/b.flow.yaml", "flow: b");
        start(new FolderLimits(2, 100, 100, 10_000), home);

        write("routes/c.flow.yaml", "flow: c");
        Files.delete(home.resolve("routes/a.flow.yaml"));
        write("routes/d.flow.yaml", "flow: d");

        await().untilAsserted(() ->
                assertThat(last().problems()).extracting(Problem::code).containsExactly("TOO_MANY_FILES"));
        assertThat(texts()).containsOnlyKeys("routes/a.flow.yaml", "routes/b.flow.yaml");
        Files.delete(home.resolve("routes/d.flow.yaml"));
        await().untilAsserted(() -> assertThat(texts()).containsOnlyKeys("routes/b.flow.yaml", "routes/c.flow.yaml"));
        assertThat(last().problems()).isEmpty();
    }

    @Test
    void goesOnAfterAConsumerThatFails() throws IOException {
        RouteFolder folder = new RouteFolder(List.of(home), FolderLimits.DEFAULT, snapshot -> {
            snapshots.add(snapshot);
            throw new IllegalStateException("cannot take it");
        });
        opened.add(folder);
        folder.start();

        write("routes/a.flow.yaml", "flow: a");

        await().untilAsserted(() -> assertThat(texts()).containsOnlyKeys("routes/a.flow.yaml"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private void start(Path... roots) {
        start(FolderLimits.DEFAULT, roots);
    }

    private void start(FolderLimits limits, Path... roots) {
        RouteFolder folder = new RouteFolder(List.of(roots), limits, snapshots::add);
        opened.add(folder);
        folder.start();
    }

    private Snapshot last() {
        return snapshots.get(snapshots.size() - 1);
    }

    private Map<String, String> texts() {
        return last().files().stream()
                .collect(Collectors.toMap(SourceFile::path, SourceFile::text, (a, b) -> a, java.util.TreeMap::new));
    }

    private Path write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
