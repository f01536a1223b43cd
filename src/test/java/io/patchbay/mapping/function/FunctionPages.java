package io.patchbay.mapping.function;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The reference page of map functions, made from their specs. */
public final class FunctionPages {

    private FunctionPages() {}

    /**
     * Markdown.
     *
     * @param settings what may stand behind a function's name, as Markdown
     */
    public static String markdown(UnaryOperator<String> settings) {
        StringBuilder page = new StringBuilder();
        page.append("# Functions\n\n")
                .append(
                        "The functions of `then` in a [map](shapes/map.md), each on the result of the one before. A function ")
                .append(
                        "works on each item of a list, unless it is said to take the list as a whole. Missing values and null ")
                .append(
                        "pass by, unless it is said what becomes of them. A value that a function cannot work on fails its ")
                .append("record; the message says what was found and never shows the value.\n\n")
                .append(
                        "The examples are applied to a record with `first: Ann`, `last: Archer`, `none: null`, `shop: uk`, ")
                .append(
                        "`shipping: 4.9`, `quantity: 3`, `currency: JPY`, `unit: in`, `country: GB` and `paid: 2026-03-10`, in a ")
                .append("run that was queued at 2026-03-01T12:00:00Z. The secret `MAP_ERP_KEY` is `key`.\n\n");
        for (FunctionSpec.Group group : FunctionSpec.Group.values()) {
            List<FunctionSpec> specs = of(group);
            page.append("- ").append(name(group)).append(": ");
            page.append(
                    String.join(", ", specs.stream().map(FunctionPages::link).toList()));
            page.append("\n");
        }
        for (FunctionSpec.Group group : FunctionSpec.Group.values()) {
            page.append("\n## ").append(name(group)).append("\n\n");
            of(group).forEach(spec -> append(spec, settings.apply(spec.name()), page));
        }
        elsewhere(page);
        return page.toString().stripTrailing() + "\n";
    }

    private static void elsewhere(StringBuilder page) {
        page.append("\n## Names from elsewhere\n\n");
        page.append(
                "What is called otherwise in other products and languages. `check` says the same where such a name ");
        page.append("stands in a flow.\n\n| elsewhere | here |\n| --- | --- |\n");
        Elsewhere.all()
                .forEach(word -> page.append("| ")
                        .append(String.join(", ", word.names()))
                        .append(" | ")
                        .append(here(word.here()))
                        .append(" |\n"));
    }

    private static String here(String text) {
        return text.matches("\\S+|[a-z]+: .*") ? code(text) : text.replaceAll("\\{[^}]*}( })*", "`$0`");
    }

    private static List<FunctionSpec> of(FunctionSpec.Group group) {
        return Functions.all().stream()
                .map(FunctionType::spec)
                .filter(spec -> spec.group() == group)
                .toList();
    }

    private static String name(FunctionSpec.Group group) {
        String name = group.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String link(FunctionSpec spec) {
        return "[" + spec.name() + "](#" + spec.name().toLowerCase(Locale.ROOT) + ")";
    }

    private static void append(FunctionSpec spec, String settings, StringBuilder page) {
        page.append("### ").append(spec.name()).append("\n\n");
        page.append(spec.text().strip()).append("\n\n");
        page.append(spec.wholeList() ? "Takes a list as a whole. " : "");
        page.append("Missing and null: ");
        page.append(spec.nothing() == null ? "pass by." : spec.nothing()).append("\n\n");
        page.append(settings);
        page.append("| written | value | result |\n| --- | --- | --- |\n");
        for (FunctionSpec.Example example : spec.examples()) {
            page.append("| ").append(code(example.then())).append(" | ").append(code(example.in()));
            page.append(" | ").append(result(example)).append(" |\n");
        }
        page.append("\n");
    }

    private static String result(FunctionSpec.Example example) {
        return example.fails()
                ? "fails: " + example.out()
                : example.out().equals("missing") ? "missing" : code(example.out());
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
