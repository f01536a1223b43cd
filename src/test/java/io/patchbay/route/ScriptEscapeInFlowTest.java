package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.script.EscapeCorpus;
import io.patchbay.script.ScriptException.Kind;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** Scripts that want out, or want everything, in a flow: the run ends as it should, and a good script works behind it as before. */
class ScriptEscapeInFlowTest {

    private static final Scripts IMPATIENT = within(Duration.ofMillis(300));
    private static final Scripts PATIENT = within(Duration.ofSeconds(15));
    private static final String GOOD = """
            function handle(data) {
              const clean = typeof polluted === 'undefined' && ({}).polluted === undefined && ' a '.trim() === 'a';
              return { payload: { id: data.payload.id + 1, clean, json: JSON.stringify([1].concat(2)) } };
            }""";

    private static final String GOOD_PYTHON = """
            import builtins, json

            def handle(data):
                clean = not hasattr(builtins, "polluted") and not hasattr(patchbay, "polluted") and len([1]) == 1
                payload = {"id": data["payload"]["id"] + 1, "clean": clean, "json": json.dumps([1, 2]).replace(" ", "")}
                return {"payload": payload}
            """;

    private static final String TOLD =
            "  - { id: told, notify: { log: info, text: '${record.id} ${record.clean} ${record.json}' } }\n";

    private final FlowFixture flow = new FlowFixture();
    private int runs;

    @BeforeEach
    void start(@TempDir Path folder) {
        flow.start(folder);
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    @AfterAll
    static void close() {
        IMPATIENT.close();
        PATIENT.close();
    }

    private static Scripts within(Duration time) {
        return Scripts.ofFlows(
                new ScriptsProperties(time, time, DataSize.ofMegabytes(16), DataSize.ofKilobytes(64), 1));
    }

    @ParameterizedTest
    @MethodSource({"io.patchbay.script.EscapeCorpus#javaScript", "io.patchbay.script.EscapeCorpus#python"})
    void endsAsTheCorpusSaysAndLeavesNothingBehind(EscapeCorpus.Attempt evil) throws Exception {
        Scripts scripts = evil.ends() == Kind.TIMEOUT ? IMPATIENT : PATIENT;

        List<Problem> problems = deploy(scripts, evil.file(), evil.text(), "");
        if (evil.ends() == null) {
            assertThat(problems).isEmpty();
            assertThat(run().status()).isEqualTo(RunStatus.SUCCEEDED);
        } else if (problems.isEmpty()) {
            RunRecord run = run();
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(said(run)).contains("[SCRIPT_" + evil.ends() + "]");
        } else {
            // It fails when it is read, or is no script at all.
            assertThat(problems).extracting(Problem::code).containsOnly("BAD_SCRIPT");
        }

        // There is one place: this call has the guest that the other one left, if any.
        boolean python = evil.file().endsWith(".py");
        assertThat(deploy(scripts, python ? "good.py" : "good.js", python ? GOOD_PYTHON : GOOD, TOLD))
                .isEmpty();
        RunRecord good = run();
        assertThat(good.status()).as(said(good)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(said(good)).contains("8 true [1,2]");
    }

    private List<Problem> deploy(Scripts scripts, String file, String text, String behind) {
        flow.services = Map.of(
                ScriptLibrary.class,
                new ScriptLibrary(List.of(new ScriptLibrary.Source(file, "routes/scripts/" + file, text)), scripts));
        return flow.problems("""
                shapes:
                  - id: one
                    manualPayload: { json: { id: 7 } }
                  - id: called
                    script: { file: FILE }
                """.replace("FILE", file) + behind);
    }

    private RunRecord run() throws Exception {
        runs++;
        return flow.end(flow.runner.run(FlowFixture.claim(FlowFixture.aStart("run-" + runs), 1, 0), Slot.NONE));
    }

    private static String said(RunRecord run) {
        return run.reason() + run.logs().stream().map(RunRecord.LogLine::text).collect(Collectors.joining("\n"));
    }
}
