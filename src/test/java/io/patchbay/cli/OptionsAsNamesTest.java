package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slip in an option is told, and taken for no name. */
class OptionsAsNamesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment promote a b --plann",
                "environment promote a b --note --plann",
                "environment deploy a --package --plann",
                "environment diff a b --texts",
                "environment show --plan=1",
                "service run orders --only --unfilterd",
                "service run orders --zone --only=1",
                "service run orders --attempts=many",
                "service resync orders --statsu failed",
                "service report orders --csv --jsn",
                "service clone orders other --name --titel",
                "service new orders --source --destinaton",
                "blueprint install orders --as --offlin",
                "blueprint install orders --set nonsense",
                "blueprint plan orders --keep mine",
                "blueprint plan orders --upgrade --as other",
                "blueprint plan orders --accept-signer nobody",
                "blueprint upgrade orders --keep nonsense",
                "blueprint upgrade orders --accept-signer --from",
                "blueprint remove orders --conectors",
                "blueprint show orders --from nowhere"
            })
    void isWrongUse(String line) {
        Said said = Said.by(folder, Map.of("PATCHBAY_URL", "http://127.0.0.1:1"), "", line.split(" "));

        assertThat(said.code()).as(said.toString()).isEqualTo(2);
    }

    @Test
    void aTextThatBeginsWithADashIsGivenBehindAnEqualsSign() {
        Said said = Said.by(
                folder,
                Map.of("PATCHBAY_URL", "http://127.0.0.1:1", "PATCHBAY_TOKEN", "x"),
                "",
                "environment",
                "promote",
                "a",
                "b",
                "--note=- was asked for");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("No runtime answers");
    }
}
