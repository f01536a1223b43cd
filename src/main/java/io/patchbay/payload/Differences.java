package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a JSON value is not what was expected. Numbers are alike when they have the same value (10 and 10.0); the order of
 * members does not matter, that of a list's items does.
 */
public final class Differences {

    private static final int MOST = 5;
    private static final int LONGEST = 80;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    /** Whether members that were not expected are a difference too. */
    private final boolean exact;

    private final List<String> found = new ArrayList<>();

    private Differences(boolean exact) {
        this.exact = exact;
    }

    /**
     * Compares the whole.
     *
     * @return the first differences, a sentence each that begins with the path; empty when there are none
     */
    public static List<String> of(JsonNode expected, JsonNode actual) {
        return compared(new Differences(true), expected, actual);
    }

    /** Compares what is expected only: objects may have more members; lists must be as long. See {@link #of}. */
    public static List<String> lacking(JsonNode expected, JsonNode actual) {
        return compared(new Differences(false), expected, actual);
    }

    private static List<String> compared(Differences differences, JsonNode expected, JsonNode actual) {
        differences.compare("$", expected, actual);
        return List.copyOf(differences.found);
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (found.size() >= MOST) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            members(path, expected, actual);
        } else if (expected.isArray() && actual.isArray()) {
            items(path, expected, actual);
        } else if (!alike(expected, actual)) {
            found.add(path + ": expected " + shown(expected) + ", found " + shown(actual));
        }
    }

    private void members(String path, JsonNode expected, JsonNode actual) {
        expected.properties().forEach(member -> {
            String at = path + step(member.getKey());
            JsonNode value = actual.get(member.getKey());
            if (value == null) {
                add(at + ": expected " + shown(member.getValue()) + ", found nothing");
            } else {
                compare(at, member.getValue(), value);
            }
        });
        if (exact) {
            actual.properties().forEach(member -> {
                if (!expected.has(member.getKey())) {
                    add(path + step(member.getKey()) + ": expected nothing, found " + shown(member.getValue()));
                }
            });
        }
    }

    private void items(String path, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            add(path + ": expected " + expected.size() + " items, found " + actual.size());
        }
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            compare(path + "[" + i + "]", expected.get(i), actual.get(i));
        }
    }

    private void add(String difference) {
        if (found.size() < MOST) {
            found.add(difference);
        }
    }

    private static boolean alike(JsonNode expected, JsonNode actual) {
        return (expected.isNumber() && actual.isNumber())
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }

    private static String step(String name) {
        return PLAIN.matcher(name).matches() ? "." + name : "['" + name.replace("'", "\\'") + "']";
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
