package io.patchbay.route.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptFilesTest {

    private static final Scripts SCRIPTS = Scripts.ofFlows(ScriptsProperties.DEFAULT);

    private final ScriptFiles files = new ScriptFiles(SCRIPTS);

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    @Test
    void aScriptIsCalledByTheNameOfItsFile() {
        ScriptFiles.Library read = files.read(List.of(
                file("routes/scripts/tidy.js", "function handle() {}"),
                file("routes/orders/scripts/more.js", "const other = () => 1;")));

        assertThat(read.problems()).isEmpty();
        assertThat(read.library().names()).containsExactlyInAnyOrder("tidy.js", "more.js");
        assertThat(read.library().source("more.js").orElseThrow().path()).isEqualTo("routes/orders/scripts/more.js");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            function handle() {};;let x = ;       | 3 | 1 | BAD_SCRIPT
            ;null.x;                              | 2 | 1 | BAD_SCRIPT
            import x from 'y'                     | 1 | 1 | BAD_SCRIPT
            """)
    void saysWhereAScriptIsWrong(String text, int line, int column, String code) {
        ScriptFiles.Library read = files.read(List.of(file("routes/scripts/t.js", text.replace(';', '\n'))));

        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.at().file()).isEqualTo("routes/scripts/t.js");
            assertThat(problem.at().line()).isEqualTo(line);
            assertThat(problem.at().column()).isEqualTo(column);
        });
    }

    @Test
    void twoFilesOfOneNameAreAProblemOfTheSecond() {
        ScriptFiles.Library read = files.read(List.of(
                file("routes/a/scripts/tidy.js", "function handle() {}"), file("routes/b/scripts/tidy.js", "let a;")));

        assertThat(read.problems())
                .singleElement()
                .asString()
                .startsWith("routes/b/scripts/tidy.js: script 'tidy.js' is taken by routes/a/scripts/tidy.js");
        assertThat(read.library().source("tidy.js").orElseThrow().text()).isEqualTo("function handle() {}");
    }

    @Test
    void aNameThatCouldNotBeWrittenInAFlowIsAProblem() {
        assertThat(files.read(List.of(file("routes/scripts/my script.js", "1"))).problems())
                .singleElement()
                .asString()
                .startsWith("routes/scripts/my script.js: script name 'my script.js' must hold letters");
    }

    @Test
    void saysWhereAFileOfPythonIsWrong() {
        assertThat(files.read(List.of(file("routes/scripts/tidy.py", "def handle(data):\n  return data\n")))
                        .problems())
                .isEmpty();
        assertThat(files.read(List.of(file("routes/scripts/bad.py", "def handle(data):\n  return data +\n")))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("BAD_SCRIPT");
                    assertThat(problem.toString()).startsWith("routes/scripts/bad.py:2");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            endless.js | for (;;) {}
            power.py   | def handle(data): return len(str(10 ** 10000000))
            """)
    @SuppressWarnings("try") // closed early, so that nothing can be read again
    void aFileThatDoesNotComeToItsEndIsReadOnceAndTellsAllWhoUseIt(String name, String text) throws Exception {
        try (Scripts hurried = Scripts.ofFlows(ScriptsProperties.DEFAULT.within(Duration.ofMillis(500)))) {
            ScriptFiles.Library read = new ScriptFiles(hurried).read(List.of(file("routes/scripts/" + name, text)));

            assertThat(read.problems())
                    .singleElement()
                    .asString()
                    .startsWith("routes/scripts/" + name + ": the script did not end within 500 ms and was stopped");
            hurried.close(); // nothing is read again
            assertThatThrownBy(() -> read.library().check(name, "other"))
                    .isInstanceOf(ScriptException.class)
                    .hasMessageContaining("did not end within 500 ms");
        }
    }

    private static SourceFile file(String path, String text) {
        return new SourceFile(
                path, Path.of("home"), SourceKind.FLOW_SCRIPT, text, Integer.toHexString(text.hashCode()));
    }
}
