package io.patchbay.connector.sftp;

import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;

/** A program of its own: sends a large file and fetches it back, server and client in one heap that is smaller than the file. */
final class SmallHeap {

    private static final int MEGABYTES = 50;

    private SmallHeap() {}

    /** Ends with 0 when what came back is what was sent. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        try (World world = new World(home);
                Sftp sftp = new Sftp(home.resolve("remote"))) {
            sftp.writeKnownHosts(home.resolve("data/known-hosts"));
            world.write("connectors/sftp/connector.yaml", Files.readString(Path.of("connectors/sftp/connector.yaml")));
            world.write(
                    "connectors/sftp/instances/warehouse.yaml",
                    "{instance: warehouse, connector: sftp, auth: password, settings: {host: 127.0.0.1, port: "
                            + sftp.port() + ", user: ada, password: '${secret.PASSWORD}'}}");
            world.secret("PASSWORD", "correct horse");
            world.reload();
            Path file = large(home.resolve("large.bin"));
            call(world, "files.put", new Body.Stored(file, "application/octet-stream", Files.size(file)));
            Payload back = call(world, "files.read", Body.EMPTY);
            System.exit(same(file, back) ? 0 : 3);
        }
    }

    private static Path large(Path file) throws Exception {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                Arrays.fill(block, (byte) i);
                out.write(block);
            }
        }
        return file;
    }

    private static Payload call(World world, String endpoint, Body body) throws Exception {
        Exchange done = world.context()
                .createProducerTemplate()
                .request("connector:warehouse/" + endpoint, exchange -> {
                    exchange.setProperty(Use.WITH, Map.of("path", "large.bin"));
                    exchange.setProperty(Attempt.PROPERTY, new FakeAttempt());
                    exchange.getMessage().setBody(new Payload(Lineage.ofRun("run-1"), body, RecordPath.ROOT, Map.of()));
                });
        if (done.getException() != null) {
            throw done.getException();
        }
        return (Payload) done.getMessage().getBody();
    }

    private static boolean same(Path file, Payload back) throws Exception {
        try (InputStream sent = Files.newInputStream(file);
                InputStream got = back.stream()) {
            byte[] one;
            do {
                one = sent.readNBytes(1 << 16);
                if (!Arrays.equals(one, got.readNBytes(1 << 16))) {
                    return false;
                }
            } while (one.length > 0);
            return true;
        }
    }
}
