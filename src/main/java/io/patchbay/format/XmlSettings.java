package io.patchbay.format;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.XmlOptions;
import io.patchbay.payload.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How XML becomes a value. */
@Doc("How XML becomes a value, beside what formats say")
public record XmlSettings(
        @Doc(
                "Read: elements that are a list also where one of them stands alone, by their way from the root element, like $.orders.order.line")
        @Default("[]")
        List<String> lists,

        @Doc(
                "Read: whether prefixes of namespaces are left out, or are a part of names, with the namespaces as @xmlns attributes")
        @Default("drop")
        Prefixes prefixes,

        @Doc(
                "Read: elements whose text and elements stand mixed, like $.page.text: the parts are a list in their order, under #mixed")
        @Default("[]")
        List<String> mixed) {

    /** What becomes of prefixes. */
    public enum Prefixes {
        /** They are left out. */
        DROP,
        /** They are kept. */
        KEEP
    }

    /** Everything is as without settings. */
    public static final XmlSettings DEFAULT = new XmlSettings(List.of(), Prefixes.DROP, List.of());

    /** @throws IllegalArgumentException if a path leads to no element */
    public XmlSettings {
        lists = List.copyOf(lists);
        mixed = List.copyOf(mixed);
        lists.forEach(XmlSettings::names);
        mixed.forEach(XmlSettings::names);
    }

    private static List<String> names(String path) {
        RecordPath parsed = RecordPath.parse(path);
        if (parsed.names().isEmpty()) {
            throw new IllegalArgumentException("'" + path + "' names no element; write it like $.orders.order");
        }
        return parsed.names();
    }

    /**
     * Looks at the name that a setting has for an element.
     *
     * @throws IllegalArgumentException if no element can be called so
     */
    public static void checkElement(String setting, @Nullable String name) {
        if (name != null && !XmlWriter.isName(name)) {
            throw new IllegalArgumentException("'" + setting + "' is the name of an element of XML, found '" + name
                    + "': letters, digits, '_', '-' and '.', a letter or '_' in front");
        }
    }

    XmlOptions options() {
        return new XmlOptions(
                lists.stream().map(XmlSettings::names).toList(),
                mixed.stream().map(XmlSettings::names).toList(),
                prefixes == Prefixes.KEEP);
    }
}
