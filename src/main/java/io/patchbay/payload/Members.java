package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members of a record whose names are known before: of a row, by its columns, or of what a map makes, by its fields. The names stand once
 * for all records, each record has its values alone: a tenth of the memory of a table of its own. In the order in which they came,
 * as a {@link LinkedHashMap} has them; a member that is not among the names, or comes out of their order, lets the record have
 * such a map from there on. Own code, because Jackson takes its members from any map and has none of this kind.
 */
public final class Members extends AbstractMap<String, JsonNode> {

    /** Names that are compared one by one, by identity, before they are looked up. */
    private static final int COMPARED = 24;

    private final Names names;
    private final @Nullable JsonNode[] values;
    /** How many there are. */
    private int count;
    /** The position of the last that there is; -1 when there is none. */
    private int last = -1;
    /** All members, when they are not what the names say. */
    private @Nullable Map<String, JsonNode> others;

    private Members(Names names) {
        this.names = names;
        this.values = new JsonNode[names.names.length];
    }

    /** An object without members, with room for these. */
    public static ObjectNode object(Names names) {
        return new ObjectNode(Json.NODES, of(names));
    }

    /** The members alone. */
    static Map<String, JsonNode> of(Names names) {
        return new Members(names);
    }

    /** Names of members, in the order in which they are expected. */
    public static final class Names {

        private final String[] names;
        private final Map<String, Integer> positions;

        private Names(List<String> names) {
            this.names = names.stream().map(String::intern).toArray(String[]::new);
            this.positions = new HashMap<>(names.size() * 4 / 3 + 1);
            for (int i = 0; i < this.names.length; i++) {
                positions.putIfAbsent(this.names[i], i);
            }
        }

        /** Names in this order, each once. */
        public static Names of(List<String> names) {
            return new Names(names);
        }

        /** The name at a position, the same text as every text of a program that was interned. */
        public String name(int position) {
            return names[position];
        }

        /** How many there are. */
        public int size() {
            return names.length;
        }

        @SuppressWarnings("ReferenceEquality") // the quick way; what is equal and not the same is looked up
        private int position(@Nullable Object name) {
            int most = Math.min(names.length, COMPARED);
            for (int i = 0; i < most; i++) {
                if (names[i] == name) {
                    return i;
                }
            }
            Integer found = positions.get(name);
            return found == null ? -1 : found;
        }
    }

    @Override
    public @Nullable JsonNode get(@Nullable Object name) {
        if (others != null) {
            return others.get(name);
        }
        int position = names.position(name);
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public @Nullable JsonNode put(String name, JsonNode value) {
        Objects.requireNonNull(value);
        if (others != null) {
            return others.put(name, value);
        }
        int next = last + 1;
        int position = next < values.length && names.names[next] == name ? next : names.position(name);
        if (position < 0 || (position < last && values[position] == null)) {
            return apart().put(name, value);
        }
        JsonNode before = values[position];
        values[position] = value;
        if (before == null) {
            count++;
            last = position;
        }
        return before;
    }

    private Map<String, JsonNode> apart() {
        Map<String, JsonNode> all = new LinkedHashMap<>(this);
        others = all;
        return all;
    }

    @Override
    public @Nullable JsonNode remove(@Nullable Object name) {
        if (others != null) {
            return others.remove(name);
        }
        int position = names.position(name);
        return position < 0 ? null : taken(position);
    }

    private @Nullable JsonNode taken(int position) {
        JsonNode before = values[position];
        if (before != null) {
            values[position] = null;
            count--;
            while (last >= 0 && values[last] == null) {
                last--;
            }
        }
        return before;
    }

    @Override
    public int size() {
        return others == null ? count : others.size();
    }

    @Override
    public void clear() {
        others = new LinkedHashMap<>();
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> entrySet() {
        return others == null ? new Entries() : others.entrySet();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, JsonNode>> {
        @Override
        public Iterator<Map.Entry<String, JsonNode>> iterator() {
            return new EntryIterator();
        }

        @Override
        public int size() {
            return Members.this.size();
        }
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, JsonNode>> {

        private int next = after(-1);
        private int given = -1;

        private int after(int position) {
            int at = position + 1;
            while (at <= last && values[at] == null) {
                at++;
            }
            return at;
        }

        @Override
        public boolean hasNext() {
            return next <= last;
        }

        @Override
        public Map.Entry<String, JsonNode> next() {
            if (others != null) {
                throw new ConcurrentModificationException();
            }
            JsonNode value = next <= last ? values[next] : null;
            if (value == null) {
                throw new NoSuchElementException();
            }
            given = next;
            next = after(given);
            return new Member(names.names[given], value);
        }

        @Override
        public void remove() {
            if (given < 0) {
                throw new IllegalStateException("nothing was given since the last was removed");
            }
            taken(given);
            given = -1;
        }
    }

    /** One member; what is set is set in the record. */
    private final class Member extends SimpleEntry<String, JsonNode> {
        private static final long serialVersionUID = 1L;

        Member(String name, JsonNode value) {
            super(name, value);
        }

        @Override
        public JsonNode setValue(JsonNode value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
