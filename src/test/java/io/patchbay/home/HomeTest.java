package io.patchbay.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void namesItsFoldersFromAnAbsoluteRoot() {
        Home home = new Home(Path.of("some/../place"));

        assertThat(home.root())
                .isAbsolute()
                .isEqualTo(Path.of("").toAbsolutePath().resolve("place"));
        assertThat(home.routes()).isEqualTo(home.root().resolve("routes"));
        assertThat(home.connectors()).isEqualTo(home.root().resolve("connectors"));
        assertThat(home.blueprints()).isEqualTo(home.root().resolve("blueprints"));
        assertThat(home.data()).isEqualTo(home.root().resolve("data"));
    }
}
