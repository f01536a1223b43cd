package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What ways to prove who calls read in double braces, in connector definitions of Patchworks: variables of the instance. */
final class PatchworksBraces {

    static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z_][^{}]*?)\\s*}}");

    private PatchworksBraces() {}

    /** Whether a text reads a variable that is called like a secret. */
    static boolean secret(String value) {
        Matcher matcher = VARIABLE.matcher(value);
        while (matcher.find()) {
            if (Secrecy.named(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A text in which variables are settings of an instance.
     *
     * @param secret whether a variable that is all of it is a secret, also where its name does not say so
     */
    static String read(ObjectNode connector, String theirs, boolean secret) {
        Matcher matcher = VARIABLE.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            boolean hidden = secret
                    && (Secrecy.named(matcher.group(1))
                            || (theirs.strip().equals(matcher.group())
                                    && !PatchworksSettings.declares(connector, Names.variable(matcher.group(1)))));
            out.append(
                    hidden
                            ? PatchworksSettings.secret(connector, matcher.group(1))
                            : PatchworksSettings.read(connector, matcher.group(1)));
            end = matcher.end();
        }
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    /** The variable that is one part of a proof: as a setting names it, or the declared one whose name says so. */
    static @Nullable String variable(ObjectNode connector, Fields fields, String like, boolean secret, String... keys) {
        String said = fields.text(keys);
        Matcher named = PatchworksBraces.VARIABLE.matcher(said);
        if (named.find()) {
            return named.group(1);
        }
        if (said.matches("[A-Za-z_][A-Za-z0-9_]*") && PatchworksSettings.declares(connector, said)) {
            return said;
        }
        for (var names = PatchworksSettings.properties(connector).fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.matches(like)
                    && (secret || !name.matches("(?i).*(pass|secret|pwd).*") || like.contains("secret"))) {
                return name;
            }
        }
        return null;
    }
}
