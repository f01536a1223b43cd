package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are read one after the other. */
public interface Records extends Closeable {

    /**
     * The next one; null behind the last.
     *
     * @throws FormatException if the content breaks the rules of its format; where it says so, the next call goes on behind that
     */
    @Nullable
    JsonNode next() throws IOException;

    /** Records that are there. */
    static Records of(Iterable<JsonNode> all) {
        Iterator<JsonNode> each = all.iterator();
        return new Records() {
            @Override
            public @Nullable JsonNode next() {
                return each.hasNext() ? each.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    /** No records. */
    Records NONE = of(List.of());
}
