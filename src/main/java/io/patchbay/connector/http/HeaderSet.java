package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.HeaderNames;
import io.patchbay.connector.Parameter;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** The headers that an endpoint's requests carry: those of its definition and no others. */
final class HeaderSet {

    private static final int LONGEST_SHOWN = 300;

    private final List<Header> fixed;
    private final List<Parameter> changing;
    private final Set<String> taken;
    private final Map<String, String> shown;

    /** Headers of these parameters; what reads settings only is put together once. */
    HeaderSet(List<Parameter> parameters, CallScope settings, Redactor redactor) throws StepException {
        List<Header> same = new ArrayList<>();
        List<Parameter> others = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.value().reads().stream().allMatch(ref -> ref.root().equals("settings"))) {
                String value = parameter.text(settings);
                if (value != null) {
                    same.add(header(parameter.name(), value));
                }
            } else {
                others.add(parameter);
            }
        }
        this.fixed = List.copyOf(same);
        this.changing = List.copyOf(others);
        this.taken = parameters.stream()
                .map(parameter -> parameter.name().toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("accept"))
                .collect(Collectors.toUnmodifiableSet());
        this.shown = recorded(same, redactor);
    }

    /** The headers of one call; the list may be added to. */
    List<Header> of(CallScope scope) throws StepException {
        List<Header> headers = new ArrayList<>(fixed.size() + changing.size() + 3);
        headers.addAll(fixed);
        for (Parameter parameter : changing) {
            if (parameter.each()) {
                given(parameter, scope, headers);
                continue;
            }
            String value = parameter.text(scope);
            if (value != null) {
                headers.add(header(parameter.name(), value));
            }
        }
        return headers;
    }

    /** Headers that the caller gives; one of the connection or of the definition cannot be given. */
    private void given(Parameter parameter, CallScope scope, List<Header> headers) throws StepException {
        for (Map.Entry<String, String> one : parameter.members(scope, this::mine)) {
            if (one.getKey().equalsIgnoreCase("Accept")) {
                headers.removeIf(header -> header.getName().equalsIgnoreCase("Accept"));
            }
            headers.add(header(one.getKey(), one.getValue()));
        }
    }

    private boolean mine(String name) {
        return !HeaderNames.given(name) || taken.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the definition has a header of this name. */
    boolean has(String name) {
        return taken.contains(name.toLowerCase(Locale.ROOT));
    }

    /** How the headers of a call are recorded. */
    Map<String, String> shown(List<Header> sent, Redactor redactor) {
        return sent.size() == fixed.size() ? shown : recorded(sent, redactor);
    }

    static Map<String, String> recorded(Iterable<Header> headers, Redactor redactor) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Header header : headers) {
            String value = header.getValue() == null ? "" : header.getValue();
            String name = header.getName();
            boolean secret = name.equalsIgnoreCase("Authorization")
                    || name.equalsIgnoreCase("Cookie")
                    || name.equalsIgnoreCase("Set-Cookie");
            String clean = redactor.redact(value); // before it is cut: a piece of a secret would not be known
            String cut = clean.length() > LONGEST_SHOWN ? clean.substring(0, LONGEST_SHOWN) + "…" : clean;
            shown.put(name, secret ? "***" : cut);
        }
        return shown;
    }

    /** @throws StepException when the value would break out of its line, or not arrive as it is */
    static Header header(String name, String value) throws StepException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new StepException(
                        Owner.AUTHOR, "BAD_HEADER", "the value of header '" + name + "' holds a line break");
            }
            if (!HeaderNames.carries(c) && c <= 0xff) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_HEADER",
                        "the value of header '" + name + "' holds a control character (U+%04X)".formatted((int) c));
            }
            if (c > 0xff) {
                // RFC 9110, 5.5: octets, of which only those of ISO 8859-1 have a meaning; others would be sent as '?'.
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_HEADER",
                        "the value of header '" + name
                                + "' holds a character that no header can carry (beyond Latin-1)");
            }
        }
        return new BasicHeader(name, value);
    }
}
