package io.patchbay.ops.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.App;
import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class UnknownSettingsTest {

    private static final KnownSettings KNOWN = new KnownSettings(
            Set.of("patchbay.home", "patchbay.intake.port", "patchbay.intake.allowed-hosts", "patchbay.admin-token"),
            Set.of("patchbay.intake.allowed-hosts"));

    @Test
    void namesTheSettingThatWasMeant() {
        assertThat(problems("patchbay.intake.prot")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("UNKNOWN_SETTING");
            assertThat(problem.what()).contains("'patchbay.intake.prot'");
            assertThat(problem.hint()).isEqualTo("did you mean 'patchbay.intake.port'?");
        });
    }

    @Test
    void takesEverySpellingOfAKnownSetting() {
        assertThat(problems("patchbay.adminToken")).isEmpty();
        assertThat(problems("patchbay.admin-token")).isEmpty();
        assertThat(problems("patchbay.admin_token")).isEmpty();
    }

    @Test
    void leavesWhatFollowsAListOrMapAlone() {
        assertThat(problems("patchbay.intake.allowed-hosts[0]")).isEmpty();
    }

    @Test
    void leavesSettingsOfOthersAlone() {
        assertThat(problems("spring.application.nam")).isEmpty();
        assertThat(problems("patchbayish.x")).isEmpty();
    }

    @Test
    void warnsOfAnEnvironmentNameThatIsNearAKnownOneOnly() {
        assertThat(UnknownSettings.unusedEnvironment(
                        Stream.of(
                                "PATCHBAY_ADMIN_TOKN",
                                "PATCHBAY_PORT_8080_TCP_ADDR",
                                "PATCHBAY_SECRET_DIRS",
                                "PATCHBAY_HOME",
                                "PATH"),
                        KNOWN))
                .containsExactly(
                        "the environment's PATCHBAY_ADMIN_TOKN is read by nobody; did you mean PATCHBAY_ADMIN_TOKEN?");
    }

    @Test
    void knowsTheSettingsOfThisBuild() {
        assertThat(KnownSettings.ofThisProgram().names()).contains("patchbay.home", "patchbay.admin-token");
    }

    @Test
    void refusesTheStartAndPointsIntoTheFile(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("application.yaml"), "patchbay:\n  hoem: /srv\n");

        assertThatThrownBy(() -> SpringApplication.run(App.class, "--patchbay.home=" + home, "--server.port=0"))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("application.yaml:2:9: no setting is called 'patchbay.hoem' [UNKNOWN_SETTING]")
                .hasMessageContaining("did you mean 'patchbay.home'?");
    }

    @Test
    void refusesTheStartForACommandLineSettingToo() {
        assertThatThrownBy(() -> SpringApplication.run(App.class, "--patchbay.hom=/srv", "--server.port=0"))
                .isInstanceOfSatisfying(
                        RefusedSettingsException.class,
                        refused -> assertThat(refused.getExitCode()).isEqualTo(2))
                .hasMessageContaining("command line: no setting is called 'patchbay.hom'");
    }

    private static List<Problem> problems(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "x")));
        return UnknownSettings.problems(environment, KNOWN);
    }

    @Test
    void namesAHomeFolderThatIsNotThere(@TempDir Path home) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("commandLineArgs", Map.of("patchbay.home", home + "/typo")));
        assertThat(UnknownSettings.missingHome(environment).orElseThrow().toString())
                .contains("there is no folder '" + home + "/typo'")
                .contains("[NO_HOME]");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("more", Map.of("patchbay.home", home.toString())));
        assertThat(UnknownSettings.missingHome(environment))
                .as("what goes first counts")
                .isEmpty();
    }
}
