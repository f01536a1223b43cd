package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of scripts in files beside them. */
class ScriptTestsTest {

    private static final Scripts SCRIPTS = Scripts.ofFlows(ScriptsProperties.DEFAULT);

    @TempDir
    Path home;

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    @BeforeEach
    void script() throws IOException {
        write("tidy.js", """
                function handle({ payload, flow, variables, run }) {
                  if (!payload) throw new TypeError('nothing to tidy');
                  console.log(run.id);
                  return { payload: { id: payload.id, by: variables.by }, flow: { variables: { n: flow.variables.n + 1 } } };
                }
                function upper({ value }) { return value.toUpperCase(); }
                """);
    }

    private Path write(String name, String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve("routes/scripts"));
        return Files.writeString(folder.resolve(name), text);
    }

    private ScriptTests.Results run(String text) throws IOException {
        return new ScriptTests(SCRIPTS).run(home, write("tidy.test.yaml", text));
    }

    @Test
    void casesThatAreAsTheySayPass() throws IOException {
        ScriptTests.Results results = run("""
                cases:
                  - name: tidies
                    given: { payload: { id: 1 }, flow: { variables: { n: 1 } }, variables: { by: me } }
                    expect: { payload: { id: 1, by: me }, flow: { variables: { n: 2 } } }
                    logs: [ run-1 ]
                  - name: wants something
                    error: "TypeError: nothing to tidy"
                  - name: for a map
                    function: upper
                    given: { value: gb }
                    expect: GB
                """);

        assertThat(results.problems()).isEmpty();
        assertThat(results.cases()).hasSize(3).allMatch(ScriptTests.Result::passed);
    }

    @Test
    void aCaseThatIsNotSaysWhatWasFoundInItsPlace() throws IOException {
        ScriptTests.Results results = run("""
                cases:
                  - name: tidies
                    given: { payload: { id: 1 }, flow: { variables: { n: 1 } } }
                    expect: { payload: { id: 2 } }
                    logs: []
                  - name: no error
                    given: { payload: { id: 1 }, flow: { variables: { n: 1 } } }
                    error: nothing
                  - name: an error
                """);

        assertThat(results.cases())
                .extracting(one -> one.at().toString(), ScriptTests.Result::wrong)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "routes/scripts/tidy.test.yaml:2:5",
                                List.of("logs: expected [], found [run-1]", "payload $.id: expected 2, found 1")),
                        org.assertj.core.groups.Tuple.tuple(
                                "routes/scripts/tidy.test.yaml:6:5",
                                List.of(
                                        "expected an error with 'nothing', found {\"payload\":{\"id\":1},\"flow\":{\"variables\":{\"n\":2}}}")),
                        org.assertj.core.groups.Tuple.tuple(
                                "routes/scripts/tidy.test.yaml:9:5",
                                List.of("routes/scripts/tidy.js:2: TypeError: nothing to tidy")));
    }

    @Test
    void runsThoseOfAScriptInPython() throws IOException {
        write("count.py", "def handle(data):\n  return {'payload': {'id': data['payload']['id'] + 1}}\n");

        ScriptTests.Results results = new ScriptTests(SCRIPTS).run(home, write("count.test.yaml", """
                        cases:
                          - { name: right, given: { payload: { id: 1 } }, expect: { payload: { id: 2 } } }
                          - { name: fails, given: { payload: {} }, error: "KeyError: id" }
                        """));

        assertThat(results.problems()).isEmpty();
        assertThat(results.cases()).hasSize(2).allMatch(ScriptTests.Result::passed);
    }

    @Test
    void twoScriptsOfOneNameHaveNoTestsInCommon() throws IOException {
        write("tidy.py", "def handle(data):\n  pass\n");

        assertThat(run("cases: []\n").problems()).extracting(Problem::code).containsExactly("AMBIGUOUS");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemWithItsPlace() throws IOException {
        assertThat(run("cases:\n  - { nam: x }\n").problems())
                .extracting(problem -> problem.at().line() + " " + problem.code())
                .contains("2 UNKNOWN_KEY");
        assertThat(new ScriptTests(SCRIPTS)
                        .run(home, write("gone.test.yaml", "cases: []\n"))
                        .problems())
                .singleElement()
                .asString()
                .contains("there is no script 'gone.js' or 'gone.py' beside these tests");
    }

    @Test
    void onlyFilesInAFolderOfScriptsAreTestsOfScripts() {
        assertThat(ScriptTests.tests(Path.of("routes/scripts/tidy.test.yaml"))).isTrue();
        assertThat(ScriptTests.tests(Path.of("routes/orders.test.yaml"))).isFalse();
    }
}
