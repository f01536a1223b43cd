package io.patchbay.runtime;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Names;
import io.patchbay.connector.Pausing;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.connector.limit.Shares;
import io.patchbay.home.Home;
import io.patchbay.home.PrivateFolder;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.outbound.Outbound;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.script.language.Languages;
import io.patchbay.script.language.LanguagesProperties;
import io.patchbay.secret.RedactedOutput;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Seal;
import io.patchbay.secret.Secrets;
import io.patchbay.store.Database;
import io.patchbay.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Opens the connector room: secrets, and the Camel component over the current catalog. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecretsProperties.class, ScriptsProperties.class, LanguagesProperties.class})
class ConnectorConfiguration {

    private static final int PREFETCHERS = 32;
    private static final int PREFETCHES = 1_000;

    @Bean
    Secrets secrets(Environment environment, SecretsProperties settings, @Lazy ObjectProvider<CamelContext> camel) {
        return new Secrets(
                environment::getProperty,
                Path.of(settings.dir()),
                reference -> vault(camel.getObject(), reference),
                new Redactor());
    }

    /** Encrypts what is kept at rest. */
    @Bean
    Seal seal(PatchbayProperties settings, Home home, Secrets secrets) {
        Seal seal = seal(settings.key(), home);
        seal.tell(secrets.redactor());
        return seal;
    }

    private static Seal seal(@Nullable String keys, Home home) {
        if (keys != null && !keys.isBlank()) {
            return Seal.of(keys, new SecureRandom());
        }
        try {
            return Seal.ofFile(PrivateFolder.make(home.data()).resolve("key"), new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + home.data() + " cannot be made", e);
        }
    }

    @Bean(destroyMethod = "close")
    RedactedOutput redactedOutput(Secrets secrets) {
        return new RedactedOutput(secrets.redactor());
    }

    /**
     * Camel's vault functions resolve through its properties component, where a vault is set up for Camel. What is not there is told by
     * an exception of the component or of the client, or by a null that Camel did not expect; all else is that it could not be asked.
     * Without its function a vault has nothing: Camel would take what follows the colon for a value that stands in.
     */
    static Optional<String> vault(CamelContext camel, String reference) {
        String vault = reference.substring(0, reference.indexOf(':'));
        if (camel.getPropertiesComponent().getPropertiesFunction(vault) == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(camel.resolvePropertyPlaceholders("{{" + reference + "}}"));
        } catch (RuntimeException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            boolean missing =
                    cause instanceof IllegalArgumentException || cause instanceof NullPointerException || notFound(e);
            if (missing) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Clients wrap what their transport says, so their own word may stand anywhere. */
    private static boolean notFound(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one.getClass().getSimpleName().contains("NotFound")) {
                return true;
            }
        }
        return false;
    }

    /** The current catalog. */
    @Bean
    CurrentCatalog currentCatalog() {
        return new CurrentCatalog();
    }

    static final class CurrentCatalog implements CatalogUser {
        private final AtomicReference<Catalog> current = new AtomicReference<>(Catalog.EMPTY);

        @Override
        public void use(Catalog catalog) {
            current.set(catalog);
        }

        Catalog get() {
            Catalog catalog = current.get();
            return catalog == null ? Catalog.EMPTY : catalog;
        }
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService connectorWorkers() {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                PREFETCHERS,
                PREFETCHERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(PREFETCHES),
                RuntimeConfiguration.named("patchbay-connector-"));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    @Bean(destroyMethod = "close")
    Scripts scripts(ScriptsProperties settings) {
        return new Scripts(settings);
    }

    @Bean(destroyMethod = "close")
    FlowScripts flowScripts(ScriptsProperties settings) {
        return new FlowScripts(Scripts.ofFlows(settings));
    }

    @Bean(destroyMethod = "close")
    Languages languages(LanguagesProperties settings) {
        return new Languages(settings);
    }

    @Bean
    OfferedService offeredLanguages(Languages languages) {
        return new OfferedService(Languages.class, languages);
    }

    @Bean(ConnectorComponent.NAME)
    ConnectorComponent connectorComponent(
            CurrentCatalog catalog,
            Secrets secrets,
            Clock clock,
            ScheduledExecutorService runTimer,
            ExecutorService connectorWorkers,
            Connecting connecting,
            Home home,
            Store store,
            Scripts scripts,
            LivePauses pauses,
            Outbound outbound) {
        Database database = store.database();
        return new ConnectorComponent(
                catalog::get,
                new ConnectorServices(
                                secrets,
                                clock,
                                runTimer,
                                connectorWorkers,
                                home.root(),
                                store.folder().spill(),
                                connecting,
                                Names.SYSTEM,
                                scripts)
                        .with((Pausing) pauses)
                        .with(outbound),
                // One process has a file open alone: it shares its limits with nobody.
                database.dialect().shared() ? new Shares(database.dataSource()) : null);
    }

    @Bean
    Connecting connecting(Store store, Seal seal, Clock clock, PatchbayProperties settings, Environment environment) {
        String here = "http://localhost:" + environment.getProperty("server.port", "8080");
        return new Connecting(
                new JdbcTokens(store, seal, clock), Objects.requireNonNullElse(settings.publicUrl(), here));
    }

    @Bean
    InstanceConnect instanceConnect(ConnectorComponent component) {
        return new InstanceConnect(component);
    }

    @Bean
    InstanceCalls instanceCalls(ConnectorComponent component) {
        return new InstanceCalls(component);
    }
}
