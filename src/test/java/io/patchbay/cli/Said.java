package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;

/** What a verb answered. */
public record Said(int code, String out, String err) {

    /** Calls a verb. */
    public static Said by(Path folder, Map<String, String> environment, String in, String... args) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                environment,
                folder,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                content,
                Clock.systemUTC());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commands = Patchbay.commandLine(terminal);
        // As those of the program, they keep what they have until it is flushed.
        commands.setOut(new PrintWriter(new BufferedWriter(out), true))
                .setErr(new PrintWriter(new BufferedWriter(err), true));
        int code = Patchbay.executed(commands, args);
        return new Said(code, out + content.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** As JSON. */
    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}
