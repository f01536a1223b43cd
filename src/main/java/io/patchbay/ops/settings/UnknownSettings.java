package io.patchbay.ops.settings;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Looks through files, command line and system properties for {@code patchbay.*} settings that no record reads and stops the
 * start, because a misspelt limit is a limit that does not hold; so does a home folder that is not there. In the environment
 * an unknown name is only warned of, and only when a known one is near: Kubernetes puts {@code PATCHBAY_PORT} and the like there for a service of that name.
 */
public final class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownSettings.class);
    /** Secrets have names of the customer's own. */
    private static final String SECRETS = "PATCHBAY_SECRET_";
    /** Read by the start script and the command line, not by the runtime. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("PATCHBAY_JAVA_OPTS", "PATCHBAY_URL");

    private static final ConfigurationPropertyName HOME = ConfigurationPropertyName.of("patchbay.home");
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("patchbay");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        KnownSettings known = KnownSettings.ofThisProgram();
        List<Problem> problems = problems(context.getEnvironment(), known);
        if (problems.isEmpty()) {
            problems = missingHome(context.getEnvironment()).stream().toList();
        }
        if (!problems.isEmpty()) {
            throw new RefusedSettingsException(problems);
        }
        unusedEnvironment(context.getEnvironment().getSystemEnvironment().keySet().stream(), known)
                .forEach(LOG::warn);
    }

    /** A home folder that somebody named and that is not there: a mistyped one would be a new, empty installation. */
    static Optional<Problem> missingHome(ConfigurableEnvironment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty home = source.getConfigurationProperty(HOME);
            if (home != null) {
                String folder = environment.resolvePlaceholders(String.valueOf(home.getValue()));
                // A file: one of the program's own, because those of the home folder are found by it.
                boolean ours = source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource;
                return ours || Files.isDirectory(Path.of(folder))
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                place(home.getOrigin()),
                                Problem.Severity.ERROR,
                                "NO_HOME",
                                "there is no folder '" + folder + "' (patchbay.home)",
                                "make it, or name another one with --home"));
            }
        }
        return Optional.empty();
    }

    private static Location place(@Nullable Origin origin) {
        return Location.of(origin == null ? "settings" : origin.toString());
    }

    static List<Problem> problems(ConfigurableEnvironment environment, KnownSettings known) {
        return environment.getPropertySources().stream()
                .filter(source -> !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
                .flatMap(source -> problems(source, known))
                .distinct()
                .sorted()
                .toList();
    }

    static Stream<String> unusedEnvironment(Stream<String> names, KnownSettings known) {
        TreeSet<String> inEnvironment = new TreeSet<>();
        known.names().forEach(name -> inEnvironment.add(environmentName(name)));
        return names.filter(name -> name.startsWith("PATCHBAY_") && !name.startsWith(SECRETS))
                .filter(name -> !OF_THE_SCRIPT.contains(name))
                .filter(name -> !inEnvironment.contains(name))
                .filter(name -> known.open().stream().noneMatch(open -> name.startsWith(environmentName(open) + "_")))
                .filter(name -> known.names().stream()
                        .noneMatch(setting ->
                                environmentName(setting.replace("-", "")).equals(name)))
                .sorted()
                .flatMap(name -> DidYouMean.nearest(name, inEnvironment).stream()
                        .map(near -> "the environment's " + name + " is read by nobody; did you mean " + near + "?"));
    }

    private static String environmentName(String setting) {
        return setting.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Stream<Problem> problems(PropertySource<?> source, KnownSettings known) {
        // Spring's own view of all sources is one of the sources.
        if (!(source instanceof EnumerablePropertySource<?> listed)) {
            return Stream.empty();
        }
        return Stream.of(listed.getPropertyNames()).flatMap(name -> problem(listed, name, known).stream());
    }

    private static Optional<Problem> problem(EnumerablePropertySource<?> source, String name, KnownSettings known) {
        if (!name.toLowerCase(Locale.ROOT).startsWith("patchbay.")) {
            return Optional.empty();
        }
        ConfigurationPropertyName given = ConfigurationPropertyName.adapt(name, '.');
        if (!OURS.isAncestorOf(given) || known.reads(given)) {
            return Optional.empty();
        }
        String shown = KnownSettings.shown(given);
        return Optional.of(new Problem(
                place(source, name),
                Problem.Severity.ERROR,
                "UNKNOWN_SETTING",
                "no setting is called '" + shown + "'",
                DidYouMean.hint(shown, known.names())));
    }

    private static Location place(PropertySource<?> source, String name) {
        Origin origin = OriginLookup.getOrigin(source, name);
        if (origin instanceof TextResourceOrigin text && text.getLocation() != null && text.getResource() != null) {
            String file = text.getResource().getFilename();
            return new Location(
                    file == null ? source.getName() : file,
                    text.getLocation().getLine() + 1,
                    text.getLocation().getColumn() + 1);
        }
        return Location.of(
                switch (source.getName()) {
                    case "commandLineArgs" -> "command line";
                    case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property";
                    default -> source.getName();
                });
    }
}
