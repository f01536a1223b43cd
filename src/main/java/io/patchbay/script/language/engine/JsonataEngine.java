package io.patchbay.script.language.engine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSONata, by the port to Java. Camel's component takes a file by URI and has no bounds; so the library is used by itself, without
 * {@code $eval}: text of data is never an expression.
 */
public final class JsonataEngine implements Engine {

    private final Constructor<Jsonata> copy;
    private final ThreadLocal<Jsonata> current;

    /** @throws ReflectiveOperationException when the library is another one than we know */
    @SuppressWarnings("unchecked")
    public JsonataEngine() throws ReflectiveOperationException {
        // An expression remembers its input; the library makes a copy for each thread, but never a second one on that
        // thread.
        copy = Jsonata.class.getDeclaredConstructor(Jsonata.class);
        copy.setAccessible(true);
        Field field = Jsonata.class.getDeclaredField("current");
        field.setAccessible(true);
        current = (ThreadLocal<Jsonata>) field.get(null);
    }

    @Override
    public Program read(String text, Map<String, String> others) throws LanguageException {
        try {
            Jsonata expression = Jsonata.jsonata(text);
            List<Exception> errors = expression.getErrors();
            if (errors != null && !errors.isEmpty()) {
                throw failure(Kind.SYNTAX, errors.get(0), text);
            }
            JsonataNames.Slip slip = JsonataNames.first(expression);
            if (slip != null) {
                throw placed(Kind.SYNTAX, slip.what(), slip.at(), text);
            }
            return (data, variables) -> apply(expression, text, data, variables);
        } catch (JException e) {
            throw failure(Kind.SYNTAX, e, text);
        } finally {
            current.remove();
        }
    }

    private Value apply(Jsonata read, String text, Data data, Map<String, JsonNode> variables)
            throws LanguageException {
        try {
            Jsonata expression = copy.newInstance(read);
            current.set(expression);
            Frame frame = new Frame(null);
            variables.forEach((name, value) -> frame.bind(name, JavaValues.of(value)));
            frame.bind("eval", (Object) new JFunction(
                    (input, arguments) -> {
                        throw new JException("$eval is left out: text of data is never an expression", -1);
                    },
                    null));
            Object value = expression.evaluate(JavaValues.of(data.json()), frame);
            return Value.of(value == null ? List.of() : List.of(JavaValues.json(value)));
        } catch (JException | IllegalArgumentException e) {
            throw failure(Kind.FAILED, e, text);
        } catch (ReflectiveOperationException e) {
            throw new LanguageException(Kind.BROKEN, String.valueOf(e));
        } finally {
            current.remove();
        }
    }

    private static LanguageException failure(Kind kind, @Nullable Exception thrown, String text) {
        String said = thrown == null ? "" : String.valueOf(thrown.getMessage()).replace("JSonataException ", "");
        return placed(kind, said, thrown instanceof JException where ? where.getLocation() : -1, text);
    }

    private static LanguageException placed(Kind kind, String said, int at, String text) {
        if (at < 0 || at > text.length()) {
            return new LanguageException(kind, said);
        }
        String before = text.substring(0, at);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new LanguageException(kind, said, null, line, Math.max(1, at - before.lastIndexOf('\n') - 1));
    }
}
