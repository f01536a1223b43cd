package io.patchbay.example;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts what the example flows talk to. A system that cannot start is told about and left out; the runtime goes on. */
public final class ExampleSystems implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExampleSystems.class);

    private final ExampleProperties settings;
    private final Path data;
    private final Clock clock;
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Prepares; nothing listens before {@link #start}. */
    public ExampleSystems(ExampleProperties settings, Path data, Clock clock) {
        this.settings = settings;
        this.data = data;
        this.clock = clock;
    }

    /** Starts each system that can start. */
    public void start() {
        start("sandbox shop", "shop-port", settings.shopPort(), () -> SandboxShop.open(settings, clock));
        start("sandbox SFTP server", "sftp-port", settings.sftpPort(), () -> SandboxSftp.open(settings, data));
    }

    /** How many are running. */
    public int running() {
        return open.size();
    }

    @Override
    public void close() {
        for (AutoCloseable system : open) {
            try {
                system.close();
            } catch (Exception e) { // AutoCloseable declares it; the others must still be closed
                LOG.warn("An example system did not close cleanly: {}", e.toString());
            }
        }
        open.clear();
    }

    private void start(String name, String setting, int port, Opening opening) {
        try {
            open.add(opening.open());
            LOG.info("Example: the {} listens on 127.0.0.1:{}", name, port);
        } catch (IOException e) {
            LOG.warn(
                    "Example: the {} is not started, so the flows that use it will fail: 127.0.0.1:{} ({}). "
                            + "Stop what listens there and start again; the port is patchbay.example.{}",
                    name,
                    port,
                    e.getMessage(),
                    setting);
        }
    }

    private interface Opening {
        AutoCloseable open() throws IOException;
    }
}
