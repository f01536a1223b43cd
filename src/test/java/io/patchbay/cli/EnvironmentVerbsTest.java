package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Environments on the command line, alone and spoken to the whole program. */
class EnvironmentVerbsTest {

    @TempDir
    Path home;

    private ConfigurableApplicationContext program;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(home.resolve("routes/environments"));
        flow("one");
        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                name: Britain
                labels: [ gb ]
                replace: { variables: { currency: GBP } }
                flows: [ a ]
                """);
        Files.writeString(home.resolve("routes/environments/de.yaml"), "environment: de\ntype: live\nflows: [ a ]\n");
        program = Program.start(home);
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void flow(String text) throws IOException {
        Files.writeString(home.resolve("routes/a.flow.yaml"), """
                flow: a
                variables: { currency: EUR }
                shapes:
                  - { id: told, notify: { per: run, log: info, text: "%s ${flow.currency}" } }
                """.formatted(text));
    }

    private Said say(String... args) {
        return Said.by(
                home, Map.of("PATCHBAY_URL", Program.url(program), "PATCHBAY_ADMIN_TOKEN", Program.TOKEN), "", args);
    }

    @Test
    void deploysPromotesAndCompares() throws Exception {
        assertThat(say("environment", "list").out()).contains("de", "uk", "Britain", "manual", "gb");
        assertThat(say("environment", "deploy", "uk", "--plan").out())
                .contains("a@uk  would be deployed  file       -");
        assertThat(say("run", "a@uk").code()).as("a plan deploys nothing").isNotZero();

        assertThat(say("environment", "diff", "uk", "de").out())
                .as("what runs nowhere does not differ")
                .contains("a      -   -  the same");
        Said deployed = say("environment", "deploy", "uk", "--note", "first");

        assertThat(deployed.err()).isEmpty();
        assertThat(deployed.out()).contains("a@uk  deployed  file       -");
        assertThat(say("run", "a@uk").out()).contains("version 1");
        assertThat(say("logs", "a@uk").out() + say("runs", "--json").out()).contains("a@uk");
        assertThat(say("environment", "show", "uk").out())
                .contains("uk: Britain (test), in routes/environments/uk.yaml")
                .contains("variables  currency  GBP")
                .contains("a@uk     1  runs  yes")
                .contains("first");
        assertThat(say("environment", "diff", "uk", "de"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(1))
                .satisfies(said -> assertThat(said.out()).contains("variables  currency  \"GBP\"  -", "a      1   -"));
        flow("two");
        Said promoted = say("environment", "promote", "uk", "de", "a", "--json");
        assertThat(promoted.json().at("/flows/0/taken").asInt()).isEqualTo(1);
        assertThat(promoted.json().at("/flows/0/action").asText()).isEqualTo("deploy");
        assertThat(say("environment", "diff", "uk", "de").code()).isZero();
        assertThat(say("versions", "a@de", "--show", "running").out()).contains("one", "flow: a@de", "currency: EUR");
        assertThat(say("environment", "diff", "base", "de", "--text").out())
                .contains("-  - { id: told")
                .contains("one");
        assertThat(say("environment", "promote", "base", "de").code()).isZero();
        assertThat(say("rollback", "a@de").out()).contains("a@de: version 1 runs");
        assertThat(say("pause", "flow", "a@de").code()).isZero();
        assertThat(say("environment", "show", "de").out()).contains("no");
    }

    @Test
    void anEnvironmentOfWhichNothingRunsDoesNotDifferFromItself() {
        Said same = say("environment", "diff", "uk", "uk");

        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("They replace the same.", "the same");
        assertThat(say("environment", "diff", "uk", "base").code())
                .as("it runs outside, and not in the environment")
                .isEqualTo(1);
    }

    @Test
    void deploysWhatWasShownAndNothingElse() throws Exception {
        Said shown = say("environment", "deploy", "--plan", "uk");
        String id = shown.out().substring(shown.out().indexOf("Plan ") + 5).strip();
        flow("two");

        Said refused = say("environment", "deploy", "uk", "--plan", id);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("changed since plan " + id + " was made. Nothing was changed.");
        String now = refused.out().substring(refused.out().indexOf("Plan ") + 5).strip();
        assertThat(now).isNotEqualTo(id);
        assertThat(say("run", "a@uk").code()).as("nothing was deployed").isNotZero();
        assertThat(say("environment", "deploy", "uk", "--plan=" + now).out()).contains("a@uk  deployed");
    }

    @Test
    void whatIsNoPlanIsNoFlowEither() {
        for (String plan : new String[] {"--plan=nonsense", "--plan=", "--plan=a"}) {
            Said said = say("environment", "promote", "base", "uk", plan);

            assertThat(said.code()).as(plan).isEqualTo(2);
            assertThat(said.err()).contains("is no id of a plan: --plan alone tells it");
        }
        assertThat(say("environment", "deploy", "uk", "--plan=nonsense").code()).isEqualTo(2);
        assertThat(say("environment", "deploy", "uk", "--plan", "nonsense").err())
                .as("a name behind --plan is one of a flow")
                .contains("nonsense");
        assertThat(say("run", "a@uk").code()).as("nothing was deployed").isNotZero();
    }

    @Test
    void saysWhatSpeaksAgainstIt() throws Exception {
        assertThat(say("environment", "deploy", "us").err()).contains("There is no environment 'us'");
        assertThat(say("environment", "promote", "uk", "de"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(1))
                .satisfies(said -> assertThat(said.out())
                        .contains("a@de  cannot run  uk")
                        .contains("routes/environments/de.yaml:3:10: flow 'a' does not run in 'uk' [NOT_RUNNING]")
                        .contains("hint: deploy it there first: patchbay environment deploy uk a"))
                .satisfies(said -> assertThat(said.err()).contains("Nothing was changed."));
        JsonNode plan =
                say("environment", "promote", "uk", "de", "--plan", "--json").json();
        assertThat(plan.path("possible").asBoolean()).isFalse();
        assertThat(say("environment", "promote", "uk", "de", "--plan").out())
                .contains("Nothing can be deployed before that is mended.");
    }

    @Test
    void checksTestsAndExplainsFlowsOfEnvironmentsWithoutARuntime() throws Exception {
        Files.writeString(home.resolve("routes/a.test.yaml"), """
                test: a@uk
                cases:
                  - name: says what is said in Britain
                    expect: { logs: [ { text: "one GBP" } ] }
                """);
        Said checked = say("check");
        assertThat(checked.out()).endsWith("4 files, 0 errors, 0 warnings" + System.lineSeparator());
        assertThat(say("explain", "a@uk").code()).isZero();
        Said tested = say("test");
        assertThat(tested.out()).contains("ok      says what is said in Britain");

        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                prefix: de
                type: tset
                replace: { instances: { shop: other }, variables: { curency: GBP } }
                packages: [ nightly ]
                flows: [ a, stock ]
                """);
        assertThat(say("check").out()).contains("routes/environments/uk.yaml:3:7: 'tset'");
        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                prefix: de
                replace: { instances: { shop: other }, variables: { curency: GBP } }
                packages: [ nightly ]
                flows: [ a, stock ]
                """);
        Files.writeString(home.resolve("routes/a.flow.yaml"), "flow: a\nshapes:\n  - notify: { log: loud, text: x }\n");
        Files.writeString(
                home.resolve("routes/b.flow.yaml"), "flow: b@uk\nshapes:\n  - notify: { log: info, text: x }\n");
        String found = say("check").out();
        assertThat(found)
                .contains("routes/environments/uk.yaml:2:1: prefix 'de' is that of environment 'de', too")
                .contains(
                        "routes/environments/uk.yaml:3:25: warning: no flow of environment 'uk' names the instance 'shop'")
                .contains(
                        "routes/environments/uk.yaml:3:53: warning: no flow of environment 'uk' names a variable 'curency'")
                .contains("routes/environments/uk.yaml:4:13: there is no package 'nightly'")
                .contains("routes/environments/uk.yaml:5:13: there is no flow 'stock'")
                .contains("routes/b.flow.yaml:1:7: flow id 'b@uk' is that of a flow in an environment")
                .containsOnlyOnce("routes/a.flow.yaml:3:");

        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                prefix: a/b
                flows: [ a ]
                """);
        assertThat(say("check").out()).contains("routes/environments/uk.yaml:2:1: prefix 'a/b' is no part of a URL");
        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                flows: [ { flow: a, prio: low } ]
                """);
        assertThat(say("check").out()).contains("routes/environments/uk.yaml:2:21: flow has no key 'prio'");
        Files.writeString(home.resolve("routes/environments/uk.yaml"), """
                environment: uk
                flows: [ { flow: a, variables: { nix: 1 } } ]
                """);
        assertThat(say("check").out())
                .contains("routes/environments/uk.yaml:2:10: warning: flow 'a' has no variable 'nix'");
        Files.writeString(home.resolve("routes/a.flow.yaml"), "flow: a\nshapes: [\n");
        assertThat(say("check").out()).doesNotContain("has no variable 'nix'");
    }
}
