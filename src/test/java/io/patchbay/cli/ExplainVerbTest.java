package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} shows what a flow becomes, with nothing but files. */
class ExplainVerbTest extends VerbsInAHome {

    @Test
    void explainsAFlowWithoutARuntime() {
        Said said = say("explain", "hello");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("# hello@")
                .contains("# layout", "two", "small", "told")
                .contains("- route:");
    }

    @Test
    void explainsAFlowByItsFileAsJson() throws IOException {
        Said said = say("explain", "routes/hello.flow.yaml", "--json");

        assertThat(said.code()).isZero();
        assertThat(said.json().get("flow").asText()).isEqualTo("hello");
        assertThat(said.json().get("layout")).isNotEmpty();
        assertThat(said.json().get("routes").asText()).startsWith("- route:");
    }

    @Test
    void explainsAFlowFileThatLiesAnywhere(@TempDir Path other) throws IOException {
        Path loose = Files.writeString(other.resolve("loose.flow.yaml"), GOOD.formatted("loose"));
        Path bad = Files.writeString(other.resolve("bad.flow.yaml"), "flow: bad\nshapes: []\n");

        assertThat(say("explain", loose.toString()).out()).startsWith("# loose@");
        assertThat(say("explain", bad.toString()).err())
                .startsWith("The flow has errors:\n" + bad + ":1:1: flow 'bad' has no shapes");
        assertThat(say("explain", other.resolve("none.flow.yaml").toString()).err())
                .startsWith("There is no flow '" + other.resolve("none.flow.yaml") + "'.");
    }

    @Test
    void explainsAFlowFileOfAnotherHomeWithWhatStandsThere(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("routes/tables"));
        Files.writeString(other.resolve("routes/tables/codes.csv"), "key,value\na,b\n");
        Path file = Files.writeString(
                other.resolve("routes/hello.flow.yaml"),
                "flow: theirs\nshapes:\n  - manualPayload: { json: \"${table.codes['a']}\" }\n");
        Said said = say("explain", file.toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("# theirs@");
    }

    @Test
    void refusesToExplainWhatIsNoFlowFile(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("x.yaml"), "a: b\n");
        Said said = say("explain", file.toString());

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .contains(
                        file
                                + " is neither a flow file (*.flow.yaml), a service file (*.service.yaml) nor part of a folder");
    }

    @Test
    void suggestsTheFlowThatWasMeant() {
        Said said = say("explain", "helo");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("There is no flow 'helo'.", "did you mean 'hello'?");
    }

    @Test
    void saysWhyAFlowCannotBeExplained() throws IOException {
        file("routes/bad.flow.yaml", "flow: bad\nshapes:\n  - id: x\n    fliter: {}\n");
        Said said = say("explain", "bad");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("routes/bad.flow.yaml:4:5: there is no shape 'fliter'");
    }
}
