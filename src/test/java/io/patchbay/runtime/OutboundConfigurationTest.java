package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.patchbay.home.Home;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secrets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is said at the start about the way of calls out of the machine. */
class OutboundConfigurationTest {

    private static final String OF_JAVA = "https.proxyHost";

    @TempDir
    private Path home;

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutboundConfiguration.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        System.clearProperty(OF_JAVA);
    }

    private void starts() {
        new OutboundConfiguration()
                .outbound(
                        OutboundProperties.NONE,
                        new Home(home),
                        new Secrets(name -> null, home, name -> Optional.empty(), new Redactor()));
    }

    @Test
    void aProxyThatWasGivenToJavaAloneIsWarnedOf() {
        starts();
        assertThat(lines.list).isEmpty();

        System.setProperty(OF_JAVA, "proxy.example.com");
        starts();
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains(OF_JAVA, "patchbay.http.proxy.address");
        });
    }
}
