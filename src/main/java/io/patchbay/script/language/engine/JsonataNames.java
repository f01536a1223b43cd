package io.patchbay.script.language.engine;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser;
import io.patchbay.problem.DidYouMean;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a JSONata expression calls. The library looks for them when it comes to them; who deploys wants to know of a slip
 * before. Its tree has no public form, so its fields are read: a library that has others finds nothing, and breaks nothing.
 */
final class JsonataNames {

    private static final String EVAL = "eval";

    private final List<Parser.Symbol> parts = new ArrayList<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private JsonataNames() {}

    /** What is wrong, and where in the text; the place is -1 when it is not known. */
    record Slip(String what, int at) {}

    /** The first name that leads nowhere, or is left out; null for none. */
    static @Nullable Slip first(Jsonata expression) {
        JsonataNames names = new JsonataNames();
        if (!(field(expression, Jsonata.class, "ast") instanceof Parser.Symbol root)
                || !(field(null, Jsonata.class, "staticFrame") instanceof Frame builtIn)) {
            return null;
        }
        names.walk(root);
        for (Parser.Symbol part : names.parts) {
            Slip slip = names.slip(part, builtIn);
            if (slip != null) {
                return slip;
            }
        }
        return null;
    }

    private @Nullable Slip slip(Parser.Symbol part, Frame builtIn) {
        String type = text(part, "type");
        if (type.equals("variable") && text(part, "value").equals(EVAL) && !bound.contains(EVAL)) {
            return new Slip("$eval is left out: text of data is never an expression", begin(part, EVAL));
        }
        String called =
                type.equals("function") || type.equals("partial") ? "procedure" : type.equals("apply") ? "rhs" : "";
        if (called.isEmpty() || !(field(part, Parser.Symbol.class, called) instanceof Parser.Symbol procedure)) {
            return null;
        }
        String name = text(procedure, "type").equals("variable") ? text(procedure, "value") : "";
        if (name.isEmpty() || name.equals("$") || bound.contains(name) || builtIn.lookup(name) != null) {
            return null;
        }
        String near = DidYouMean.nearest(name, known(builtIn))
                .map(found -> "; did you mean '$" + found + "'?")
                .orElse("");
        return new Slip("there is no function '$" + name + "'" + near, begin(procedure, name));
    }

    private Set<String> known(Frame builtIn) {
        Set<String> names = new HashSet<>(bound);
        if (field(builtIn, Frame.class, "bindings") instanceof java.util.Map<?, ?> bindings) {
            bindings.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        names.remove(EVAL);
        return names;
    }

    private void walk(@Nullable Object part) {
        if (part instanceof Collection<?> items) {
            items.forEach(this::walk);
        } else if (part instanceof Object[] items) {
            for (Object item : items) {
                walk(item);
            }
        } else if (part instanceof Parser.Symbol symbol && seen.add(symbol)) {
            parts.add(symbol);
            binds(symbol);
            for (Class<?> of = symbol.getClass(); of != null && of != Object.class; of = of.getSuperclass()) {
                for (Field field : of.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        walk(value(symbol, field));
                    }
                }
            }
        }
    }

    /** Whatever gives a value to a name, wherever that is so: who reads it in another place is not told of. */
    private void binds(Parser.Symbol symbol) {
        String type = text(symbol, "type");
        if (type.equals("bind") && field(symbol, Parser.Symbol.class, "lhs") instanceof Parser.Symbol variable) {
            bound.add(text(variable, "value"));
        } else if (type.equals("lambda")
                && field(symbol, Parser.Symbol.class, "arguments") instanceof List<?> arguments) {
            arguments.forEach(argument -> {
                if (argument instanceof Parser.Symbol variable) {
                    bound.add(text(variable, "value"));
                }
            });
        }
        for (String name : List.of("focus", "index")) {
            if (field(symbol, Parser.Symbol.class, name) instanceof String variable) {
                bound.add(variable);
            }
        }
    }

    /** The library knows where a name ends. */
    private static int begin(Parser.Symbol symbol, String name) {
        return field(symbol, Parser.Symbol.class, "position") instanceof Integer end ? end - name.length() : -1;
    }

    private static String text(Parser.Symbol symbol, String name) {
        return String.valueOf(field(symbol, Parser.Symbol.class, name));
    }

    private static @Nullable Object field(@Nullable Object of, Class<?> type, String name) {
        try {
            return value(of, type.getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    private static @Nullable Object value(@Nullable Object of, Field field) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getName(), e);
        }
    }
}
