package io.patchbay.cli;

import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.Catalogues;
import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.secret.Secrets;
import java.time.Duration;
import java.util.Optional;

/** Catalogues of a home as verbs reach them: secrets are in the environment, as there is no runtime that knows others. */
final class CataloguesOfHome {

    static final Duration ANY_AGE = Catalogues.OFFLINE;

    private CataloguesOfHome() {}

    static Catalogues of(Home home, Archives archives, Terminal terminal) {
        return new Catalogues(
                home.root(),
                archives,
                terminal.clock(),
                new Catalogues.Access(
                        name -> Optional.ofNullable(terminal.variable(Secrets.PREFIX + name)),
                        () -> way(home, terminal)));
    }

    private static Outbound way(Home home, Terminal terminal) {
        SettingsOfHome settings = new SettingsOfHome(home, terminal);
        OutboundProperties given = settings.of("patchbay.http", OutboundProperties.class);
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(settings.problems().get(0).what());
        }
        return Outbound.of(given, home.root());
    }
}
