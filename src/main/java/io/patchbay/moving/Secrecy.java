package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds secrets by their names and by how they look. */
final class Secrecy {

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(secret|passw(or)?d|passphrase|token|api[-_ ]?key|apikey|access[-_ ]?key|private[-_ ]?key|client[-_"
                    + " ]?key|authori[sz]ation|credential|signature|bearer|cookie).*");
    private static final Pattern IN_CODE = Pattern.compile(
            "(?i)((?:secret|passw(?:or)?d|token|api[-_]?key|access[-_]?key|private[-_]?key|authorization)['\"]?\\s*[:=]\\s*['\"`])([^'\"`\\s]{6,})(?=['\"`])");
    private static final Pattern SHAPED = Pattern.compile(
            "(?<=\\b(?:Bearer|Basic)"
                    + " )[A-Za-z0-9._~+/=-]{12,}|\\b(?:sk|pk|rk|shpat|shpss|ghp|gho|xox[abp])[-_][A-Za-z0-9_-]{10,}|\\bAKIA[A-Z0-9]{16}\\b|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*|(?<=://)[^/\\s:@'\"]{1,60}:[^/\\s@'\"]{1,120}(?=@)");
    private static final Set<String> PLACEHOLDERS = Set.of("", "null", "undefined", "***");

    private static final int MOST = 200_000;

    private Secrecy() {}

    /** Whether what has such a name is one. */
    static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether a text is a value, and not a reference to one. */
    static boolean value(String text) {
        String plain = text.strip();
        return !PLACEHOLDERS.contains(plain) && !plain.contains("${") && !plain.contains("{{") && !plain.contains("[[");
    }

    /** Whether a text holds what looks like one, whatever it is called. */
    static boolean shaped(String text) {
        return SHAPED.matcher(text).find();
    }

    /** Keeps all values of a document in mind that are called like secrets, so that no file shows them, wherever else they stand. */
    static void guard(JsonNode value, String key, Parcel parcel) {
        if (value.isTextual()) {
            String text = value.asText().strip();
            boolean called = named(key)
                    && !key.matches("(?i).*(type|name|id|url|path|header)")
                    && text.length() >= 8
                    && text.matches(".*[0-9].*")
                    && value(text)
                    && !text.contains(" ");
            if (called) {
                parcel.guard(text);
            }
            without(text.length() > MOST ? text.substring(0, MOST) : text, parcel);
        } else if (value.isObject()) {
            value.properties().forEach(one -> guard(one.getValue(), one.getKey(), parcel));
        } else {
            value.forEach(item -> guard(item, key, parcel));
        }
    }

    /** A text without what looks like a secret in it. Each is kept in mind, so that no other file shows it either. */
    static String without(String text, Parcel parcel) {
        Matcher matcher = SHAPED.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            parcel.guard(matcher.group());
            matcher.appendReplacement(out, "***");
        }
        return matcher.appendTail(out).toString();
    }

    /** Code without the secrets that stand in it as texts. */
    static String code(String code, Place place, String name, Report report, Parcel parcel) {
        Matcher matcher = IN_CODE.matcher(code);
        StringBuilder out = new StringBuilder();
        int found = 0;
        while (matcher.find()) {
            String value = matcher.group(2);
            if (value(value)) {
                parcel.guard(value);
                found++;
                matcher.appendReplacement(out, Matcher.quoteReplacement(matcher.group(1) + "***"));
            }
        }
        String named = matcher.appendTail(out).toString();
        String clean = without(named, parcel);
        if (found > 0 || !clean.equals(named)) {
            report.lost(
                    place,
                    "the code of '" + SourceText.shown(name)
                            + "' holds what looks like a secret; *** stands in its place",
                    "a script gets no secret here: let an instance prove who calls, or an hmac of a map");
        }
        return clean;
    }
}
