package io.patchbay.ops.settings;

import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;

/**
 * Starts the program with the wiring that Spring worked out when the jar was built, which takes a third off the start, as long
 * as it is the same that Spring would work out now. It may be another one when a profile is active or a setting of Spring, its
 * endpoints, Camel or Hawtio is given, because the conditions of their parts look at those: then all is weighed anew at the
 * start. Our own settings are read when the parts are made, and no condition of ours stands on one.
 *
 * <p>{@code -Dspring.aot.enabled=true|false} decides it by hand.
 *
 * @see <a href="https://docs.spring.io/spring-boot/3.5/reference/packaging/aot.html">Ahead-of-time processing with the JVM</a>
 */
public final class PreparedWiring implements EnvironmentPostProcessor, Ordered {

    /** Names below these may decide which parts there are. */
    private static final List<String> DECIDING =
            List.of("spring.", "management.", "server.", "camel.", "hawtio.", "jolokia.");
    /** Names below these are only read by parts that are there anyway. */
    private static final List<String> READ_ONLY_BY_PARTS = List.of(
            "spring.aot.",
            "spring.application.",
            "spring.config.",
            "spring.profiles.active",
            "server.port",
            "server.address",
            "server.ssl.",
            "server.shutdown",
            "camel.vault.");

    /** After the files with settings were read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Optional<String> deciding = deciding(environment);
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING) && deciding.isPresent()) {
            throw new IllegalStateException(
                    "the wiring cannot be prepared for everybody while this build's environment or"
                            + " system properties set '" + deciding.get() + "': take it away");
        }
        Class<?> main = application.getMainApplicationClass();
        if (main != null
                && SpringProperties.getProperty(AotDetector.AOT_ENABLED) == null
                && environment.getProperty(AotDetector.AOT_ENABLED) == null
                && isPackaged(main)
                && ClassUtils.isPresent(main.getName() + "__ApplicationContextInitializer", main.getClassLoader())
                && deciding.isEmpty()) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    /** In a folder of compiled classes the wiring may be older than the classes beside it. */
    private static boolean isPackaged(Class<?> main) {
        CodeSource source = main.getProtectionDomain().getCodeSource();
        return source != null && !source.getLocation().getPath().endsWith("/classes/");
    }

    /** A setting from outside the program that may change which parts there are, if any was given. */
    static Optional<String> deciding(ConfigurableEnvironment environment) {
        if (environment.getActiveProfiles().length > 0) {
            return Optional.of("spring.profiles.active");
        }
        return environment.getPropertySources().stream()
                .flatMap(PreparedWiring::fromOutside)
                .filter(PreparedWiring::decides)
                .findFirst();
    }

    private static Stream<String> fromOutside(PropertySource<?> source) {
        // Spring's own view of all sources is one of the sources, and it lists nothing.
        return source instanceof EnumerablePropertySource<?> listed
                ? Stream.of(listed.getPropertyNames()).filter(name -> !isOfThisProgram(listed, name))
                : Stream.empty();
    }

    private static boolean isOfThisProgram(PropertySource<?> source, String name) {
        return Origin.from(OriginLookup.getOrigin(source, name)) instanceof TextResourceOrigin text
                && unwrapped(text.getResource()) instanceof ClassPathResource;
    }

    private static @Nullable Resource unwrapped(@Nullable Resource resource) {
        return resource instanceof OriginTrackedResource tracked ? tracked.getResource() : resource;
    }

    /** In the environment a name is written {@code SERVER_PORT}. */
    private static boolean decides(String name) {
        String setting = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return DECIDING.stream().anyMatch(setting::startsWith)
                && READ_ONLY_BY_PARTS.stream().noneMatch(setting::startsWith);
    }
}
