package io.patchbay.cli;

import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.Catalogues;
import io.patchbay.home.Home;
import io.patchbay.secret.Secrets;
import java.net.http.HttpClient;
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
                name -> Optional.ofNullable(terminal.variable(Secrets.PREFIX + name)),
                HttpClient::newBuilder);
    }
}
