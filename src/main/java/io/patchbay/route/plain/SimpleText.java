package io.patchbay.route.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a text of Camel's simple language: only functions that read the message, and calculate with it, may stand
 * there. Camel's others read the environment, files and the program itself, or call methods of what they find.
 */
final class SimpleText {

    private static final Set<String> FUNCTIONS = Set.of(
            ("abs assert average base64decode base64encode body bodyas bodyoneline bodytype capitalize ceil collate concat"
                            + " contains date date-with-timezone distinct empty exchangeid exchangeproperty exception file floor"
                            + " fromrouteid hash header headeras headers id iif in isalpha isalphanumeric isempty isnumeric"
                            + " jsonpath join kindoftype length list lowercase mandatorybodyas map max messagetimestamp min"
                            + " newempty normalizewhitespace not null originalbody pad pretty prettybody quote random range"
                            + " replace reverse routegroup routeid safequote shuffle size skip split stepid substring"
                            + " substringafter substringbefore substringbetween sum threadid threadname throwexception trim"
                            + " unquote uppercase uuid variable variableas variables")
                    .split(" ", -1));

    private static final Set<String> EXCEPTION_PARTS = Set.of("", ".message", ".stacktrace");
    /** Functions whose last parameter is a type. */
    private static final Set<String> CONVERTING = Set.of("bodyas", "mandatorybodyas", "headeras", "variableas");

    private static final Set<String> TYPES = Set.of(
            "String", "byte[]", "Boolean", "Double", "Integer", "Long", "Object", "boolean", "double", "int", "long");

    private static final Pattern START = Pattern.compile("\\$\\{|\\$simple\\{|\\$init\\{");
    private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9-]*)");
    private static final Pattern METHOD = Pattern.compile("\\??\\.\\s*(?!\\})|\\[");

    private SimpleText() {}

    /** A refusal and where in the text it stands. */
    record Found(int index, Refused refused) {}

    static List<Found> check(String text, CamelRules rules) {
        List<Found> found = new ArrayList<>();
        if (rules.open()) {
            return found;
        }
        if (text.strip().startsWith("resource:")) {
            found.add(new Found(
                    0,
                    new Refused(
                            "RESOURCE_NOT_ALLOWED",
                            "an expression may not be read from a file",
                            "write the expression itself")));
        }
        Matcher start = START.matcher(text);
        int from = 0;
        while (start.find(from)) {
            Refused refused = start.group().equals("$init{") ? init() : function(text, start.end());
            if (refused != null) {
                found.add(new Found(start.start(), refused));
            }
            from = start.end();
        }
        return found;
    }

    private static Refused init() {
        return new Refused(
                "FUNCTION_NOT_ALLOWED",
                "functions and variables of simple's own may not be defined",
                "use setVariable");
    }

    private static @Nullable Refused function(String text, int begin) {
        Matcher name = NAME.matcher(text);
        name.region(begin, text.length());
        if (!name.lookingAt()) {
            return null; // a parameter in quotes, a number, or what Camel refuses by itself
        }
        String function = name.group(1);
        String lower = function.toLowerCase(Locale.ROOT);
        int close = text.indexOf('}', name.end());
        String rest = text.substring(name.end(), close < 0 ? text.length() : close);
        if (!FUNCTIONS.contains(lower)) {
            return new Refused(
                    "FUNCTION_NOT_ALLOWED",
                    "simple's function '" + function + "' is not allowed",
                    "allowed are functions that read the message, like ${body}, ${header.name}, ${date:now:yyyy-MM-dd}");
        }
        if (CONVERTING.contains(lower) && !TYPES.contains(type(rest))) {
            return new Refused(
                    "CLASS_NOT_ALLOWED",
                    "'" + function + rest + "' names a type that is not allowed",
                    "allowed are String, byte[], Boolean, Double, Integer, Long");
        }
        boolean method = lower.equals("exception")
                ? !EXCEPTION_PARTS.contains(rest.strip().toLowerCase(Locale.ROOT))
                : lower.equals("body") && METHOD.matcher(rest).lookingAt();
        return method
                ? new Refused(
                        "METHOD_NOT_ALLOWED",
                        "'" + function + rest + "' would call a method of the value",
                        "read a part of the body with jsonpath")
                : null;
    }

    /** The last parameter, without quotes and package. */
    private static String type(String parameters) {
        int open = parameters.indexOf('(');
        int close = parameters.lastIndexOf(')');
        if (open < 0 || close < open) {
            return "";
        }
        String inside = parameters.substring(open + 1, close);
        String last = inside.substring(inside.lastIndexOf(',') + 1).strip().replaceAll("^['\"]|['\"]$", "");
        return last.startsWith("java.lang.") ? last.substring("java.lang.".length()) : last;
    }
}
