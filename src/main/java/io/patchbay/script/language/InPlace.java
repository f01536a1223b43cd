package io.patchbay.script.language;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Which calls of the JDK and of Jackson metered code does not make, or makes of what was measured before. */
final class InPlace {

    private static final String CALLS = name(Calls.class);
    private static final String TEXTS = name(Texts.class);
    private static final String OBJECT = "(Ljava/lang/Object;)";
    private static final String TEXT = "Ljava/lang/String;";
    private static final String CHARS = "Ljava/lang/CharSequence;";
    private static final String COMPILED = "Ljava/util/regex/Pattern;";
    private static final String PATTERN = "java/util/regex/Pattern.";
    private static final String MATCHER = "java/util/regex/Matcher.";
    private static final String STRING = "java/lang/String.";

    /** What is called in the JDK, and what is called in place: static, with the object in front. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("java/lang/System.currentTimeMillis()J", CALLS + ".millis"),
            Map.entry("java/time/Instant.now()Ljava/time/Instant;", CALLS + ".now"),
            Map.entry("java/lang/System.getenv()Ljava/util/Map;", CALLS + ".environment"),
            Map.entry("java/lang/System.getenv(" + TEXT + ")" + TEXT, CALLS + ".environment"),
            Map.entry(PATTERN + "compile(" + TEXT + ")" + COMPILED, CALLS + ".compile"),
            Map.entry(PATTERN + "compile(" + TEXT + "I)" + COMPILED, CALLS + ".compile"),
            Map.entry(PATTERN + "matcher(" + CHARS + ")Ljava/util/regex/Matcher;", CALLS + ".matcher"),
            Map.entry(PATTERN + "matches(" + TEXT + CHARS + ")Z", CALLS + ".matches"),
            Map.entry(PATTERN + "split(" + CHARS + ")[" + TEXT, CALLS + ".split"),
            Map.entry(PATTERN + "split(" + CHARS + "I)[" + TEXT, CALLS + ".split"),
            Map.entry(MATCHER + "replaceAll(" + TEXT + ")" + TEXT, CALLS + ".replaceAll"),
            Map.entry(MATCHER + "replaceFirst(" + TEXT + ")" + TEXT, CALLS + ".replaceFirst"),
            Map.entry(STRING + "matches(" + TEXT + ")Z", CALLS + ".matches"),
            Map.entry(STRING + "replaceAll(" + TEXT + TEXT + ")" + TEXT, CALLS + ".replaceAll"),
            Map.entry(STRING + "replaceFirst(" + TEXT + TEXT + ")" + TEXT, CALLS + ".replaceFirst"),
            Map.entry(STRING + "split(" + TEXT + ")[" + TEXT, CALLS + ".split"),
            Map.entry(STRING + "split(" + TEXT + "I)[" + TEXT, CALLS + ".split"),
            Map.entry(STRING + "repeat(I)" + TEXT, CALLS + ".repeat"),
            Map.entry(STRING + "indexOf(" + TEXT + ")I", TEXTS + ".indexOf"),
            Map.entry(STRING + "indexOf(" + TEXT + "I)I", TEXTS + ".indexOf"),
            Map.entry(STRING + "lastIndexOf(" + TEXT + ")I", TEXTS + ".lastIndexOf"),
            Map.entry(STRING + "lastIndexOf(" + TEXT + "I)I", TEXTS + ".lastIndexOf"),
            Map.entry(STRING + "contains(" + CHARS + ")Z", TEXTS + ".contains"),
            Map.entry(STRING + "replace(" + CHARS + CHARS + ")" + TEXT, TEXTS + ".replace"),
            Map.entry(STRING + "join(" + CHARS + "Ljava/lang/Iterable;)" + TEXT, TEXTS + ".join"));

    private static final Set<String> SETS = Set.of("java/util/Set", "java/util/HashSet", "java/util/LinkedHashSet");
    private static final Set<String> MAPS = Set.of("java/util/Map", "java/util/HashMap", "java/util/LinkedHashMap");
    private static final Set<String> KEYED =
            Set.of("get", "containsKey", "remove", "put", "putIfAbsent", "computeIfAbsent");
    private static final Set<String> ADDED = Set.of("add", "contains", "remove");
    private static final Set<String> GONE_THROUGH = Set.of("hashCode()", "toString()", "deepCopy()", "equals" + OBJECT);

    /** Methods that go through an argument as a whole: the last one, or the one before. */
    private static final Map<String, Integer> ARGUMENTS = Map.of(
            "java/lang/StringBuilder.append" + OBJECT,
            0,
            "java/lang/StringBuffer.append" + OBJECT,
            0,
            STRING + "valueOf" + OBJECT,
            0,
            STRING + "format(" + TEXT + "[Ljava/lang/Object;)",
            0,
            "java/util/Objects.toString" + OBJECT,
            0,
            "com/fasterxml/jackson/databind/ObjectMapper.writeValueAsString" + OBJECT,
            0,
            "com/fasterxml/jackson/databind/ObjectWriter.writeValueAsString" + OBJECT,
            0,
            "com/fasterxml/jackson/databind/ObjectMapper.valueToTree" + OBJECT,
            0,
            "com/fasterxml/jackson/databind/ObjectMapper.treeToValue(Lcom/fasterxml/jackson/core/TreeNode;Ljava/lang/Class;)",
            1);

    /** Not one value is gone through, but two at the top of the stack, one beside the other. */
    static final int BOTH = 2;

    private InPlace() {}

    static String name(Class<?> of) {
        return of.getName().replace('.', '/');
    }

    /** A static method. */
    record Call(String owner, String name, String form) {}

    /** What is called in place, or null. */
    static @Nullable Call call(int opcode, String owner, String name, String form) {
        if (opcode == Opcodes.INVOKESPECIAL) {
            return null;
        }
        if (form.equals("()V") && name.equals("printStackTrace")) {
            return new Call(CALLS, "untold", "(Ljava/lang/Throwable;)V");
        }
        if (SETS.contains(owner) && name.equals("addAll")) {
            return new Call(CALLS, "addEach", "(Ljava/util/Collection;Ljava/util/Collection;)Z");
        }
        String other = METHODS.get(owner + "." + name + form);
        if (other == null) {
            return null;
        }
        int dot = other.indexOf('.');
        String whole = opcode == Opcodes.INVOKESTATIC ? form : "(L" + owner + ";" + form.substring(1);
        return new Call(other.substring(0, dot), other.substring(dot + 1), whole);
    }

    /**
     * How far below the top of the stack the value lies that the call goes through; -1 for none, {@link #BOTH} for two.
     *
     * @param within the class that calls. Saxon's values are its own: what it looks for in maps of the JDK is small
     */
    static int measured(String within, int opcode, String owner, String name, String form) {
        if (opcode == Opcodes.INVOKESPECIAL) {
            return -1;
        }
        String taken = form.substring(0, form.indexOf(')') + 1);
        boolean value = owner.equals("java/lang/Object")
                || owner.startsWith("java/util/")
                || owner.startsWith("com/fasterxml/jackson/databind/");
        if (value && opcode != Opcodes.INVOKESTATIC && GONE_THROUGH.contains(name + taken)) {
            return taken.equals("()") ? 0 : BOTH;
        }
        if (!within.startsWith("net/sf/saxon/")
                && ((MAPS.contains(owner) && KEYED.contains(name)) || (SETS.contains(owner) && ADDED.contains(name)))) {
            return taken.equals(OBJECT) ? 0 : 1;
        }
        return ARGUMENTS.getOrDefault(owner + "." + name + taken, -1);
    }
}
