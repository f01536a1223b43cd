package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code key}: the key that encrypts what is kept at rest. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Changes the key that encrypts what is kept at rest.")
final class KeyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing: rotate.");
    }

    /** {@code key rotate}. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Makes a new key where there is a key file, and encrypts everything with the newest key.")
    static final class Rotate extends RuntimeVerb {

        Rotate(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode rotated = runtime().post("/api/v1/key/rotate");
            print(rotated, out -> tell(rotated, out));
            return rotated.path("closed").asInt() == 0 ? 0 : Refused.FAILED;
        }

        private static void tell(JsonNode rotated, PrintWriter out) {
            out.println("key " + rotated.path("newest").asText()
                    + (rotated.path("made").asBoolean() ? " is new; " : " is the first of PATCHBAY_KEY; ")
                    + rotated.path("renewed").asInt() + " encrypted again");
            int closed = rotated.path("closed").asInt();
            if (closed > 0) {
                out.println(closed
                        + " could not be decrypted: put the key that they need behind the newest, and do it again");
            } else if (!rotated.path("made").asBoolean()) {
                out.println("The keys behind it are needed by backups only.");
            }
        }
    }
}
