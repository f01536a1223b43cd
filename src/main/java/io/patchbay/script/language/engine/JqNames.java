package io.patchbay.script.language.engine;

import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.javacc.Token;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.ImportStatement;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import org.jspecify.annotations.Nullable;

/**
 * The names in a jq expression. The library looks for functions and variables when it comes to them; who deploys wants to know of
 * a slip before. Its tree has no public form, so its fields are read: a library that has others finds nothing, and breaks nothing.
 */
final class JqNames {

    private final List<Object> parts = new ArrayList<>();
    private final Set<String> bound = new HashSet<>(Engine.VARIABLES);
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private JqNames() {}

    /**
     * Looks at all names.
     *
     * @param root what a text was read as
     * @param file name of its file; null for the expression itself
     * @throws LanguageException when a name leads nowhere, or an import does
     */
    static void check(
            Expression root, String text, @Nullable String file, Set<String> builtIn, JqEngine.Modules modules)
            throws LanguageException {
        JqNames names = new JqNames();
        names.walk(root);
        Set<String> functions = new HashSet<>(builtIn);
        boolean includes = false;
        for (Object part : names.parts) {
            if (part instanceof FunctionDefinition) {
                List<?> parameters = names.list(part);
                functions.add(names.field(part, "fname") + "/" + parameters.size());
                parameters.forEach(parameter -> {
                    String name = String.valueOf(parameter);
                    functions.add(name.replace("$", "") + "/0");
                    names.bound.add(name.replace("$", ""));
                });
            } else if (part instanceof ImportStatement imported) {
                if (imported.dollarImport) {
                    throw new LanguageException(Kind.SYNTAX, "data cannot be imported: '" + imported.path + "'");
                }
                modules.know(imported.path);
                includes |= imported.name == null;
            }
        }
        for (Object part : names.parts) {
            if (part instanceof FunctionCall && names.field(part, "moduleName") == null && !includes) {
                String name = String.valueOf(names.field(part, "name"));
                int count = names.list(part).size();
                if (!functions.contains(name + "/" + count) && !functions.contains(name)) {
                    boolean others = functions.stream().anyMatch(known -> known.startsWith(name + "/"));
                    throw at(
                            JqPlaces.function(text, name, others),
                            file,
                            "there is no function '" + name + "' with " + arguments(count));
                }
            } else if (part instanceof VariableAccess && names.field(part, "moduleName") == null) {
                String name = String.valueOf(names.field(part, "name"));
                if (!names.bound.contains(name)) {
                    throw at(
                            JqPlaces.variable(text, name),
                            file,
                            "there is no variable '$" + name + "'; there are $flow, $meta and $run");
                }
            }
        }
    }

    private static LanguageException at(@Nullable Token found, @Nullable String file, String what) {
        return new LanguageException(
                Kind.SYNTAX, what, file, found == null ? 0 : found.beginLine, found == null ? 0 : found.beginColumn);
    }

    private static String arguments(int count) {
        return count == 0 ? "no arguments" : count == 1 ? "1 argument" : count + " arguments";
    }

    private void walk(@Nullable Object part) {
        if (part instanceof Collection<?> items) {
            items.forEach(this::walk);
        } else if (part instanceof Map<?, ?> map) {
            map.values().forEach(this::walk);
        } else if (part != null
                && part.getClass().getName().startsWith("net.thisptr.jackson.jq.internal.")
                && seen.add(part)) {
            parts.add(part);
            for (Class<?> type = part.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        walkField(part, field);
                    }
                }
            }
        }
    }

    private void walkField(Object part, Field field) {
        Object value = field(part, field.getName(), field);
        boolean binds = value instanceof String && !(part instanceof VariableAccess) && !(part instanceof FunctionCall);
        if (binds) {
            bound.add(String.valueOf(value));
        } else {
            walk(value);
        }
    }

    private List<?> list(Object part) {
        return field(part, "args") instanceof List<?> items ? items : List.of();
    }

    private @Nullable Object field(Object part, String name) {
        try {
            return field(part, name, part.getClass().getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    private static @Nullable Object field(Object part, String name, Field field) {
        try {
            field.setAccessible(true);
            return field.get(part);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
