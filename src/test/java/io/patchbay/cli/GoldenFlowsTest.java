package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden cases of shapes that are nothing without the compiler or a system: small flows with tests, as users write them. */
class GoldenFlowsTest {

    private static final Path HOME = Path.of("src/test/resources/golden");

    @Test
    void pass() {
        Said said = Said.by(HOME, Map.of(), "", "test", "--coverage");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"route", "branch", "try", "callback", "connection", "enrich", "camel", "loop"})
    void haveACaseThatWorksAndOneThatFails(String shape) throws IOException {
        Problems problems = new Problems();
        Path file = HOME.resolve("routes/" + shape + ".test.yaml");
        JsonNode cases = new YamlReader()
                .read(file.toString(), Files.readString(file), problems)
                .map(Literals::json)
                .orElseThrow(() -> new AssertionError(problems.toString()))
                .path("cases");
        int failing = 0;
        for (JsonNode one : cases) {
            failing += one.path("expect").path("failed").isEmpty() ? 0 : 1;
        }

        assertThat(Files.readString(HOME.resolve("routes/" + shape + ".flow.yaml")))
                .containsPattern("(?m)[ {]" + shape + ":");
        assertThat(failing).isBetween(1, cases.size() - 1);
    }
}
