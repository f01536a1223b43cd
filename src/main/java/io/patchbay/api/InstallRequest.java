package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.blueprint.Answers;
import io.patchbay.blueprint.Installer;
import io.patchbay.blueprint.Plan;
import io.patchbay.canvas.Doc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is answered when a blueprint is installed, upgraded or removed. */
@Doc("What is answered when a blueprint is installed, upgraded or removed; each key may be left out")
record InstallRequest(
        @Doc("Name of the install; the blueprint's id without it (install)") @Nullable
        String as,

        @Doc(
                "The catalogue that has the blueprint; empty for folders. Without it, folders (install), or the catalogue that"
                        + " the install came from (upgrade)")
        @Nullable
        String catalogue,

        @Doc("Answers by question, as text") @Nullable Map<String, String> answers,

        @Doc("Names of instances here, by those of the blueprint") @Nullable
        Map<String, String> instances,

        @Doc("Names of secrets here, by those of the blueprint; never what is secret") @Nullable
        Map<String, String> secrets,

        @Doc("Whose lines are taken where both sides changed the same: mine or theirs (upgrade)") @Nullable
        String keep,

        @Doc("Whether files that were changed here go, too (remove)") @Nullable
        Boolean changed,

        @Doc("Whose signature is taken, other than that of what is installed: the id of a key, or nobody (upgrade)")
        @Nullable
        String acceptSigner) {

    private static final List<String> KEYS =
            List.of("as", "catalogue", "answers", "instances", "secrets", "keep", "changed", "acceptSigner");
    private static final int LONGEST_NAME = 100;
    private static final int MOST = 200;

    /** Reads a body; nothing is one without answers. */
    static InstallRequest read(byte[] body) {
        JsonNode given = JsonRequest.object(body, KEYS);
        String keep = JsonRequest.text(given, "keep", LONGEST_NAME);
        if (keep != null && !Set.of("mine", "theirs").contains(keep)) {
            throw Refusal.badRequest("keep must be mine or theirs.");
        }
        return new InstallRequest(
                JsonRequest.text(given, "as", LONGEST_NAME),
                JsonRequest.text(given, "catalogue", LONGEST_NAME),
                texts(given, "answers"),
                texts(given, "instances"),
                texts(given, "secrets"),
                keep,
                JsonRequest.flag(given, "changed"),
                JsonRequest.text(given, "acceptSigner", LONGEST_NAME));
    }

    private static Map<String, String> texts(JsonNode given, String key) {
        JsonNode object = given.path(key);
        if (object.isMissingNode() || object.isNull()) {
            return Map.of();
        }
        if (!object.isObject() || object.size() > MOST) {
            throw Refusal.badRequest(key + " must be an object of at most " + MOST + " texts.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(one -> {
            if (!one.getValue().isValueNode() || one.getValue().isNull()) {
                throw Refusal.badRequest(key + "." + Refusal.quoted(one.getKey()) + " must be text.");
            }
            texts.put(one.getKey(), one.getValue().asText());
        });
        return texts;
    }

    Installer.Ask ask(Plan.Verb verb, String of) {
        return new Installer.Ask(
                verb,
                of,
                as,
                catalogue,
                new Answers(or(answers), or(instances), or(secrets)),
                keep,
                Boolean.TRUE.equals(changed),
                acceptSigner);
    }

    private static Map<String, String> or(@Nullable Map<String, String> texts) {
        return texts == null ? Map.of() : texts;
    }
}
