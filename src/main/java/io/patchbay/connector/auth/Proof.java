package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is added to a request so that the system knows who calls: any number of headers, query
 * parameters and values for placeholders, and a server. It prints
 * without its values.
 *
 * @param parts in the order in which they are added
 */
public record Proof(List<Part> parts) {

    /** Nothing. */
    public static final Proof NONE = new Proof(List.of());

    public Proof {
        parts = List.copyOf(parts);
    }

    /** Parts of a request. */
    public enum Into {
        /** A header. */
        HEADER,
        /** A query parameter. */
        QUERY,
        /** Where the definition has the placeholder of its name. */
        PLACED,
        /** The same, as a number. */
        PLACED_NUMBER,
        /** In place of the connector's baseUrl. */
        SERVER
    }

    /**
     * One of them.
     *
     * @param into the part of the request
     * @param name of the header or parameter; for a cookie its header
     * @param value what is sent, not encoded
     */
    public record Part(Into into, String name, String value) {
        @Override
        public String toString() {
            return into + " " + name + ": ***";
        }
    }

    /** A header. */
    public static Proof header(String name, String value) {
        return new Proof(List.of(new Part(Into.HEADER, name, value)));
    }

    /** A query parameter. */
    public static Proof query(String name, String value) {
        return new Proof(List.of(new Part(Into.QUERY, name, value)));
    }

    /** A value for the placeholder {@code ${auth.NAME}}. */
    public static Proof placed(String name, String value) {
        return new Proof(List.of(new Part(Into.PLACED, name, value)));
    }

    /** Where requests with this proof go, in place of the connector's baseUrl. */
    public static Proof server(URI server) {
        return new Proof(List.of(new Part(Into.SERVER, "", server.toString())));
    }

    /** The same with numbers for placeholders. */
    Proof numbers() {
        return new Proof(parts.stream()
                .map(part ->
                        part.into() == Into.PLACED ? new Part(Into.PLACED_NUMBER, part.name(), part.value()) : part)
                .toList());
    }

    /** Values for placeholders, by name. */
    public ObjectNode values() {
        ObjectNode values = Json.NODES.objectNode();
        for (Part part : parts) {
            if (part.into() == Into.PLACED) {
                values.put(part.name(), part.value());
            } else if (part.into() == Into.PLACED_NUMBER) {
                values.put(part.name(), new BigDecimal(part.value()));
            }
        }
        return values;
    }

    /** Where requests go, in place of the connector's baseUrl; null for there. */
    public @Nullable URI server() {
        return parts.stream()
                .filter(part -> part.into() == Into.SERVER)
                .map(part -> URI.create(part.value()))
                .findFirst()
                .orElse(null);
    }

    /** This one and another one behind it. */
    public Proof and(Proof other) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Proof(all);
    }

    /** Whether another proof is part of this one. */
    public boolean holds(Proof other) {
        return parts.containsAll(other.parts);
    }
}
