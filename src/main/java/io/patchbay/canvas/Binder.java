package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into the records that describe them. A record component is a key; {@code @Nullable} makes it optional,
 * {@link Default} gives its value when absent, {@link Key} renames it. What a compact constructor refuses with
 * {@link IllegalArgumentException} (or with a hint, {@link WrongValueException}) becomes a problem at the mapping. Known types: text, numbers, boolean, durations
 * ({@code 30s}), sizes ({@code 10MB}), enums (camelCase), lists, maps by text, records, {@link Node} (left as it is),
 * {@link JsonNode} (any literal), and every type with a {@link ValueReader}.
 */
public final class Binder {

    private static final Node NOTHING = new MapNode(Location.of("nothing"), Map.of());

    private final Map<Class<?>, ValueReader<?>> readers;
    private final Map<Class<?>, ValueReader<?>> annotated = new ConcurrentHashMap<>();
    private final Map<Class<?>, Form<?>> forms = new ConcurrentHashMap<>();
    private final Map<String, Node> defaults = new ConcurrentHashMap<>();
    private final YamlReader yaml = new YamlReader();
    private final boolean quotes;

    /** A binder that knows the given readers besides those named by {@link ReadBy}. */
    public Binder(Map<Class<?>, ValueReader<?>> readers) {
        this(readers, true);
    }

    /** A binder for files in which somebody may have put a secret: what it says of a wrong value never repeats the value. */
    public static Binder discreet() {
        return new Binder(Map.of(), false);
    }

    private Binder(Map<Class<?>, ValueReader<?>> readers, boolean quotes) {
        this.quotes = quotes;
        Map<Class<?>, ValueReader<?>> all = new LinkedHashMap<>(ScalarReaders.ALL);
        all.putAll(readers);
        this.readers = Map.copyOf(all);
    }

    /**
     * Binds a node.
     *
     * @return the value, or null when it was wrong; then problems has at least one more error
     */
    public <T> @Nullable T bind(Node node, Class<T> type, Problems problems) {
        @SuppressWarnings("unchecked") // bindAny answers an instance of the (boxed) type or null
        T value = (T) bindAny(node, type, problems);
        return value;
    }

    boolean quotes() {
        return quotes;
    }

