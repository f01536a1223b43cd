package io.patchbay.connector.camel;

import io.patchbay.connector.Growing;
import io.patchbay.connector.Use;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Records that cannot be read and go aside; for tests. */
public final class Asides {

    /** The use of a shape that puts them aside and goes on. */
    public static final Use SKIPS = new Use(Map.of(), new Use.Response(), false, null, Growing.AS_DECLARED, null, true);

    private Asides() {}

    /** Those that a pull put aside. */
    public static List<Payload> of(List<Pull.Element> all) {
        return all.stream()
                .filter(Pull.Aside.class::isInstance)
                .map(one -> ((Pull.Aside) one).payload())
                .toList();
    }

    /** Where they come from. */
    static List<Lineage> lineages(List<Pull.Element> all) {
        return of(all).stream().map(Payload::lineage).toList();
    }

    /** One with this text, in which a tilde ends a line. */
    public static Payload mended(Payload aside, String text) {
        byte[] bytes = (text.replace('~', '\n') + "\n").getBytes(StandardCharsets.UTF_8);
        return aside.withBody(new Body.Bytes(bytes, aside.body().contentType()), RecordPath.ROOT);
    }

    /** What an endpoint reads of one that comes again, as it is or mended: its page, and what follows. */
    public static List<Pull.Element> again(World world, String uri, Payload aside, Attempt attempt) throws Exception {
        Exchange exchange = world.call(uri, aside, attempt, SKIPS);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            return List.of(pull.next(), pull.next());
        }
    }
}
