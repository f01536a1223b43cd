package io.patchbay.cli;

import io.patchbay.home.Home;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.runtime.SecretsProperties;
import io.patchbay.secret.OpenSecrets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings that a runtime would have in a home folder: those of the environment and of its {@code application.yaml}. What its own
 * command line or environment says elsewhere is not known. They are read when the first is asked for.
 */
final class SettingsOfHome {

    private static final String FILE = "application.yaml";

    private final Home home;
    private final Terminal terminal;
    private final Problems problems = new Problems();
    private @Nullable Binder binder;
    private @Nullable OpenSecrets open;

    SettingsOfHome(Home home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    /** Settings under a prefix, or the defaults where they cannot be read; then that is a problem. */
    <T> T of(String prefix, Class<T> type) {
        try {
            return binder().bindOrCreate(prefix, type);
        } catch (YAMLException | ConfigDataException | BindException e) {
            problems.error(
                    Location.of(FILE),
                    "BAD_SETTINGS",
                    "the settings under '" + prefix + "' cannot be read: " + cause(e),
                    "the settings that there are stand in docs/reference/settings.md");
            return new Binder(List.of()).bindOrCreate(prefix, type);
        }
    }

    /** Whether maps may use a secret; whether it is there is not looked at: secrets are where the program runs. */
    @Nullable
    String lacks(String secret) {
        OpenSecrets asked = open;
        if (asked == null) {
            asked = new OpenSecrets(
                    of("patchbay.secrets", SecretsProperties.class).inMaps());
            open = asked;
        }
        return asked.lacks(secret);
    }

    /** What is wrong with those that were asked for. */
    List<Problem> problems() {
        return problems.list();
    }

    private Binder binder() {
        Binder made = binder;
        if (made == null) {
            StandardEnvironment settings = new StandardEnvironment();
            settings.getPropertySources()
                    .replace(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    Map.copyOf(terminal.environment())));
            settings.getPropertySources()
                    .addFirst(new MapPropertySource(
                            "home", Map.of("patchbay.home", home.root().toString())));
            ConfigDataEnvironmentPostProcessor.applyTo(settings);
            made = Binder.get(settings);
            binder = made;
        }
        return made;
    }

    private static String cause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
