package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large values are. A value may hold one part many times and be far larger than the memory that it takes. */
final class Trees {

    private static final int PART = 16;

    private Trees() {}

    /** Something is too large, or nested too deep. */
    static final class TooMuchException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean deep;

        TooMuchException(boolean deep) {
            super(null, null, false, false);
            this.deep = deep;
        }

        boolean deep() {
            return deep;
        }
    }

    /**
     * About how many bytes a value has when it is written.
     *
     * @param value JSON, or lists and maps
     * @throws TooMuchException when it has more than {@code most}, or more levels than {@code levels}
     */
    static long size(@Nullable Object value, long most, int levels) throws TooMuchException {
        Meter.tick();
        if (levels < 0) {
            throw new TooMuchException(true);
        }
        long size = PART;
        if (value instanceof JsonNode node) {
            if (node.isTextual()) {
                size += node.textValue().length();
            } else if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    size += member.getKey().length() + size(member.getValue(), most - size, levels - 1);
                }
            } else if (node.isContainerNode()) {
                for (JsonNode item : node) {
                    size += size(item, most - size, levels - 1);
                }
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                size += String.valueOf(member.getKey()).length() + size(member.getValue(), most - size, levels - 1);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                size += size(item, most - size, levels - 1);
            }
        } else if (value instanceof CharSequence text) {
            size += text.length();
        }
        if (size > most) {
            throw new TooMuchException(false);
        }
        return size;
    }
}
