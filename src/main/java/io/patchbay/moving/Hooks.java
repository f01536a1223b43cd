package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flows that are called at an address: what it becomes here, and which parts of a request the others' code and expressions read. */
final class Hooks {

    /** A longer path is nobody's. */
    private static final int LONGEST = 180;

    private static final int MOST = 30;

    private final String text;
    private final Pattern read;

    /**
     * The hooks of a file.
     *
     * @param text of the whole file
     * @param before what stands before the name of a part where it is read, a regular expression
     */
    Hooks(String text, String before) {
        this.text = text;
        this.read = Pattern.compile(before + "(headers|query|params)(?:\\.|\\[\\\\?['\"])([A-Za-z_][A-Za-z0-9_-]*)");
    }

    /** Names that are read of a part of a request. A trigger takes in only what it names. */
    Set<String> read(String part) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = read.matcher(text);
        while (matcher.find() && names.size() < MOST) {
            if (matcher.group(1).equals(part)) {
                names.add(matcher.group(2));
            }
        }
        return names;
    }

    /**
     * A webhook or callback without its proof, and without what it takes in.
     *
     * @param method as the file says it; GET where it is blank
     */
    ObjectNode hook(String kind, String path, String method) {
        ObjectNode hook = Json.NODES.objectNode().put("path", path);
        String ours = method.isBlank() ? "GET" : method.toUpperCase(Locale.ROOT);
        if (kind.equals("callback")) {
            hook.put("method", ours);
        } else {
            hook.putArray("methods").add(ours);
        }
        return hook;
    }

    /** Lets a hook take in what is read of a request. */
    void takeIn(ObjectNode hook) {
        for (String part : List.of("headers", "query")) {
            read(part).forEach(name -> hook.withArrayProperty(part).add(name));
        }
    }

    /** A path of theirs, whose parameters begin with a colon. It leads nowhere else. */
    static String path(String theirs, String otherwise) {
        StringBuilder path = new StringBuilder();
        for (String part : theirs.split("/", -1)) {
            String plain = part.startsWith(":")
                    ? "{" + part.substring(1).replaceAll("[^A-Za-z0-9_]", "") + "}"
                    : part.replaceAll("[^A-Za-z0-9._~-]", "");
            // A path that is too long ends between two parts: half of a parameter would be none.
            if (path.length() + plain.length() >= LONGEST) {
                break;
            }
            if (!plain.isEmpty() && !plain.equals("{}") && !plain.matches("\\.+")) {
                path.append(path.isEmpty() ? "" : "/").append(plain);
            }
        }
        return path.isEmpty() ? otherwise : path.toString();
    }

    /** Where the runtime is called. */
    static String address(String kind, String path) {
        return (kind.equals("webhook") ? "/hooks/" : "/callbacks/") + path;
    }
}
