package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code payload}: the content of a payload. */
@Command(
        name = "payload",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the content of a failed payload, or of one that passed a shape of a run, to the screen or a file.",
            "Of a run there is what the flow's capture keeps: content that was cut is written so far as it is kept, with exit code 1."
        })
final class PayloadCommand extends RuntimeVerb {

    /** Which side of a shape. */
    enum Side {
        IN,
        OUT
    }

    @Parameters(index = "0", paramLabel = "ID", description = "Id of a failed payload, or of a run.")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SHAPE", description = "With a run: id of the shape.")
    private @Nullable String shape;

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            description = "With a run: what went in, or came out (default: out).")
    private @Nullable Side side;

    @Option(
            names = "--number",
            paramLabel = "N",
            description = "With a run: which of the shape's payloads, from 1 (default: the first).")
    private @Nullable Integer number;

    @Option(names = "--to", paramLabel = "FILE", description = "The file that it is written to.")
    private @Nullable Path file;

    PayloadCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        if (shape == null) {
            if (side != null || number != null) {
                throw new Refused(Refused.WRONG_USE, "--side and --number belong to a run and a shape.");
            }
            runtime().take("/api/v1/failed-payloads/" + RuntimeClient.encoded(id) + "/body", this::write);
            return done(false);
        }
        JsonNode found = found(shape);
        byte[] content = found.path("text").isTextual()
                ? found.path("text").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(found.path("base64").asText(""));
        write(new ByteArrayInputStream(content));
        return done(found.path("cut").asBoolean());
    }

    private JsonNode found(String in) {
        Side wanted = side == null ? Side.OUT : side;
        String word = wanted.name().toLowerCase(Locale.ROOT);
        JsonNode list = runtime()
                .get(new Query("/api/v1/runs/" + RuntimeClient.encoded(id) + "/payloads")
                        .with("shape", in)
                        .with("bytes", true)
                        .toString());
        List<JsonNode> all = StreamSupport.stream(list.path("data").spliterator(), false)
                .filter(one -> one.path("direction").asText().equals(word))
                .toList();
        int which = number == null ? 1 : number;
        if (which < 1 || which > all.size()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    all.isEmpty()
                            ? "Of run " + id + " no payload is kept that "
                                    + (wanted == Side.IN ? "went into" : "came out of") + " '" + in
                                    + "'; 'settings.capture' of the flow says what is kept."
                            : "There are " + all.size() + " such payloads; --number is one of them, from 1.");
        }
        return all.get(which - 1);
    }

    private void write(InputStream content) throws IOException {
        if (file == null) {
            out().flush();
            content.transferTo(terminal().out());
            terminal().out().flush();
        } else {
            // Beside it first: what breaks off leaves what was there.
            Path to = terminal().folder().resolve(file);
            Path part = to.resolveSibling(to.getFileName() + ".part");
            try {
                Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private int done(boolean cut) {
        if (file != null) {
            print(Json.object().put("file", file.toString()).put("cut", cut), out -> out.println("written to " + file));
        }
        if (cut) {
            err().println("The content is cut: no more of it is kept.");
        }
        return cut ? Refused.FAILED : 0;
    }
}
