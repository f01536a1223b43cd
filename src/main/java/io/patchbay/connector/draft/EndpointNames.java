package io.patchbay.connector.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Ids for endpoints, entity.verb, from method and path; no two are the same. */
final class EndpointNames {

    private static final Set<String> NO_ENTITY = Set.of("api", "rest", "services", "admin", "public", "json");

    private final Set<String> taken = new HashSet<>();

    /**
     * An id that is not taken.
     *
     * @param path with parameters in braces
     * @param list whether it reads a list
     * @param own the description's name for it, for when two come out alike; may be empty
     */
    String next(String method, String path, boolean list, String own) {
        List<String> parts = new ArrayList<>();
        boolean one = false;
        for (String part : path.split("/", -1)) {
            boolean parameter = part.contains("{");
            one = parameter || (one && part.isEmpty());
            String word = Draft.kebab(part.replaceAll("\\.(json|xml)$", ""));
            boolean version = word.matches("v[0-9]+([.-][0-9]+)*") || word.isEmpty();
            if (!parameter && !version && !(parts.isEmpty() && NO_ENTITY.contains(word))) {
                parts.add(word);
            }
        }
        return unique(candidates(parts, verb(method, list, one), own));
    }

    private static List<String> candidates(List<String> parts, String verb, String own) {
        List<String> all = new ArrayList<>();
        List<String> named = parts.isEmpty() ? List.of("root") : parts;
        String last = named.get(named.size() - 1);
        boolean act = named.size() > 1 && verb.equals("create") && !last.endsWith("s");
        if (act) {
            all.add(named.get(named.size() - 2) + "." + last);
        }
        all.add(last + "." + verb);
        if (named.size() > 1) {
            all.add(named.get(named.size() - 2) + "-" + last + "." + verb);
        }
        String kebab = Draft.kebab(own);
        if (!kebab.isEmpty()) {
            all.add(last + "." + kebab);
        }
        return all;
    }

    /** This id, with a number behind it when it is taken. */
    String own(String id) {
        return unique(List.of(id));
    }

    private String unique(List<String> candidates) {
        for (String candidate : candidates) {
            if (taken.add(candidate)) {
                return candidate;
            }
        }
        String last = candidates.get(candidates.size() - 1);
        for (int i = 2; ; i++) {
            if (taken.add(last + "-" + i)) {
                return last + "-" + i;
            }
        }
    }

    private static String verb(String method, boolean list, boolean one) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD" -> list ? "list" : "get";
            case "POST" -> one ? "update" : "create";
            case "PUT", "PATCH" -> "update";
            case "DELETE" -> "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    /** The kind that the vocabulary has for it. */
    static String kind(String method, boolean list) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD" -> "read";
            case "DELETE" -> "delete";
            default -> list ? "read" : "write";
        };
    }
}
