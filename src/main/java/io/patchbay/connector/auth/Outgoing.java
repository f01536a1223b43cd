package io.patchbay.connector.auth;

import io.patchbay.connector.Percent;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is ready to go out but for its proof, so that a proof can depend on all of it.
 *
 * @param method the method
 * @param uri where it goes, as it stands on the wire
 * @param headers those that we set, Content-Type among them
 * @param body the bytes that are sent; the same ones each time they are asked for
 */
public record Outgoing(String method, URI uri, List<Field> headers, Bytes body) {

    /** A request without a body. */
    public static final Bytes EMPTY = () -> new byte[0];

    public Outgoing {
        headers = List.copyOf(headers);
    }

    /** A header or a parameter. */
    public record Field(String name, String value) {}

    /** A body. */
    public interface Bytes {
        /** All of it. @throws StepException when it is too large to be signed, or cannot be read */
        byte[] all() throws StepException;
    }

    /** The first header of a name, or null. */
    public @Nullable String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }

    /** The query's parameters, decoded, in the order of the URI. */
    public List<Field> query() {
        return fields(uri.getRawQuery(), true);
    }

    /** Fields of a query or of a form, decoded. */
    static List<Field> fields(@Nullable String text, boolean plusIsBlank) {
        List<Field> fields = new ArrayList<>();
        for (String pair : text == null ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                fields.add(new Field(Percent.decoded(name, plusIsBlank), Percent.decoded(value, plusIsBlank)));
            }
        }
        return fields;
    }

    /** The path as it stands on the wire; a slash when there is none. */
    public String path() {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** The Host header's value: without a port that is the scheme's own (RFC 9110, section 7.2). */
    public String host() {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** The request with a proof in it. */
    public Outgoing with(Proof proof) {
        List<Field> all = new ArrayList<>(headers);
        StringBuilder text = new StringBuilder(uri.toString());
        char separator = uri.getRawQuery() == null ? '?' : '&';
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.HEADER) {
                all.add(new Field(part.name(), part.value()));
            } else if (part.into() == Proof.Into.QUERY) {
                text.append(separator);
                Percent.component(part.name(), text);
                text.append('=');
                Percent.component(part.value(), text);
                separator = '&';
            }
        }
        boolean same = text.length() == uri.toString().length();
        return new Outgoing(method, same ? uri : URI.create(text.toString()), all, body);
    }
}
