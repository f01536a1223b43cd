package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The text of a flow while it is written, with the place in the service file that each line comes from. */
final class FlowText {

    private static final Pattern NOT_HERE = Pattern.compile("[\\s\\p{Cc}\\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]+");

    private final StringBuilder text = new StringBuilder();
    private final List<Location> origins = new ArrayList<>();

    /** A line as it is. */
    void line(String line, Location from) {
        text.append(line).append('\n');
        origins.add(from);
    }

    /** Text of the file's author as a remark: of one line, and of signs that YAML takes. */
    void remark(int column, String remark, Location from) {
        line(" ".repeat(column) + "# " + NOT_HERE.matcher(remark).replaceAll(" "), from);
    }

    /** A key with its value. */
    void entry(int column, String key, JsonNode value, Location from) {
        lines(YamlText.block(Json.NODES.objectNode().set(key, value), column), from);
    }

    /** An item of a list. */
    void item(int column, JsonNode value, Location from) {
        lines(YamlText.block(Json.NODES.arrayNode().add(value), column), from);
    }

    private void lines(String lines, Location from) {
        lines.lines().forEach(line -> line(line, from));
    }

    /** What was written. */
    ServiceFlow done(Map<String, JsonNode> constants) {
        return new ServiceFlow(text.toString(), origins, constants);
    }
}
