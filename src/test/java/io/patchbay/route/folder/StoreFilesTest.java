package io.patchbay.route.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.PoolRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class StoreFilesTest {

    private static final Path SHIPPED = Path.of("shipped");
    private static final Path HOME = Path.of("home");

    private final StoreFiles files = new StoreFiles(List.of(SHIPPED, HOME));

    @Test
    void declaresCachesAndPoolsWithTheirDefaults() {
        StoreFiles.Declared declared = files.read(List.of(file(HOME, """
                caches:
                  stock: { scope: company, keep: 1d, most: 10MB, entries: 5 }
                  parts: {}
                pools:
                  orders: { keep: 30d }
                """)));

        assertThat(declared.problems()).isEmpty();
        assertThat(declared.stores().caches())
                .isEqualTo(Map.of(
                        "stock",
                        new CacheRules(Scope.COMPANY, Duration.ofDays(1), DataSize.ofMegabytes(10), 5),
                        "parts",
                        CacheRules.DEFAULT));
        assertThat(declared.stores().pools()).isEqualTo(Map.of("orders", new PoolRules(Duration.ofDays(30))));
        assertThat(declared.stores().cache("other")).isEqualTo(CacheRules.DEFAULT);
    }

    @Test
    void takesANameOfALaterRootInPlaceOfAnEarlierOne() {
        SourceFile shipped = file(SHIPPED, "caches: { one: { scope: flow }, two: { scope: flow } }");
        SourceFile own = file(HOME, "caches: { two: { scope: company } }");

        assertThat(scopes(files.read(List.of(own, shipped))))
                .isEqualTo(Map.of("one", Scope.FLOW, "two", Scope.COMPANY));
        assertThat(scopes(files.read(List.of(shipped)))).isEqualTo(Map.of("one", Scope.FLOW, "two", Scope.FLOW));
    }

    @Test
    void keepsWhatAFileDeclaredWhenItWasLastRight() {
        files.read(List.of(file(HOME, "caches: { one: { scope: flow } }")));

        StoreFiles.Declared wrong = files.read(List.of(file(HOME, "caches: { one: { scope: flows } }")));

        assertThat(scopes(wrong)).isEqualTo(Map.of("one", Scope.FLOW));
        assertThat(wrong.problems()).extracting(Problem::toString).containsExactly("""
                routes/stores.yaml:1:25: 'flows' is not one of run, flow, company [BAD_VALUE]
                  hint: did you mean 'flow'?""");
        assertThat(scopes(files.read(List.of(file(HOME, "# nothing any more\n")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cache: { one: {} }             | 1:1  | UNKNOWN_KEY  | did you mean 'caches'?
            caches: { one: { kept: 7d } }  | 1:18 | UNKNOWN_KEY  | did you mean 'keep'?
            caches: { one: { keep: 0s } }  | 1:16 | BAD_VALUE    | write it like keep: 7d
            caches: { one: { most: 2GB } } | 1:16 | BAD_VALUE    | write it like most: 50MB
            caches: { "a b": {} }          | 1:11 | BAD_NAME     | give it another name, here and in the flows that use it
            caches: { one: }               | 1:15 | WRONG_TYPE   | write it as { scope: … }; its keys are scope, keep, most, entries
            pools: { one: { keep: 9999d } }| 1:15 | BAD_VALUE    | write it like keep: 90d
            [ caches ]                     | 1:1  | WRONG_TYPE   | write it as { caches: … }; its keys are caches, pools
            """)
    void saysWhatIsWrongAndHowToMendIt(String text, String at, String code, String hint) {
        List<Problem> problems = files.read(List.of(file(HOME, text))).problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("routes/stores.yaml:" + at);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.hint()).isEqualTo(hint);
        });
    }

    @Test
    void takesTheFilesOfAllFoldersAndSaysWhereANameStandsTwice() {
        SourceFile one = file(HOME, "routes/stores.yaml", "caches: { one: { scope: flow } }");
        SourceFile two = file(HOME, "routes/orders/stores.yaml", "caches: { two: {} }\npools: { one: {} }");

        assertThat(files.read(List.of(one, two)).problems()).isEmpty();
        assertThat(scopes(files.read(List.of(one, two)))).isEqualTo(Map.of("one", Scope.FLOW, "two", Scope.RUN));

        SourceFile again = file(HOME, "routes/returns/stores.yaml", "caches: { one: { scope: company } }");
        SourceFile later = file(HOME, "routes/zz/stores.yaml", "caches: { one: { scope: company } }");
        assertThat(scopes(files.read(List.of(one, later))))
                .as("the first holds")
                .isEqualTo(Map.of("one", Scope.FLOW));
        assertThat(files.read(List.of(one, again)).problems())
                .extracting(Problem::toString)
                .containsExactly("""
                        routes/stores.yaml:1:11: the cache 'one' is declared at routes/returns/stores.yaml:1:11, too [DUPLICATE_NAME]
                          hint: declare it in one place, or give it another name here and in the flows that mean this one""");
    }

    private static Map<String, Scope> scopes(StoreFiles.Declared declared) {
        return declared.stores().caches().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, cache -> cache.getValue().scope()));
    }

    private static SourceFile file(Path root, String text) {
        return file(root, "routes/stores.yaml", text);
    }

    private static SourceFile file(Path root, String path, String text) {
        return new SourceFile(path, root, SourceKind.STORES, text, Integer.toHexString(text.hashCode()));
    }
}
