package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "patchbay.intake.port=0")
class AppTest {

    @TempDir
    static Path home;

    @Autowired
    private CamelContext camel;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry settings) {
        settings.add("patchbay.home", home::toString);
    }

    @Test
    void startsWithARunningCamelContext() {
        assertThat(camel.isStarted()).isTrue();
        assertThat(camel.getName()).isEqualTo("patchbay");
    }

    @Test
    void takesTheHomeFolderWithAnEqualsSignOrApart() {
        assertThat(App.settings(new String[] {"--home=a", "--server.port=0"}))
                .containsExactly("--patchbay.home=a", "--server.port=0");
        assertThat(App.settings(new String[] {"--home", "a b", "--server.port=0"}))
                .containsExactly("--patchbay.home=a b", "--server.port=0");
    }

    @Test
    void anArgumentThatIsNoSettingIsRefused() {
        assertThat(App.unknown(App.settings(new String[] {"--server.port=1", "--hom=/x.y"})))
                .contains("--hom");
        assertThat(App.unknown(App.settings(new String[] {"--home", "a", "--server.port=1", "--debug"})))
                .isEmpty();
    }
}
