package io.patchbay.cli;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the runtime is. */
final class Remote {

    private static final String USUAL = "http://127.0.0.1:8080";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the runtime (default: PATCHBAY_URL, else " + USUAL + ").")
    private @Nullable String given;

    /** The address, without a slash at its end. @throws Refused when it is none */
    URI address(Terminal terminal) {
        String variable = terminal.variable(Terminal.URL);
        String text = given != null ? given : variable != null ? variable : USUAL;
        try {
            URI address = URI.create(text.replaceAll("/+$", ""));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(text);
        }
        throw notAnAddress(text);
    }

    /** The runtime at an address that somebody gives. */
    static Remote of(String url) {
        Remote remote = new Remote();
        remote.given = url;
        return remote;
    }

    /** The runtime, for who has a key or the administrator's token. @throws Refused when there is no token */
    RuntimeClient runtime(Terminal terminal) {
        String key = terminal.variable(Terminal.KEY);
        String token = key == null ? terminal.variable(Terminal.TOKEN) : key;
        if (token == null) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "The runtime asks who you are: put a key into the environment variable " + Terminal.KEY
                            + ", or the administrator's token into " + Terminal.TOKEN + ".");
        }
        return new RuntimeClient(address(terminal), token);
    }

    private static Refused notAnAddress(String text) {
        return new Refused(Refused.WRONG_USE, "'" + text + "' is not an address like " + USUAL + ".");
    }
}
