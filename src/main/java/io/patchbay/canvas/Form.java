package io.patchbay.canvas;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of a record say about the mapping it is written as.
 *
 * @param <T> the record
 * @param type the record's class
 * @param name what messages call it: the class name in words of the file
 * @param fields its keys in order
 */
record Form<T>(Class<T> type, String name, List<Field> fields) {

    /** One key of the mapping. */
    record Field(
            String key,
            Type type,
            boolean optional,
            @Nullable String defaultYaml,
            @Nullable String doc,
            @Nullable Range range,
            boolean notYet,
            @Nullable NotTaken notTaken) {

        /** Whether the key can be given. */
        boolean ready() {
            return !notYet && notTaken == null;
        }

        boolean required() {
            return !optional && defaultYaml == null;
        }
    }

    static <T> Form<T> of(Class<T> type) {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            Default defaultValue = component.getAnnotation(Default.class);
            Doc doc = component.getAnnotation(Doc.class);
            fields.add(new Field(
                    key == null ? component.getName() : key.value(),
                    component.getGenericType(),
                    nullable(component.getAnnotatedType()),
                    defaultValue == null ? null : defaultValue.value(),
                    doc == null ? null : doc.value(),
                    component.getAnnotation(Range.class),
                    component.isAnnotationPresent(NotYet.class),
                    component.getAnnotation(NotTaken.class)));
        }
        return new Form<>(type, words(type.getSimpleName()), List.copyOf(fields));
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String words(String className) {
        String plain = className.replaceAll("(Settings|Config)$", "");
        String first = plain.isEmpty() ? className : plain;
        return first.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** How the mapping is written, for who wrote something else. */
    String written() {
        List<String> ready =
                fields.stream().filter(Field::ready).map(Field::key).toList();
        return ready.isEmpty()
                ? "write {}"
                : "write it as { " + ready.get(0) + ": … }; its keys are " + String.join(", ", ready);
    }

    List<String> keys() {
        return fields.stream().map(Field::key).toList();
    }

    Constructor<T> constructor() {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("record " + type + " has no canonical constructor", e);
        }
    }
}
