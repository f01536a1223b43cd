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

    /** Which side of a shape, or of its requests. */
    enum Side {
        IN("went into"),
        OUT("came out of"),
        SENT("was sent by"),
        RECEIVED("was answered to");

        private final String how;

        Side(String how) {
            this.how = how;
        }

        boolean wire() {
            return this == SENT || this == RECEIVED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "ID", description = "Id of a failed payload, or of a run.")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SHAPE", description = "With a run: id of the shape.")
    private @Nullable String shape;

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            description =
                    "With a run: what went in, or came out, or was sent and received with its requests (default: out).")
    private @Nullable Side side;

    @Option(
            names = "--number",
            paramLabel = "N",
            description = "With a run: which of the shape's payloads, or requests, from 1 (default: the first).")
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
        String run = "/api/v1/runs/" + RuntimeClient.encoded(id);
        Query query = wanted.wire() ? new Query(run + "/requests") : new Query(run + "/payloads").with("bytes", true);
        JsonNode list = runtime().get(query.with("shape", in).toString());
        List<JsonNode> all = StreamSupport.stream(list.path("data").spliterator(), false)
                .filter(one -> wanted.wire()
                        ? one.path("bodies").isTextual()
                        : one.path("direction").asText().equals(wanted.word()))
                .toList();
        int which = number == null ? 1 : number;
        if (which < 1 || which > all.size()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    all.isEmpty()
                            ? nothing(wanted, in)
                            : "There are " + all.size() + (wanted.wire() ? " such requests" : " such payloads")
                                    + "; --number is one of them, from 1.");
        }
        JsonNode one = all.get(which - 1);
        return wanted.wire() ? body(run, wanted, one.path("bodies").asText(), in) : one;
    }

    private JsonNode body(String run, Side wanted, String request, String in) {
        JsonNode body = runtime()
                .get(run + "/requests/" + RuntimeClient.encoded(request) + "/bodies")
                .path(wanted.word());
        if (body.isNull()) {
            throw new Refused(Refused.WRONG_USE, nothing(wanted, in));
        }
        return body;
    }

    private String nothing(Side wanted, String in) {
        return "Of run " + id + " no " + (wanted.wire() ? "body" : "payload") + " is kept that " + wanted.how + " '"
                + in + "'; 'settings.capture' of the flow says what is kept.";
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
