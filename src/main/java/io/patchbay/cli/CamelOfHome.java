package io.patchbay.cli;

import io.patchbay.canvas.Node;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Names;
import io.patchbay.connector.auth.Connecting;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.plain.CamelRules;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.runtime.CamelProperties;
import io.patchbay.runtime.RunsProperties;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secrets;
import io.patchbay.shape.camel.CamelRoutes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Plain Camel routes of a home folder, under the settings of that folder. Camel is set up with the first of them: a home
 * without any pays nothing.
 */
final class CamelOfHome implements CamelRoutes, AutoCloseable {

    private final Home home;
    private final Catalog catalog;
    private final Clock clock;
    private final SettingsOfHome settings;
    private final Scripts scripts = new Scripts(ScriptsProperties.DEFAULT);
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(0, work -> new Thread(work, "patchbay-check"));
    private @Nullable PlainCamel made;

    CamelOfHome(Home home, Catalog catalog, Clock clock, SettingsOfHome settings) {
        this.home = home;
        this.catalog = catalog;
        this.clock = clock;
        this.settings = settings;
    }

    /** What is wrong with a {@code *.camel.yaml} file. */
    List<Problem> check(SourceFile file) {
        return camel().files().check(file);
    }

    @Override
    public void check(Node steps, Problems problems) {
        camel().steps().check(steps, problems);
    }

    @Override
    public String endpoint(String flow, String shape, Node steps, boolean many) {
        return camel().steps().endpoint(flow, shape, steps, many);
    }

    private PlainCamel camel() {
        PlainCamel camel = made;
        if (camel == null) {
            CamelProperties allowed = settings.of("patchbay.camel", CamelProperties.class);
            String prefix = settings.of("patchbay.runs", RunsProperties.class).environmentPrefix();
            camel = new PlainCamel(
                    new CamelRules(allowed.components(), allowed.languages()),
                    Map.of(ConnectorComponent.NAME, this::connectors),
                    // What stands in a variable here says nothing about where the routes will run.
                    name -> name.startsWith(prefix) ? "1" : null,
                    allowed.drain());
            made = camel;
        }
        return camel;
    }

    /** Knows what instances there are; nothing is called. */
    private ConnectorComponent connectors() {
        Secrets none = new Secrets(name -> null, home.data(), reference -> Optional.empty(), new Redactor());
        return new ConnectorComponent(
                () -> catalog,
                new ConnectorServices(
                        none,
                        clock,
                        timer,
                        Runnable::run,
                        home.root(),
                        home.data(),
                        Connecting.NONE,
                        Names.SYSTEM,
                        scripts));
    }

    @Override
    public void close() {
        if (made != null) {
            made.close();
        }
        timer.shutdownNow();
        scripts.close();
    }
}
