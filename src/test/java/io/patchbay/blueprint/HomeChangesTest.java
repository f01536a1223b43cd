package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeChangesTest {

    @TempDir
    Path home;

    @Test
    void writesReplacesAndDeletesAndLeavesNoEmptyFolder() throws IOException {
        Bench.write(home.resolve("routes/old/tables/a.csv"), "a\n");
        Bench.write(home.resolve("routes/b.flow.yaml"), "b\n");

        new HomeChanges(home)
                .make(new TreeMap<>(Map.of(
                        "routes/old/tables/a.csv", Optional.empty(),
                        "routes/gone.flow.yaml", Optional.empty(),
                        "routes/b.flow.yaml", Optional.of("B\n"),
                        "routes/new/c.flow.yaml", Optional.of("c\n"))));

        assertThat(home.resolve("routes/old")).doesNotExist();
        assertThat(home.resolve("routes")).exists();
        assertThat(home.resolve("routes/b.flow.yaml")).hasContent("B\n");
        assertThat(home.resolve("routes/new/c.flow.yaml")).hasContent("c\n");
        assertThat(home.resolve("blueprints/.pending")).doesNotExist();
    }

    @Test
    void goesOnWhereAProgramDiedThatHadWrittenAllBeside() throws IOException {
        // One of two files was moved, the file that goes is still there.
        Bench.write(home.resolve("routes/a.flow.yaml"), "new a\n");
        Bench.write(home.resolve("routes/gone.flow.yaml"), "gone\n");
        Bench.write(home.resolve("blueprints/.pending/files/routes/b.flow.yaml"), "new b\n");
        Bench.write(home.resolve("blueprints/.pending/gone.txt"), "routes/gone.flow.yaml\n");

        new HomeChanges(home).finish();
        new HomeChanges(home).finish();

        assertThat(home.resolve("routes/a.flow.yaml")).hasContent("new a\n");
        assertThat(home.resolve("routes/b.flow.yaml")).hasContent("new b\n");
        assertThat(home.resolve("routes/gone.flow.yaml")).doesNotExist();
        assertThat(home.resolve("blueprints/.pending")).doesNotExist();
    }

    @Test
    void whatWasNotWrittenWholeIsForgotten() throws IOException {
        Bench.write(home.resolve("blueprints/.making/files/routes/half.flow.yaml"), "ha");

        new HomeChanges(home).finish();
        assertThat(home.resolve("routes/half.flow.yaml")).doesNotExist();
        new HomeChanges(home).make(new TreeMap<>(Map.of("routes/a.flow.yaml", Optional.of("a\n"))));

        assertThat(home.resolve("routes/half.flow.yaml")).doesNotExist();
        assertThat(home.resolve("routes/a.flow.yaml")).hasContent("a\n");
    }

    @Test
    void leavesNothingBesideWhereItCannotWriteAll() throws IOException {
        TreeMap<String, Optional<String>> changes = new TreeMap<>(
                Map.of("routes/a.flow.yaml", Optional.of("a\n"), "routes/" + "x".repeat(300), Optional.of("b\n")));

        assertThatThrownBy(() -> new HomeChanges(home).make(changes)).isInstanceOf(IOException.class);

        assertThat(home.resolve("routes/a.flow.yaml")).doesNotExist();
        assertThat(home.resolve("blueprints/.making")).doesNotExist();
        assertThat(home.resolve("blueprints/.pending")).doesNotExist();
    }

    @Test
    void followsNoLinkOutOfTheHome(@TempDir Path outside) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createSymbolicLink(home.resolve("routes/orders"), outside);

        assertThatThrownBy(() -> new HomeChanges(home)
                        .make(new TreeMap<>(Map.of(
                                "routes/a.flow.yaml",
                                Optional.of("a\n"),
                                "routes/orders/b.flow.yaml",
                                Optional.of("b\n")))))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("by a link at routes/orders");
        assertThat(outside).isEmptyDirectory();
        assertThat(home.resolve("routes/a.flow.yaml")).doesNotExist();
        assertThat(home.resolve("blueprints/.pending")).doesNotExist();
    }

    @Test
    void whatIsInTheWayIsSaidBeforeAnythingIsChanged() throws IOException {
        Bench.write(home.resolve("routes/orders"), "a file\n");

        assertThatThrownBy(() -> new HomeChanges(home)
                        .make(new TreeMap<>(Map.of("routes/orders/b.flow.yaml", Optional.of("b\n")))))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("routes/orders is in the way of routes/orders/b.flow.yaml");
        assertThat(home.resolve("blueprints/.pending")).doesNotExist();
    }

    @Test
    void aChangeThatCannotComeToItsEndIsToldAndCanBeGivenUp() throws Exception {
        Bench.write(home.resolve("blueprints/.pending/files/routes/orders/b.flow.yaml"), "b\n");
        Bench.write(home.resolve("blueprints/.pending/gone.txt"), "routes/gone.flow.yaml\n");
        Bench.write(home.resolve("routes/orders"), "a file in the way\n");
        TreeMap<String, Optional<String>> next = new TreeMap<>(Map.of("routes/a.flow.yaml", Optional.of("a\n")));

        assertThatThrownBy(() -> new HomeChanges(home).make(next))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("'blueprint recover --forget'");
        assertThat(home.resolve("routes/a.flow.yaml")).doesNotExist();
        assertThat(new HomeChanges(home).pending())
                .containsExactly("routes/orders/b.flow.yaml", "routes/gone.flow.yaml (goes)");

        new HomeChanges(home).forget();
        new HomeChanges(home).make(next);
        assertThat(home.resolve("routes/a.flow.yaml")).hasContent("a\n");
        assertThat(home.resolve("routes/orders")).hasContent("a file in the way\n");
    }

    @Test
    void writesNowhereElse() {
        assertThatThrownBy(() ->
                        new HomeChanges(home).make(new TreeMap<>(Map.of("routes/../../x.yaml", Optional.empty()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not lie in the home folder");
        assertThat(Files.exists(home.resolveSibling("x.yaml"))).isFalse();
    }
}
