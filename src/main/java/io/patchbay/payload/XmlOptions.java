package io.patchbay.payload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How elements become values, beside what {@link Xml} says.
 *
 * @param lists elements, by names from the root element, that are a list also where one of them stands alone
 * @param mixed elements, likewise, whose text and elements stand mixed: they are a list of their parts
 * @param prefixes whether prefixes of namespaces are a part of names
 */
public record XmlOptions(List<List<String>> lists, List<List<String>> mixed, boolean prefixes) {

    /** Nothing else is said. */
    public static final XmlOptions NONE = new XmlOptions(List.of(), List.of(), false);

    public XmlOptions {
        lists = lists.stream().map(List::copyOf).toList();
        mixed = mixed.stream().map(List::copyOf).toList();
    }

    /** The place above the root element; null when nothing is said of any element. */
    @Nullable
    Place root() {
        if (lists.isEmpty() && mixed.isEmpty()) {
            return null;
        }
        Place root = new Place();
        lists.forEach(names -> root.at(names).list = true);
        mixed.forEach(names -> root.at(names).mixed = true);
        return root;
    }

    /** A place among elements. */
    static final class Place {
        private final Map<String, Place> inside = new HashMap<>();
        private boolean list;
        private boolean mixed;

        private Place at(List<String> names) {
            Place place = this;
            for (String name : names) {
                place = place.inside.computeIfAbsent(name, any -> new Place());
            }
            return place;
        }

        @Nullable
        Place inside(String name) {
            return inside.get(name);
        }

        boolean list() {
            return list;
        }

        boolean mixed() {
            return mixed;
        }
    }
}
