package io.patchbay.ops.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PreparedWiringTest {

    @TempDir
    private Path home;

    @Test
    void whatTheProgramItselfSetsDecidesNothing() {
        StandardEnvironment environment = read();
        assertThat(environment.getProperty("management.endpoints.web.base-path"))
                .as("the program's own settings were read")
                .isEqualTo("/");
        assertThat(PreparedWiring.deciding(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patchbay.intake.port",
                "server.port",
                "server.ssl.bundle",
                "camel.vault.aws.region",
                "logging.level"
            })
    void whatPartsOnlyReadDecidesNothing(String name) {
        assertThat(PreparedWiring.deciding(given(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.server.port",
                "management.endpoints.web.exposure.include",
                "server.forward-headers-strategy",
                "spring.mvc.hiddenmethod.filter.enabled",
                "camel.health.enabled",
                "hawtio.enabled"
            })
    void whatConditionsLookAtIsWeighedAnew(String name) {
        assertThat(PreparedWiring.deciding(given(name))).contains(name);
    }

    @Test
    void namesOfTheEnvironmentCount() {
        StandardEnvironment environment = read();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("SERVER_PORT", "1", "PATH", "x", "MANAGEMENT_SERVER_PORT", "2")));
        assertThat(PreparedWiring.deciding(environment)).contains("MANAGEMENT_SERVER_PORT");
    }

    @Test
    void theSettingsOfAnInstallationCount() throws Exception {
        Files.writeString(home.resolve("application.yaml"), "management.prometheus.metrics.export.enabled: false\n");
        assertThat(PreparedWiring.deciding(read())).contains("management.prometheus.metrics.export.enabled");
    }

    @Test
    void aProfileCounts() {
        StandardEnvironment environment = read();
        environment.setActiveProfiles("example");
        assertThat(PreparedWiring.deciding(environment)).contains("spring.profiles.active");
    }

    private StandardEnvironment given(String name) {
        StandardEnvironment environment = read();
        environment.getPropertySources().addFirst(new MapPropertySource("given", Map.of(name, "x")));
        return environment;
    }

    /** The settings as a start reads them, with nothing from this process. */
    private StandardEnvironment read() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("home", Map.of("patchbay.home", home.toString())));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of()));
        return environment;
    }
}
