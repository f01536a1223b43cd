package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds secrets by their names and by how they look. */
final class Secrecy {

    private static final Pattern NAME = Pattern.compile(
            "(?i).*(secret|passw(or)?d|passphrase|passcode|pwd|token|api[-_ ]?key|apikey|access[-_ ]?key|private[-_"
                    + " ]?key|client[-_ ]?key|auth[-_ ]?key|authori[sz]ation|credential|signature|bearer|cookie).*"
                    + "|(?i)(.*[-_. ])?(pass|auth|sig|sas|pat)([-_. ].*)?");
    private static final Pattern IN_CODE = Pattern.compile(
            "(?i)((?:secret|passw(?:or)?d|passphrase|passcode|pwd|\\bpass|token|api[-_]?key|access[-_]?key|private[-_]?key|auth[-_]?key|authorization)['\"`]?]?\\s*[:=,]\\s*['\"`])((?:(?:Bearer|Basic|Token)"
                    + " )?[^'\"`\\s]{6,})(?=['\"`])");
    private static final Pattern SHAPED = Pattern.compile("(?<=\\b(?:Bearer|Basic)"
            + " )[A-Za-z0-9._~+/=-]{12,}|\\b(?:sk|pk|rk|shpat|shpss|ghp|gho|xox[abp])[-_][A-Za-z0-9_-]{10,}|\\bAKIA[A-Z0-9]{16}\\b|\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*"
            // Keys in a query, and addresses that are a proof by themselves: hooks of Slack, Discord and Teams, bots of
            // Telegram.
            + "|(?<=[?&](?i:api[-_]?key|access[-_]?key|key|token|access_token|auth|sig|signature|pwd|pass|password|secret|client_secret|code)=)[^&\\s'\"`#${}\\[\\]<>]{6,}"
            + "|(?<=hooks\\.slack\\.com/services/)[A-Za-z0-9/]{16,}|(?<=/api/webhooks/)[0-9]{10,}/[A-Za-z0-9_-]{16,}"
            + "|(?<=/webhookb2/)[A-Za-z0-9@/-]{32,}|(?<=/bot)[0-9]{6,}:[A-Za-z0-9_-]{20,}"
            + "|(?<=://)[^/\\s:@'\"]{1,60}:[^/\\s@'\"]{1,120}(?=@)");
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
            String begin = text.length() > MOST ? text.substring(0, MOST) : text;
            without(begin, parcel);
            written(begin, parcel);
        } else if (value.isObject()) {
            String name = value.path("name").asText();
            String pair = value.path("value").isTextual() ? value.path("value").asText() : "";
            if (named(name) && unlikeAWord(pair) && value(pair)) {
                parcel.guard(pair);
            }
            value.properties().forEach(one -> guard(one.getValue(), one.getKey(), parcel));
        } else {
            value.forEach(item -> guard(item, key, parcel));
        }
    }

    /** Keeps in mind what stands behind the name of a secret in a text that is JSON or code. */
    private static void written(String text, Parcel parcel) {
        Matcher matcher = IN_CODE.matcher(text);
        while (matcher.find()) {
            if (unlikeAWord(matcher.group(2)) && value(matcher.group(2))) {
                parcel.guard(matcher.group(2));
            }
        }
    }

    /** What is guarded is taken out of all files: a word that may stand in any of them is not. */
    private static boolean unlikeAWord(String text) {
        return text.matches("\\S*[0-9]\\S*") || (text.length() >= 10 && !text.contains(" "));
    }

    /** A value that is sent, without what is called like a secret in it. */
    static JsonNode sent(JsonNode value, String key, Place place, String shown, Report report, Parcel parcel) {
        if (value.isTextual() && ((named(key) && value(value.asText())) || shaped(value.asText()))) {
            parcel.guard(value.asText());
            report.lost(
                    place,
                    "'" + SourceText.shown(key) + "' of what " + shown
                            + " sends looks like a secret; *** stands in its place",
                    "let an instance prove who calls: the connector can have a setting for it");
            return Translator.text("***");
        }
        if (value.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            value.properties()
                    .forEach(one ->
                            out.set(one.getKey(), sent(one.getValue(), one.getKey(), place, shown, report, parcel)));
            return out;
        }
        if (value.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            value.forEach(one -> out.add(sent(one, key, place, shown, report, parcel)));
            return out;
        }
        return value;
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
