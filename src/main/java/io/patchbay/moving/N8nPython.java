package io.patchbay.moving;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python of a code node of n8n, with what stands around it so that it finds what it was written for. */
final class N8nPython {

    private static final Set<String> THERE = Set.of(
            "json", "re", "math", "random", "binascii", "collections", "struct", "heapq", "io", "array", "patchbay");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^[ \\t]*(?:from\\s+([A-Za-z_][\\w.]*)\\s+import\\b|import\\s+([^#\\n;]+))");
    private static final Pattern STAR = Pattern.compile("^(?:[^#'\"]*[;:])?\\s*from\\s+([\\w.]+)\\s+import\\s*\\*");
    private static final Pattern OUTSIDE = Pattern.compile(
            "(?<![\\w.])(?:open|input|exec|eval)\\s*\\(|\\b_(?:getWorkflowStaticData|node|items)\\s*\\(|\\b_node\\b|(?<![\\w.])_\\(|\\b_helpers\\b|\\bawait\\b");

    private N8nPython() {}

    /** What code uses that no script here has. */
    static List<String> missing(String code) {
        List<String> found = new ArrayList<>();
        Matcher imports = IMPORT.matcher(code);
        while (imports.find()) {
            String names = imports.group(1) != null ? imports.group(1) : imports.group(2);
            for (String one : names.split(",", -1)) {
                String name = one.strip().replaceFirst("[\\s.].*", "");
                if (!THERE.contains(name) && !found.contains(name)) {
                    found.add(name);
                }
            }
        }
        Matcher outside = OUTSIDE.matcher(code);
        while (outside.find()) {
            String word = outside.group().replaceAll("\\s*\\($", "");
            if (!found.contains(word)) {
                found.add(word);
            }
        }
        return found;
    }

    /** Modules whose names code wants all of, which Python allows outside of functions only. */
    static List<String> stars(String code) {
        List<String> found = new ArrayList<>();
        for (PythonLines.Line line : PythonLines.of(code)) {
            Matcher star = STAR.matcher(line.text());
            if (line.code() && star.find()) {
                found.add(star.group(1));
            }
        }
        return found;
    }

    static String of(String origin, String code, boolean each) {
        String call = each ? """
                    made = []
                    for item in items:
                        one = code(data, items, item)
                        made.extend(one if isinstance(one, list) else [one])
                """ : """
                    made = code(data, items, items[0] if items else None)
                """;
        return Adapters.header(origin).replaceFirst("^//", "#") + """
            class Item(dict):
                # Fields are read and set by name as well: item.json.total.
                def __getattr__(self, name):
                    if name in self:
                        return self[name]
                    raise AttributeError(name)

                def __setattr__(self, name, value):
                    self[name] = value

                def to_py(self):
                    return plain(self)


            class Input:
                def __init__(self, items, item):
                    self._items = items
                    self.item = item

                def all(self):
                    return self._items

                def first(self):
                    return self._items[0] if self._items else None

                def last(self):
                    return self._items[-1] if self._items else None


            def wrapped(value):
                if isinstance(value, dict):
                    return Item([(name, wrapped(one)) for name, one in value.items()])
                return [wrapped(one) for one in value] if isinstance(value, list) else value


            def plain(value):
                if isinstance(value, dict):
                    made = {}
                    for name in value:
                        made[name] = plain(value[name])
                    return made
                return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


            def handle(data):
                payload = data["payload"]
                records = payload if isinstance(payload, list) else [] if payload is None else [payload]
                items = [wrapped({"json": one, "pairedItem": {"item": at}}) for at, one in enumerate(records)]
            """ + call + """
                made = plain(made if isinstance(made, list) else [] if made is None else [made])
                answer = [one["json"] if isinstance(one, dict) and "json" in one else one for one in made if one is not None]
                return {"payload": answer or None}


            def code(data, _items, _item):
                _input = Input(_items, _item)
                _json = _item["json"] if _item is not None else wrapped({})
                _execution = wrapped({"id": data["run"]["id"], "mode": "production"})
                _workflow = wrapped({"id": data["run"]["flow"], "name": data["run"]["flow"]})
                _vars = data["flow"]["variables"]
                items, item = _items, _item
                # ---- the code as it was
            """ + indented(code);
    }

    /** The code as the body of a function. */
    private static String indented(String code) {
        StringBuilder out = new StringBuilder();
        for (PythonLines.Line line : PythonLines.of(code.stripTrailing())) {
            if (!line.code()) {
                out.append(line.text());
            } else if (!line.text().isBlank()) {
                out.append("    ").append(line.text());
            }
            out.append('\n');
        }
        return out.toString();
    }
}
