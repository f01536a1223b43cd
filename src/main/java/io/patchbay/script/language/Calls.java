package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.script.language.Meter.Budget;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.StringConcatException;
import java.lang.invoke.StringConcatFactory;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What metered code calls (see {@link MeteredLoader}) in place of methods of the JDK and of Jackson: those that ask the machine, and
 * those that go through a large value, or a text again and again, in one call that nobody could stop. On a thread that is not a
 * {@link Meter.Worker} they do what the others do.
 */
public final class Calls {

    /** The most characters that a regular expression has. */
    static final int LONGEST = 10_000;

    private static final int NESTED = 2_000;
    private static final MethodHandle MEASURED = handle();

    private Calls() {}

    private static MethodHandle handle() {
        try {
            return MethodHandles.lookup()
                    .findStatic(Calls.class, "looked", MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** In place of {@link Throwable#printStackTrace()}: what is said there may hold data. */
    public static void untold(Throwable thrown) {
        // nowhere
    }

    /** In place of {@link System#currentTimeMillis()}: the run's clock. */
    public static long millis() {
        return now().toEpochMilli();
    }

    /** In place of {@link Instant#now()}: the run's clock. */
    public static Instant now() {
        Budget counted = Meter.budget();
        return counted == null ? Instant.EPOCH : counted.now();
    }

    /** In place of {@link System#getenv()}. */
    public static Map<String, String> environment() {
        return Map.of();
    }

    /** In place of {@link System#getenv(String)}. */
    public static @Nullable String environment(String name) {
        return null;
    }

    /** In place of {@link Pattern#compile(String)}, whose work grows with the square of a text that repeats itself. */
    public static Pattern compile(String expression) {
        return compile(expression, 0);
    }

    /** In place of {@link Pattern#compile(String, int)}. */
    public static Pattern compile(String expression, int flags) {
        if (expression.length() > LONGEST || (Meter.budget() != null && Branches.tooMany(expression, flags))) {
            Meter.tooLarge();
        }
        return Pattern.compile(expression, flags);
    }

    /** In place of {@link Pattern#matcher(CharSequence)}: an expression that goes back and forth for ever is stopped, too. */
    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new Counted(text));
    }

    /** In place of {@link Pattern#matches(String, CharSequence)}. */
    public static boolean matches(String expression, CharSequence text) {
        return matcher(compile(expression), text).matches();
    }

    /** In place of {@link String#matches(String)}. */
    public static boolean matches(String text, String expression) {
        return matches(expression, (CharSequence) text);
    }

    /** In place of {@link String#replaceAll(String, String)}. */
    public static String replaceAll(String text, String expression, String by) {
        return replaceAll(matcher(compile(expression), text), by);
    }

    /** In place of {@link String#replaceFirst(String, String)}. */
    public static String replaceFirst(String text, String expression, String by) {
        return replaceFirst(matcher(compile(expression), text), by);
    }

    /** In place of {@link Pattern#split(CharSequence)}. */
    public static String[] split(Pattern pattern, CharSequence text) {
        return pattern.split(new Counted(text));
    }

    /** In place of {@link Pattern#split(CharSequence, int)}. */
    public static String[] split(Pattern pattern, CharSequence text, int most) {
        return pattern.split(new Counted(text), most);
    }

    /** In place of {@link String#split(String)}. */
    public static String[] split(String text, String expression) {
        return split(compile(expression), text);
    }

    /** In place of {@link String#split(String, int)}. */
    public static String[] split(String text, String expression, int most) {
        String part = most < 0 ? quoted(expression) : null;
        return part != null ? Texts.split(text, part) : split(compile(expression), text, most);
    }

    /** The text that {@link Pattern#quote(String)} made an expression of, or null. */
    private static @Nullable String quoted(String expression) {
        int end = expression.length() - 2;
        boolean one = end > 2 && expression.startsWith("\\Q") && expression.indexOf("\\E") == end;
        return one ? expression.substring(2, end) : null;
    }

    /** In place of {@link String#repeat(int)}: one call that could fill the memory. */
    public static String repeat(String text, int times) {
        Budget counted = Meter.budget();
        if (counted != null && (long) text.length() * times > counted.bytes()) {
            Meter.refuse(LanguageException.Kind.MEMORY);
        }
        return text.repeat(times);
    }

    /** In place of {@link Matcher#replaceAll(String)}, which could fill the memory in one call. */
    public static String replaceAll(Matcher matcher, String by) {
        matcher.reset();
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            replace(matcher, by, out);
        }
        return matcher.appendTail(out).toString();
    }

    /** In place of {@link Matcher#replaceFirst(String)}. */
    public static String replaceFirst(Matcher matcher, String by) {
        matcher.reset();
        StringBuilder out = new StringBuilder();
        if (matcher.find()) {
            replace(matcher, by, out);
        }
        return matcher.appendTail(out).toString();
    }

    private static void replace(Matcher matcher, String by, StringBuilder out) {
        long groups = by.chars().filter(c -> c == '$').count();
        Meter.room(out.length() + by.length() + groups * (matcher.end() - matcher.start()));
        matcher.appendReplacement(out, by);
    }

    /** In place of {@link Set#addAll(Collection)}: values that look alike are compared, each with each. */
    public static boolean addEach(Collection<Object> to, Collection<?> values) {
        measured(values);
        boolean more = false;
        for (Object value : values) {
            Meter.soon();
            Meter.tick();
            more |= to.add(value);
        }
        return more;
    }

    /** In place of the way that texts are put together. */
    public static CallSite together(
            MethodHandles.Lookup lookup, String name, MethodType type, String recipe, Object... constants)
            throws StringConcatException {
        MethodHandle target = StringConcatFactory.makeConcatWithConstants(lookup, name, type, recipe, constants)
                .getTarget();
        for (int i = 0; i < type.parameterCount(); i++) {
            Class<?> of = type.parameterType(i);
            if (!of.isPrimitive() && of != String.class) {
                target = MethodHandles.filterArguments(target, i, MEASURED.asType(MethodType.methodType(of, of)));
            }
        }
        return new ConstantCallSite(target);
    }

    /** The value, which is gone through as a whole next. */
    public static @Nullable Object looked(@Nullable Object value) {
        measured(value);
        return value;
    }

    /** It is gone through as a whole next. */
    public static void measured(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return;
        }
        if (value instanceof Object[] values) {
            for (Object one : values) {
                measured(one);
            }
            return;
        }
        boolean large = value instanceof JsonNode || value instanceof Collection || value instanceof Map;
        Budget counted = large ? Meter.budget() : null;
        if (counted == null) {
            return;
        }
        try {
            Trees.size(value, counted.bytes(), NESTED);
        } catch (Trees.TooMuchException e) {
            Meter.refuse(e.deep() ? LanguageException.Kind.DEPTH : LanguageException.Kind.MEMORY);
        }
    }

    /** Before two values are compared: one that is no container, of another kind or size, is told at once. */
    public static void compared(@Nullable Object value, @Nullable Object other) {
        boolean nodes = value instanceof JsonNode one
                && other instanceof JsonNode another
                && one.getNodeType() == another.getNodeType()
                && one.size() == another.size();
        if (nodes
                || (value instanceof Collection && other instanceof Collection)
                || (value instanceof Map && other instanceof Map)) {
            measured(value);
        }
    }

    /** A text each look at which is counted. */
    private record Counted(CharSequence text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            Meter.tick();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
