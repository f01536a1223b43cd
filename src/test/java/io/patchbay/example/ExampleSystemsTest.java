package io.patchbay.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ExampleSystemsTest {

    @TempDir
    private Path data;

    @Test
    void goesOnAndSaysSoWhenAPortIsTaken(CapturedOutput output) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                ExampleSystems systems = systems(other.getLocalPort(), 0)) {
            systems.start();
            assertThat(systems.running()).isEqualTo(1);
            assertThat(output)
                    .contains("sandbox shop is not started")
                    .contains("127.0.0.1:" + other.getLocalPort())
                    .contains("patchbay.example.shop-port");
        }
    }

    @Test
    void startsBothSystemsAndStopsThem() {
        ExampleSystems systems = systems(0, 0);
        systems.start();
        assertThat(systems.running()).isEqualTo(2);
        systems.close();
        assertThat(systems.running()).isZero();
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExampleProperties(70_000, "t", 20, 0, "p"))
                .withMessage("patchbay.example.shop-port must be a port, got 70000");
    }

    private ExampleSystems systems(int shopPort, int sftpPort) {
        return new ExampleSystems(
                new ExampleProperties(shopPort, "token", 20, sftpPort, "sandbox"), data, Clock.systemUTC());
    }
}
