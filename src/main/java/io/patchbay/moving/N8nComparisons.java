package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What n8n calculates on the left side of a condition, as far as a condition here says the same. */
final class N8nComparisons {

    /** A longer one is a program. */
    private static final int LONGEST = 500;

    private static final Pattern ALONE = Pattern.compile("=\\s*\\{\\{((?:(?!}}).)*)}}\\s*", Pattern.DOTALL);
    private static final String NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,15})?";
    private static final String CONSTANT = NUMBER + "|'[^'\\\\]*'|\"[^\"\\\\]*\"|true|false|null|undefined";
    private static final Pattern COMPARISON =
            Pattern.compile("(.+?)\\s*([=!]==?|[<>]=?)\\s*(" + CONSTANT + ")", Pattern.DOTALL);
    /** The same, told from the other end. */
    private static final Pattern TURNED =
            Pattern.compile("(" + CONSTANT + ")\\s*([=!]==?|[<>]=?)\\s*(.+)", Pattern.DOTALL);

    private static final Pattern AS_NUMBER =
            Pattern.compile("(?:Number|parseFloat)\\((.+)\\)|(.+)\\.toNumber\\(\\)|\\+(.+)", Pattern.DOTALL);

    private final Report report;

    N8nComparisons(Report report) {
        this.report = report;
    }

    /** The field of which an expression makes a number. */
    static Optional<String> number(String left) {
        return inside(left).flatMap(N8nComparisons::numeric);
    }

    private static Optional<String> numeric(String inside) {
        Matcher made = AS_NUMBER.matcher(inside.strip());
        if (!made.matches()) {
            return Optional.empty();
        }
        return N8nText.item(
                made.group(1) != null ? made.group(1) : made.group(2) != null ? made.group(2) : made.group(3));
    }

    private static Optional<String> inside(String left) {
        Matcher alone = ALONE.matcher(left);
        return left.length() <= LONGEST && alone.matches()
                ? Optional.of(alone.group(1).strip())
                : Optional.empty();
    }

    /** A comparison of a field with a constant, like {@code {{ $json.total > '5' }}}; empty where it is something else. */
    Optional<ObjectNode> compared(String left, Place at) {
        String inside = inside(left).orElse("");
        Matcher turned = TURNED.matcher(inside);
        if (turned.matches()) {
            return compared(turned.group(3), turned(turned.group(2)), turned.group(1), left, at);
        }
        Matcher comparison = COMPARISON.matcher(inside);
        return comparison.matches()
                ? compared(comparison.group(1), comparison.group(2), comparison.group(3), left, at)
                : Optional.empty();
    }

    private Optional<ObjectNode> compared(String read, String sign, String constant, String left, Place at) {
        Optional<String> numeric = numeric(read);
        Optional<String> field = numeric.isPresent() ? numeric : N8nText.item(read);
        return field.flatMap(one -> condition(one, numeric.isPresent(), sign, constant, SourceText.shown(left), at));
    }

    private static String turned(String sign) {
        return sign.startsWith("<") ? sign.replace('<', '>') : sign.replace('>', '<');
    }

    private Optional<ObjectNode> condition(
            String field, boolean made, String sign, String constant, String shown, Place at) {
        boolean quoted = constant.startsWith("'") || constant.startsWith("\"");
        String plain = quoted ? constant.substring(1, constant.length() - 1) : constant;
        ObjectNode condition = Json.NODES.objectNode().put("field", field);
        boolean same = sign.startsWith("=");
        if (sign.startsWith("<") || sign.startsWith(">") || made) {
            if (!plain.matches(NUMBER)) {
                return Optional.empty();
            }
            report.look(
                    at,
                    "'" + shown + "' compares numbers here: a text that is none fails its record"
                            + (quoted && !made ? ", and two texts are compared letter by letter there" : ""),
                    null);
            return Conditions.of(field, sign, "number", Json.NODES.numberNode(new BigDecimal(plain)));
        }
        if (constant.equals("null") || constant.equals("undefined")) {
            return Optional.of(condition.put("exists", !same));
        }
        String word = same ? "is" : "isNot";
        if (constant.equals("true") || constant.equals("false")) {
            return Optional.of(condition.put(word, constant.equals("true")));
        }
        if (sign.length() == 2 && plain.matches(NUMBER)) {
            // Two signs of equality take 5 and '5' for the same, three do not.
            ObjectNode text = condition.deepCopy().put(word, plain);
            return Optional.of(Conditions.join(List.of(condition.put(word, new BigDecimal(plain)), text), same));
        }
        return Optional.of(
                quoted ? condition.put(word, Translator.literal(plain)) : condition.put(word, new BigDecimal(plain)));
    }
}
