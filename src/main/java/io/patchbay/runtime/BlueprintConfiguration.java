package io.patchbay.runtime;

import io.patchbay.blueprint.Catalogues;
import io.patchbay.blueprint.EditedHome;
import io.patchbay.blueprint.Installer;
import io.patchbay.cli.TrialOfHome;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import io.patchbay.secret.Secret;
import io.patchbay.secret.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Installs blueprints and makes files for those who ask by the API. */
@Configuration(proxyBeanMethods = false)
class BlueprintConfiguration {

    /** As for the verbs: the folder that the image brings. */
    private static final String LIBRARY = "PATCHBAY_LIBRARY";

    @Bean(destroyMethod = "close")
    Installer installer(
            Home home,
            Clock clock,
            Secrets secrets,
            Environment environment,
            Outbound outbound,
            ConnectorConfiguration.CurrentCatalog catalog) {
        String library = environment.getProperty(LIBRARY, "");
        return new Installer(
                home,
                library.isBlank() ? List.of() : List.of(Path.of(library)),
                clock,
                TrialOfHome.inProgram(home.root(), clock),
                new Catalogues.Access(name -> secrets.find(name).map(Secret::reveal), () -> outbound),
                () -> stored(catalog.get()));
    }

    /** Connectors of the instances that are made by the API, by the name of the instance. */
    private static Map<String, String> stored(Catalog catalog) {
        return catalog.instances().stream()
                .filter(one -> one.revision() != null)
                .collect(Collectors.toMap(Instance::name, one -> one.connector().id()));
    }

    @Bean
    EditedHome editedHome(Home home, Clock clock) {
        return new EditedHome(home.root(), TrialOfHome.inProgram(home.root(), clock));
    }
}
