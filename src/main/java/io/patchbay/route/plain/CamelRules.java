package io.patchbay.route.plain;

import io.patchbay.problem.DidYouMean;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * What plain Camel routes may use.
 *
 * @param components schemes of endpoint URIs
 * @param languages languages of expressions. One that can call Java (bean, groovy, ...) takes the other bounds off as well:
 *     classes and beans can be named, and simple may call all its functions
 */
public record CamelRules(Set<String> components, Set<String> languages) {

    /**
     * Components that stay inside the program, log, or call the systems that instances name. Left out on purpose: {@code file}
     * opens every folder that the program may open (its data and secrets, too), {@code http} calls every address that the
     * program can reach and takes the address from headers; an instance of a connector has allowed hosts and folders instead.
     */
    public static final Set<String> SAFE_COMPONENTS =
            Set.of("connector", "direct", "log", "quartz", "scheduler", "seda", "timer");

    /** Languages that read a message and nothing else. */
    public static final Set<String> SAFE_LANGUAGES =
            Set.of("constant", "exchangeProperty", "header", "jsonpath", "simple", "tokenize", "variable", "xtokenize");

    /** What is there when nobody says otherwise. */
    public static final CamelRules SAFE = new CamelRules(SAFE_COMPONENTS, SAFE_LANGUAGES);

    /** Components and languages that run Java code or a script: who may write a route may then do what the program may. */
    private static final Set<String> OPEN = Set.of(
            "bean",
            "class",
            "exec",
            "language",
            "script",
            "groovy",
            "java",
            "joor",
            "js",
            "method",
            "mvel",
            "ognl",
            "python",
            "spel");

    public CamelRules {
        components = Set.copyOf(components);
        languages = Set.copyOf(languages);
    }

    /** Whether routes may call Java, so that the finer bounds would only pretend. */
    boolean open() {
        return OPEN.stream().anyMatch(name -> components.contains(name) || languages.contains(name));
    }

    /** What stands against an endpoint's URI, or null. */
    @Nullable
    Refused endpoint(String uri) {
        String scheme = scheme(uri);
        if (uri.contains("${") || uri.contains("$simple{")) {
            return new Refused(
                    "DYNAMIC_URI",
                    "the endpoint URI '" + shown(uri) + "' holds an expression",
                    "write it out: data may not choose what is called");
        }
        if (!components.contains(scheme)) {
            return component(scheme);
        }
        return open() ? null : reference(uri);
    }

    /** What stands against a component that is not on the list. */
    Refused component(String scheme) {
        String hint = Set.of("http", "https", "ftp", "ftps", "sftp").contains(scheme)
                ? "call the system through an instance of a connector, connector:INSTANCE/ENDPOINT, or let the operator add '"
                        + scheme + "' to patchbay.camel.components"
                : "the operator can add it to patchbay.camel.components; allowed are "
                        + String.join(", ", new TreeSet<>(components));
        return new Refused("COMPONENT_NOT_ALLOWED", "component '" + scheme + "' is not allowed", hint);
    }

    /** What stands against a language, or null. */
    @Nullable
    Refused language(String name) {
        if (languages.contains(name) || (name.equals("file") && languages.contains("simple")) || allowedAs(name)) {
            return null;
        }
        String near = DidYouMean.nearest(name, languages)
                .map(known -> "did you mean '" + known + "'? ")
                .orElse("");
        return new Refused(
                "LANGUAGE_NOT_ALLOWED",
                "language '" + name + "' is not allowed",
                near + "the operator can add it to patchbay.camel.languages; allowed are "
                        + String.join(", ", new TreeSet<>(languages)));
    }

    /** Camel calls its bean language by two names. */
    private boolean allowedAs(String name) {
        return (name.equals("bean") && languages.contains("method"))
                || (name.equals("method") && languages.contains("bean"));
    }

    /** A text that names a bean or a class of the program, or null when it names none. */
    @Nullable
    Refused text(String text) {
        String trimmed = text.strip();
        return !open() && trimmed.length() > 1 && trimmed.startsWith("#") && Character.isLetter(trimmed.charAt(1))
                ? bean(trimmed)
                : null;
    }

    private @Nullable Refused reference(String uri) {
        try {
            for (Map.Entry<String, Object> parameter :
                    URISupport.parseQuery(query(uri), false, true).entrySet()) {
                String value = String.valueOf(parameter.getValue());
                String plain = value.startsWith("RAW(") || value.startsWith("RAW{") ? value.substring(4) : value;
                if (plain.strip().startsWith("#") || plain.strip().startsWith("%23")) {
                    return bean(parameter.getKey() + "=" + value);
                }
            }
            return null;
        } catch (URISyntaxException e) {
            return new Refused("BAD_URI", "'" + shown(uri) + "' is not an endpoint URI", null);
        }
    }

    private static Refused bean(String what) {
        return new Refused(
                "BEAN_NOT_ALLOWED",
                "'" + shown(what) + "' names a bean or a class of the program",
                "there are none that routes may use; write the value itself");
    }

    private static String query(String uri) {
        int mark = uri.indexOf('?');
        return mark < 0 ? "" : uri.substring(mark + 1);
    }

    static String scheme(String uri) {
        int end = 0;
        while (end < uri.length() && uri.charAt(end) != ':' && uri.charAt(end) != '?') {
            end++;
        }
        return uri.substring(0, end).strip();
    }

    /** A URI without its options: they may hold what should not be shown. */
    static String shown(String uri) {
        int mark = uri.indexOf('?');
        String plain = mark < 0 ? uri : uri.substring(0, mark);
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }
}
