package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.runtime.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The verbs for versions, spoken to the whole program. */
class VersionVerbsTest {

    @TempDir
    Path home;

    private ConfigurableApplicationContext program;

    @BeforeEach
    void start() throws IOException {
        write("one");
        program = Program.start(home);
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void write(String text) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(home.resolve("routes/a.flow.yaml"), """
                flow: a
                shapes:
                  - { id: told, notify: { per: run, log: info, text: "%s" } }
                """.formatted(text));
    }

    private Said say(String... args) {
        return Said.by(
                home, Map.of("PATCHBAY_URL", Program.url(program), "PATCHBAY_ADMIN_TOKEN", Program.TOKEN), "", args);
    }

    @Test
    void deploysComparesAndGoesBack() throws Exception {
        write("two");
        Said deployed = say("deploy", "a", "--note", "says two");
        assertThat(deployed.err()).isEmpty();
        assertThat(deployed.out()).startsWith("a: version 2 runs; its file says the same\n");
        assertThat(say("diff", "a"))
                .isEqualTo(new Said(0, "version 2 and file mean the same." + System.lineSeparator(), ""));

        Said diff = say("diff", "a", "1", "2");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out())
                .startsWith("from version 1 to version 2:")
                .contains("changed  setting  told: notify.text  one     two");
        assertThat(say("diff", "a", "1", "2", "--text").out())
                .contains("-  - { id: told")
                .contains("+  - { id: told");
        assertThat(say("diff", "a", "1", "2", "--json")
                        .json()
                        .at("/changes/0/path")
                        .asText())
                .isEqualTo("notify.text");

        assertThat(say("versions", "a", "--limit", "1").out())
                .endsWith("There are more: --after 2" + System.lineSeparator());
        assertThat(say("versions", "a", "--limit", "1", "--after", "2").out()).doesNotContain("There are more");
        assertThat(say("versions", "a", "--show", "1").out()).contains("text: \"one\"");
        Said back = say("rollback", "a", "--note", "two is wrong");
        assertThat(back.code()).isZero();
        assertThat(back.out())
                .contains("a: version 1 runs, after a rollback to 1 by ")
                .contains("(two is wrong); its file says something else, which waits for 'patchbay deploy a'")
                .contains("Before, version 2 ran.");
        assertThat(say("versions").out()).contains("a        1  draft  auto").contains("two is wrong");
        assertThat(say("versions", "a").out()).contains("says two").contains("runs");
        assertThat(say("versions", "a", "--json")
                        .json()
                        .at("/version/held/number")
                        .asInt())
                .isEqualTo(1);

        assertThat(say("run", "a").out()).contains("version 1");
        assertThat(say("runs", "--json").json().at("/data/0/version").asInt()).isEqualTo(1);
        assertThat(say("deploy", "a").code()).isZero();
        assertThat(say("run", "a").out()).contains("version 2");
    }

    @Test
    void saysWhatCannotBeDone() throws Exception {
        assertThat(say("rollback", "a"))
                .isEqualTo(new Said(
                        2,
                        "",
                        "The runtime refuses: There is no version of flow 'a' before 1 to go back to."
                                + System.lineSeparator()));
        assertThat(say("rollback", "a", "--to", "x").err()).contains("There is no version 'x' of flow 'a'.");
        assertThat(say("diff", "none").code()).isEqualTo(2);
        assertThat(say("versions", "none").err()).contains("There is no flow 'none'.");
        Files.writeString(home.resolve("routes/a.flow.yaml"), "flow: a\nshapes: 1\n");
        Said broken = say("deploy", "a");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err())
                .contains("The file of flow 'a' has errors, so what runs goes on: routes/a.flow.yaml:2:");
        assertThat(say("diff", "a").out()).contains("One of version 1 and file cannot be read as a flow");
    }
}
