package io.patchbay.runtime;

import io.patchbay.connector.contract.Contracts;
import io.patchbay.home.Home;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.payload.Body;
import io.patchbay.runtime.ConnectorConfiguration.CurrentCatalog;
import io.patchbay.secret.Secrets;
import io.patchbay.store.Store;
import io.patchbay.trigger.CallerTraces;
import io.patchbay.trigger.inbound.CallerDesk;
import io.patchbay.trigger.inbound.JdbcCallers;
import io.patchbay.trigger.intake.Intake;
import io.patchbay.trigger.intake.IntakeSettings;
import io.patchbay.trigger.intake.LargeBodies;
import io.patchbay.trigger.subscription.Subscriptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Opens the listener for webhooks and callbacks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
class IntakeConfiguration {

    private static final System.Logger LOG = System.getLogger(IntakeConfiguration.class.getName());

    @Bean(destroyMethod = "stop")
    Intake intake(
            IntakeProperties settings,
            CamelContext camel,
            QueuedStarts starts,
            Store store,
            Secrets secrets,
            CurrentCatalog catalog,
            CallerDesk callers,
            PatchbayProperties program,
            Home home,
            Clock clock,
            CallerTraces traces) {
        IntakeSettings bounds =
                IntakeSettings.of(settings.host(), settings.port(), home.data().resolve("intake"));
        return new Intake(
                bounds,
                new Intake.Parts(
                        camel,
                        starts,
                        new StoredBodies(store),
                        name -> secrets.find(name).map(secret -> secret.reveal()),
                        new CatalogEvents(catalog::get, secrets),
                        callers,
                        clock,
                        traces,
                        address(program.publicUrl())));
    }

    private static @Nullable String address(@Nullable String publicUrl) {
        return publicUrl == null || publicUrl.isBlank() ? null : publicUrl.replaceAll("/+$", "");
    }

    /** The callers of the inbound API, for operators and for the intake. */
    @Bean
    CallerDesk callers(Store store, Clock clock) {
        return new CallerDesk(new JdbcCallers(store.database().dataSource(), clock), clock);
    }

    /** The port opens when the first generation is deployed, so that the first request finds its path. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ApplicationListener<ApplicationReadyEvent> openIntake(
            Intake intake,
            Lifecycle lifecycle,
            IntakeProperties settings,
            Subscriptions subscriptions,
            Contracts contracts) {
        return event -> {
            lifecycle.begin();
            try {
                intake.start();
                subscriptions.start();
                contracts.start();
                LOG.log(
                        System.Logger.Level.INFO,
                        "Patchbay has started in {0} s, on Java {1}, as process {2}, wired at {3}",
                        event.getTimeTaken() == null
                                ? "?"
                                : event.getTimeTaken().toMillis() / 1000.0,
                        Runtime.version(),
                        String.valueOf(ProcessHandle.current().pid()),
                        AotDetector.useGeneratedArtifacts() ? "build" : "start");
            } catch (IllegalStateException e) {
                throw cannotListen(e, settings);
            }
        };
    }

    private static RuntimeException cannotListen(RuntimeException thrown, IntakeProperties settings) {
        Throwable why = NestedExceptionUtils.getMostSpecificCause(thrown);
        if (!(why instanceof BindException)) {
            return thrown;
        }
        return String.valueOf(why.getMessage()).contains("in use")
                ? new InvalidConfigurationPropertyValueException(
                        "patchbay.intake.port",
                        settings.port(),
                        "the intake of webhooks and callbacks cannot listen there: another program uses this port")
                : new InvalidConfigurationPropertyValueException(
                        "patchbay.intake.host",
                        settings.host(),
                        "the intake of webhooks and callbacks cannot listen there: " + why.getMessage());
    }

    /** Bodies that came in as files become files of the store. */
    private record StoredBodies(Store store) implements LargeBodies {
        @Override
        public Body.Stored adopt(Path file, String contentType, long size) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                Body kept = store.bodies().keep(in, contentType, size);
                Files.deleteIfExists(file);
                if (kept instanceof Body.Stored stored) {
                    return stored;
                }
                throw new IOException("a small body came in as a file");
            }
        }

        @Override
        public void discard(Body.Stored body) {
            store.bodies().discard(body);
        }
    }
}
