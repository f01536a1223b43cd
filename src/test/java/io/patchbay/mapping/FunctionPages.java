package io.patchbay.mapping;

/** The reference page of map functions, made from their specs. */
public final class FunctionPages {

    private FunctionPages() {}

    /** Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Functions\n\n")
                .append(
                        "The functions of `then` in a [map](shapes/map.md), each on the result of the one before. A function ")
                .append(
                        "works on each item of a list, unless it is about lists. Missing values and null pass by, except ")
                .append("through `default` and `concat`. A value that a function cannot work on fails its record.\n\n");
        for (FunctionType type : Functions.all()) {
            FunctionSpec spec = type.spec();
            page.append("## ").append(spec.name()).append("\n\n");
            page.append(spec.text().strip()).append("\n\n");
            page.append("| written | value | result |\n| --- | --- | --- |\n");
            page.append("| ").append(code(spec.then())).append(" | ").append(code(spec.in()));
            page.append(" | ").append(code(spec.out())).append(" |\n\n");
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
