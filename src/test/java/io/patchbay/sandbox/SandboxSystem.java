package io.patchbay.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A system that connectors call, as its vendor's documents describe it: it keeps what it is sent in memory, asks for the
 * credentials, and refuses what the real one refuses. Calls come by several threads.
 */
public interface SandboxSystem {

    /**
     * A request.
     *
     * @param method in capitals
     * @param address scheme, host, path and query
     * @param headers by name in small letters
     * @param body what was sent; empty without one
     */
    record Call(String method, URI address, Map<String, List<String>> headers, byte[] body) {

        /** The first value of a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .get(0);
        }

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * What it says to a request.
     *
     * @param headers besides the length, which is added
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        /** JSON with a status. */
        public static Answer json(int status, String body) {
            return new Answer(
                    status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a host, in small letters, is one of this system's. */
    boolean answersAs(String host);

    /** Answers a request to one of its hosts. */
    Answer answer(Call call);
}
