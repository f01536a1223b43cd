package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
}
