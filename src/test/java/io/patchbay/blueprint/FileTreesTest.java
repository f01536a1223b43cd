package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.blueprint.Plan.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.util.FileSystemUtils;

/** Any tree of files, changed in any way here and by the next version: what an upgrade and a removal do to it. */
class FileTreesTest {

    private static final Answers NONE = new Answers(Map.of(), Map.of(), Map.of());

    @Property(tries = 60)
    void anUpgradeTakesWhatIsNewAndKeepsWhatWasChangedHere(
            @ForAll("tables") Map<String, String> old,
            @ForAll("tables") Map<String, String> next,
            @ForAll("tables") Map<String, String> here,
            @ForAll("names") Set<String> deleted)
            throws Exception {
        Path folder = Files.createTempDirectory("patchbay-trees-");
        try {
            Bench bench = new Bench(folder);
            bench.blueprint("1.0.0", tree(old));
            bench.blueprints().carryOut(bench.blueprints().planInstall("orders", null, NONE));
            change(bench, here, deleted);
            SortedMap<String, String> mine = bench.files();
            bench.blueprint("1.1.0", tree(next));

            Plan plan = bench.blueprints().planUpgrade("orders", NONE, "mine", null);
            if (!plan.possible()) {
                // A file of one's own where the new version brings one: nothing is done.
                assertThat(bench.files()).isEqualTo(mine);
                return;
            }
            bench.blueprints().carryOut(plan);

            SortedMap<String, String> now = bench.files();
            for (String name : all(old, next, here)) {
                String path = "routes/orders/tables/" + name + ".csv";
                String base = old.get(name);
                String theirs = next.get(name);
                String was = mine.get(path);
                String is = now.get(path);
                if (equal(was, base)) {
                    assertThat(is)
                            .as(name + ": untouched here, so it is as the new version has it")
                            .isEqualTo(theirs);
                } else if (equal(theirs, base) || theirs == null) {
                    assertThat(is).as(name + ": only changed here, so it stays").isEqualTo(was);
                } else if (was != null && base != null) {
                    assertThat(is)
                            .as(name + ": both, so it is merged")
                            .isEqualTo(ThreeWay.merge(base, was, theirs, ThreeWay.Keep.MINE)
                                    .text());
                }
            }
            assertThat(bench.blueprints()
                            .planUpgrade("orders", NONE, null, null)
                            .changes())
                    .as("a second upgrade changes nothing")
                    .noneMatch(change -> change.action() != Action.KEPT);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Property(tries = 60)
    void aRemovalTakesWhatWasBroughtAndLeavesWhatWasChangedOrAddedHere(
            @ForAll("tables") Map<String, String> old,
            @ForAll("tables") Map<String, String> here,
            @ForAll("names") Set<String> deleted)
            throws Exception {
        Path folder = Files.createTempDirectory("patchbay-trees-");
        try {
            Bench bench = new Bench(folder);
            bench.blueprint("1.0.0", tree(old));
            bench.blueprints().carryOut(bench.blueprints().planInstall("orders", null, NONE));
            SortedMap<String, String> brought = bench.files();
            change(bench, here, deleted);
            SortedMap<String, String> own = new TreeMap<>(bench.files());
            own.entrySet().removeIf(file -> file.getValue().equals(brought.get(file.getKey())));

            bench.blueprints().carryOut(bench.blueprints().planRemoval("orders", false));

            assertThat(bench.files()).isEqualTo(own);
            assertThat(bench.blueprints().installed()).isEmpty();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void change(Bench bench, Map<String, String> here, Set<String> deleted) throws IOException {
        for (Map.Entry<String, String> table : here.entrySet()) {
            Bench.write(bench.home().resolve("routes/orders/tables/" + table.getKey() + ".csv"), table.getValue());
        }
        for (String name : deleted) {
            Files.deleteIfExists(bench.home().resolve("routes/orders/tables/" + name + ".csv"));
        }
    }

    private static Map<String, String> tree(Map<String, String> tables) {
        Map<String, String> tree = new TreeMap<>(Map.of("routes/orders.flow.yaml", Bench.FLOW));
        tables.forEach((name, text) -> tree.put("routes/tables/" + name + ".csv", text));
        return tree;
    }

    @SafeVarargs
    private static Set<String> all(Map<String, String>... trees) {
        Set<String> names = new TreeSet<>();
        for (Map<String, String> tree : trees) {
            names.addAll(tree.keySet());
        }
        return names;
    }

    private static boolean equal(String one, String other) {
        return java.util.Objects.equals(one, other);
    }

    @Provide
    Arbitrary<Map<String, String>> tables() {
        Arbitrary<String> texts = Arbitraries.of("a,1\n", "b,2\n", "c,3\n", "d,4\n")
                .list()
                .ofMaxSize(5)
                .map(lines -> "key,value\n" + lines.stream().collect(Collectors.joining()));
        return Arbitraries.maps(Arbitraries.of("x", "y", "z"), texts).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Set<String>> names() {
        return Arbitraries.of("x", "y", "z").set().ofMaxSize(1);
    }
}
