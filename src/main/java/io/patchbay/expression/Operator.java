package io.patchbay.expression;

/** How a field is compared. The words are those of the file, in camelCase. */
enum Operator {
    IS("the same value", false),
    IS_NOT("another value, or none", false),
    IN("one of a list", true),
    NOT_IN("none of a list, or no value", true),
    ABOVE("greater", false),
    AT_LEAST("greater or the same", false),
    BELOW("less", false),
    AT_MOST("less or the same", false),
    BETWEEN("from the first to the second of two, both included", true),
    BEFORE("earlier", false),
    AFTER("later", false),
    CONTAINS("text that holds this text, or a list that holds this value", false),
    STARTS_WITH("text that begins with this", false),
    ENDS_WITH("text that ends with this", false),
    MATCHES("text that this regular expression (RE2) matches as a whole", false),
    EXISTS("true: there is a value and it is not null; false: the opposite", false),
    EMPTY("true: no value, null, empty text, empty list or mapping; false: the opposite", false);

    private final String meaning;
    private final boolean list;

    Operator(String meaning, boolean list) {
        this.meaning = meaning;
        this.list = list;
    }

    /** For the schema. */
    String meaning() {
        return meaning;
    }

    /** Whether it compares with a list. */
    boolean list() {
        return list;
    }

    /** Whether it asks for more or less, and so needs a type that has an order. */
    boolean ordered() {
        return switch (this) {
            case ABOVE, AT_LEAST, BELOW, AT_MOST, BETWEEN, BEFORE, AFTER -> true;
            default -> false;
        };
    }

    /** Whether it looks into text. */
    boolean textual() {
        return switch (this) {
            case STARTS_WITH, ENDS_WITH, MATCHES -> true;
            default -> false;
        };
    }

    /** Whether its value is true or false. */
    boolean flag() {
        return this == EXISTS || this == EMPTY;
    }
}
