package io.patchbay.script.language;

import java.util.List;
import java.util.Optional;

/** A language for expressions that make one value of another, which others know already. */
public enum Language {
    /** jq 1.7. */
    JQ("jq", "jq", "Jq", ".jq"),
    /** JSONata 2. */
    JSONATA("jsonata", "JSONata", "Jsonata", ".jsonata"),
    /** JSLT. */
    JSLT("jslt", "JSLT", "Jslt", ".jslt"),
    /** XSLT 3.0. */
    XSLT("xslt", "XSLT", "Xslt", ".xsl", ".xslt"),
    /** XQuery 3.1. */
    XQUERY("xquery", "XQuery", "XQuery", ".xq", ".xquery");

    private final String key;
    private final String shown;
    private final String engine;

    @SuppressWarnings("ImmutableEnumChecker") // a list that List.of made
    private final List<String> endings;

    Language(String key, String shown, String engine, String... endings) {
        this.key = key;
        this.shown = shown;
        this.engine = engine;
        this.endings = List.of(endings);
    }

    /** The language of a file, told by its name; empty for code of another kind. */
    public static Optional<Language> ofFile(String name) {
        for (Language language : values()) {
            if (language.endings.stream().anyMatch(name::endsWith)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** What flow files call it. */
    public String key() {
        return key;
    }

    /** What messages call it. */
    public String shown() {
        return shown;
    }

    /** How names of its files end; the first is the usual way. */
    public List<String> endings() {
        return endings;
    }

    /** Whether it works on XML; else it works on JSON. */
    public boolean xml() {
        return this == XSLT || this == XQUERY;
    }

    /** A text that gives what it is given, or something. */
    String smallest() {
        return switch (this) {
            case JQ, JSLT -> ".";
            case JSONATA -> "$";
            case XSLT ->
                "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                        + "<xsl:template match='/'><xsl:copy-of select='.'/></xsl:template></xsl:stylesheet>";
            case XQUERY -> "/*";
        };
    }

    /** Name of the class that is its engine. */
    String engine() {
        return "io.patchbay.script.language.engine." + engine + "Engine";
    }
}