    @Nullable
    Object bindAny(Node node, Type type, Problems problems) {
        Reading reading = new Reading(this, problems);
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? list(node, generic, reading) : map(node, generic, reading);
        }
        Class<?> raw = (Class<?>) type;
        ValueReader<?> reader = reader(raw);
        if (reader != null) {
            return reader.read(node, reading);
        }
        if (raw.isEnum()) {
            return ScalarReaders.constant(node, raw, reading);
        }
        if (raw == Node.class) {
            return node;
        }
        if (raw.isRecord()) {
            return record(node, form(raw), reading);
        }
        throw new IllegalStateException("no reader for " + raw.getName());
    }

    @Nullable
    ValueReader<?> reader(Class<?> type) {
        ValueReader<?> known = readers.get(type);
        if (known != null) {
            return known;
        }
        ReadBy readBy = type.getAnnotation(ReadBy.class);
        return readBy == null ? null : annotated.computeIfAbsent(type, any -> create(readBy.value()));
    }

    Form<?> form(Class<?> type) {
        return Objects.requireNonNull(forms.computeIfAbsent(type, Form::of));
    }

    private static ValueReader<?> create(Class<? extends ValueReader<?>> type) {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reader " + type + " needs a constructor without arguments", e);
        }
    }

    private @Nullable Object list(Node node, ParameterizedType type, Reading reading) {
        if (!(node instanceof ListNode list)) {
            reading.error(
                    node,
                    "WRONG_TYPE",
                    "a list is expected here, found " + reading.found(node),
                    node instanceof MapNode
                            ? "put '- ' before it: each item of a list begins with that"
                            : "write the items in brackets, like [ one, two ]");
            return null;
        }
        List<Object> items = new ArrayList<>();
        boolean whole = true;
        for (Node item : list.items()) {
            Object value = bindAny(item, type.getActualTypeArguments()[0], reading.problems());
            whole &= value != null;
            if (value != null) {
                items.add(value);
            }
        }
        return whole ? List.copyOf(items) : null;
    }

    private @Nullable Object map(Node node, ParameterizedType type, Reading reading) {
        MapNode map = reading.map(node, "this value");
        if (map == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean whole = true;
        for (Node.Entry entry : map.entries().values()) {
            Object value = bindAny(entry.value(), type.getActualTypeArguments()[1], reading.problems());
            whole &= value != null;
            if (value != null) {
                values.put(entry.key(), value);
            }
        }
        return whole ? Collections.unmodifiableMap(values) : null;
    }

    private <T> @Nullable T record(Node node, Form<T> form, Reading reading) {
        OneWord word = form.type().getAnnotation(OneWord.class);
        MapNode map = word != null && node instanceof ScalarNode scalar && scalar.value() instanceof String
                ? new MapNode(node.at(), Map.of(word.value(), new Node.Entry(node.at(), word.value(), node)))
                : reading.map(node, form.name(), form.written());
        if (map == null) {
            return null;
        }
        long before = reading.problems().errors();
        Set<String> meant = reading.refuseUnknownKeys(map, form.keys(), form.name());
        Object[] values = new Object[form.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = field(map, form, form.fields().get(i), meant, reading);
        }
        return reading.problems().errors() > before ? null : construct(form, values, map, reading);
    }

    /** @param meant keys that others look like, which were told of */
    private @Nullable Object field(MapNode map, Form<?> form, Form.Field field, Set<String> meant, Reading reading) {
        Node.Entry entry = map.entries().get(field.key());
        Node given = entry == null ? null : entry.value();
        if (entry != null && field.notYet()) {
            String what = "'" + field.key() + "' of " + form.name() + " is not there yet in this version";
            reading.problems().error(entry.at(), "NOT_THERE_YET", what);
            return null;
        }
        if (entry != null && field.notTaken() != null) {
            String what = "'" + field.key() + "' of " + form.name() + " is not taken: "
                    + field.notTaken().because();
            reading.problems()
                    .error(entry.at(), "NOT_TAKEN", what, field.notTaken().instead());
            return null;
        }
        if (given instanceof ScalarNode scalar && scalar.value() == null && !scalar.quoted() && !takesNull(field)) {
            given = null; // `key:` with nothing behind it is as if it were not there
        }
        if (given == null && field.defaultYaml() != null) {
            return defaultValue(form, field);
        }
        if (given == null) {
            if (field.required() && !meant.contains(field.key())) {
                reading.error(map, "MISSING_KEY", form.name() + " needs the key '" + field.key() + "'", field.doc());
            }
            return null;
        }
        Object value = bindAny(given, field.type(), reading.problems());
        Range range = field.range();
        if (range != null && value instanceof Number number && outside(number.longValue(), range)) {
            String most = range.max() == Long.MAX_VALUE ? "" : " and at most " + range.max();
            reading.error(
                    given,
                    "OUT_OF_RANGE",
                    "'" + field.key() + "' must be at least " + range.min() + most + ", found " + value,
                    null);
        }
        return value;
    }

    private static boolean takesNull(Form.Field field) {
        return field.type() == Node.class || field.type() == JsonNode.class;
    }

    private static boolean outside(long value, Range range) {
        return value < range.min() || value > range.max();
    }

    private @Nullable Object defaultValue(Form<?> form, Form.Field field) {
        Problems problems = new Problems();
        Node node = defaults.computeIfAbsent(
                String.valueOf(field.defaultYaml()),
                text -> yaml.read("default", text, problems).orElse(NOTHING));
        Object value = node.equals(NOTHING) ? null : bindAny(node, field.type(), problems);
        if (problems.anyError()) {
            throw new IllegalStateException("default of " + form.type() + "." + field.key() + ": " + problems);
        }
        return value;
    }

    private static <T> @Nullable T construct(Form<T> form, Object[] values, MapNode map, Reading reading) {
        try {
            return form.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                reading.error(map, refused);
                return null;
            }
            throw new IllegalStateException("constructor of " + form.type() + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + form.type(), e);
        }
    }
}
