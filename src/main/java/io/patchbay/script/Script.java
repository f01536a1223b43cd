package io.patchbay.script;

import java.util.regex.Pattern;

/**
 * Code of an author, of which one function is called.
 *
 * @param file named in messages
 * @param text the code: a plain script, no module; in Python where the file ends with {@code .py}
 * @param function the function's name
 */
public record Script(String file, String text, String function) {

    /** The function that is called where none is named. */
    public static final String HANDLE = "handle";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,99}");

    /** Whether a text can be the name of a function. */
    public static boolean names(String text) {
        return NAME.matcher(text).matches();
    }

    public Script {
        if (!names(function)) {
            throw new IllegalArgumentException("'" + function + "' cannot be the name of a function");
        }
    }

    /** Whether it is written in Python; else it is JavaScript. */
    boolean python() {
        return file.endsWith(".py");
    }

    /** How many lines the code has. */
    int lines() {
        return (int) Math.max(1, text.lines().count());
    }
}
