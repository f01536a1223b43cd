package io.patchbay.trigger.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.broker.Received;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of messages that cannot become starts: each one as it came in {@code ID.body}, and what is known of it with the reason
 * in {@code ID.json}. Files are on disk for certain before the broker hears that the message is done.
 */
final class Aside {

    /** So many messages of a flow lie aside; beyond, its trigger stands still until somebody looks. */
    static final int MOST = 1_000;

    private final Path folder;
    private final String flow;

    Aside(Path root, String flow) {
        this.folder = root.resolve(flow);
        this.flow = flow;
    }

    /** How many there are. */
    long count() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    /** Puts a message aside. @return the file that tells of it */
    Path put(Received message, String why, Instant now) throws IOException {
        Files.createDirectories(folder);
        String id = now.toString().replaceAll("[^0-9TZ]", "-") + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        try (InputStream content = message.content().open()) {
            write(id + ".body", content);
        }
        ObjectNode about = Json.NODES
                .objectNode()
                .put("flow", flow)
                .put("why", why)
                .put("at", now.toString())
                .put("contentType", message.contentType())
                .put("size", message.size());
        message.facts().forEach(about.putObject("event")::put);
        ObjectNode headers = about.putObject("headers");
        message.headers().forEach(headers::put);
        byte[] text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(about);
        return write(id + ".json", new java.io.ByteArrayInputStream(text));
    }

    private Path write(String name, InputStream content) throws IOException {
        Path file = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            content.transferTo(out);
            channel.force(true);
        }
        return file;
    }
}
