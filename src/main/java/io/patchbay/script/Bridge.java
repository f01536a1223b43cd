package io.patchbay.script;

import io.roastedroot.quickjs4j.core.Builtins;
import io.roastedroot.quickjs4j.core.HostFunction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * All that a guest can ask of the host: texts in, texts out. What a guest asks with is not trusted; a question that cannot be
 * answered gets an empty text, any other answer begins with a dot.
 */
final class Bridge {

    private static final String NAME = "host";
    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 1000;
    /** Characters of all lines of a call together. */
    private static final int MOST_LOGGED = 50_000;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_MESSAGE = 2000;
    private static final int LONGEST_STACK = 4000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> MACS = Map.of(
            "md5",
            "HmacMD5",
            "sha1",
            "HmacSHA1",
            "sha256",
            "HmacSHA256",
            "sha384",
            "HmacSHA384",
            "sha512",
            "HmacSHA512");

    private final Map<String, Question> questions = new HashMap<>();
    private String source = "";
    private String file = "";
    private String printing = "";
    private String function = "";
    private String mode = "";
    private String input = "[]";
    private volatile @Nullable Outcome outcome;
    private final List<String> lines = new CopyOnWriteArrayList<>(); // read by others when a call's time is over
    private int logged;

    /** How a function is called. */
    enum Mode {
        /** Once; it must return a value. */
        ONCE,
        /** Once; to return nothing is to return null. */
        LENIENT,
        /** With one record after the other, and what they share. */
        EACH
    }

    /** How a call ended: with a value, or with an error as the guest told it. */
    sealed interface Outcome {
        /** The value as JSON. */
        record Done(String json) implements Outcome {}

        /** An error; all of it is what the script made it. */
        record Failed(String kind, String name, String message, String stack) implements Outcome {}
    }

    Bridge() {
        questions();
    }

    /** Forgets what was, and says what is asked for next. */
    void begin(Script script, Mode how, String arguments) {
        source = script.text();
        file = script.file();
        printing = "";
        function = script.function();
        mode = how.name();
        input = arguments;
        outcome = null;
        lines.clear();
        logged = 0;
    }

    /** Keeps nothing of the last call: what it was given, returned and logged can be secret. */
    void forget() {
        source = "";
        file = "";
        printing = "";
        function = "";
        mode = "";
        input = "[]";
        outcome = null;
        lines.clear();
        logged = 0;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What a guest of JavaScript is handed. */
    Builtins builtins() {
        Builtins.Builder builder = Builtins.builder(NAME);
        questions.forEach((name, question) -> add(builder, name, question.texts(), question::answer));
        return builder.build();
    }

    /** What a guest asks by name; one that does not give enough texts gives empty ones. */
    String answer(String name, List<String> given) {
        Question question = questions.get(name);
        if (question == null) {
            return "";
        }
        List<String> texts = new ArrayList<>(given);
        while (texts.size() < question.texts()) {
            texts.add("");
        }
        return question.answer(texts);
    }

    private void questions() {
        give("source", given -> source);
        give("file", given -> file);
        give("name", given -> function);
        give("mode", given -> mode);
        give("input", given -> input);
        take("done", 1, given -> done(given.get(0)));
        take("failed", 4, given -> failed(given.get(0), given.get(1), given.get(2), given.get(3)));
        take("log", 1, given -> log(given.get(0)));
        take("print", 1, given -> print(given.get(0)));
        give("uuid", given -> "." + UUID.randomUUID());
        give("random", given -> "." + RANDOM.nextDouble());
        ask("digest", 2, given -> digest(given.get(0), bytes(given.get(1))));
        ask("hmac", 3, given -> hmac(given.get(0), bytes(given.get(1)), bytes(given.get(2))));
        ask("base64", 1, given -> Base64.getEncoder().encodeToString(bytes(given.get(0))));
        ask("base64url", 1, given -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(given.get(0))));
        ask("fromBase64", 1, given -> hex(decoded(given.get(0))));
    }

    private void done(String json) {
        outcome = new Outcome.Done(json);
        endLine();
    }

    /** Takes what was printed: lines, or parts of them. */
    void print(String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            printing = cut(printing + cut(text.substring(from, end), LONGEST_LINE), LONGEST_LINE);
            log(printing);
            printing = "";
            from = end + 1;
        }
        printing = cut(printing + cut(text.substring(from), LONGEST_LINE), LONGEST_LINE);
    }

    private void endLine() {
        if (!printing.isEmpty()) {
            log(printing);
            printing = "";
        }
    }

    /** Takes a line, or what is left of the room for lines; a guest may try to make one as large as its memory. */
    void log(String line) {
        int room = Math.min(LONGEST_LINE, MOST_LOGGED - logged);
        if (lines.size() < MOST_LINES && room > 0) {
            String kept = cut(line, room);
            lines.add(kept);
            logged += kept.length();
        }
    }

    void failed(String kind, String name, String message, String stack) {
        outcome = new Outcome.Failed(
                cut(kind, LONGEST_NAME),
                cut(name, LONGEST_NAME),
                cut(message, LONGEST_MESSAGE),
                cut(stack, LONGEST_STACK));
        endLine();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static String digest(String algorithm, byte[] data) throws GeneralSecurityException {
        return hex(MessageDigest.getInstance(known(Digests.NAMES, algorithm)).digest(data));
    }

    private static String hmac(String algorithm, byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(known(MACS, algorithm));
        // RFC 2104 fills a short key up with zeros; Java refuses an empty one.
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, mac.getAlgorithm()));
        return hex(mac.doFinal(data));
    }

    private static String known(Map<String, String> names, String algorithm) throws GeneralSecurityException {
        String name = names.get(algorithm.toLowerCase(Locale.ROOT).replace("-", ""));
        if (name == null) {
            throw new GeneralSecurityException(algorithm);
        }
        return name;
    }

    /** Both alphabets, with padding or without. */
    private static byte[] decoded(String text) {
        String plain = text.replace('-', '+').replace('_', '/').replaceAll("[=\\s]+", "");
        return Base64.getDecoder().decode(plain.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private interface Answering {
        String answer(List<String> given) throws GeneralSecurityException;
    }

    private interface Taking {
        void take(List<String> given);
    }

    private record Question(int texts, Function<List<String>, String> asked) {
        String answer(List<String> given) {
            return asked.apply(given);
        }
    }

    private void ask(String name, int texts, Answering answering) {
        questions.put(name, new Question(texts, given -> {
            try {
                return "." + answering.answer(given);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return "";
            }
        }));
    }

    private void give(String name, Function<List<String>, String> giving) {
        questions.put(name, new Question(0, giving));
    }

    private void take(String name, int texts, Taking taking) {
        questions.put(name, new Question(texts, given -> {
            taking.take(given);
            return "";
        }));
    }

    /** A function of texts; one that the guest does not give is empty. */
    @SuppressWarnings("rawtypes") // as the engine has it
    private static void add(Builtins.Builder builder, String name, int texts, Function<List<String>, String> function) {
        List<Class> types = new ArrayList<>(java.util.Collections.nCopies(texts, String.class));
        builder.add(new HostFunction(name, types, String.class, given -> {
            List<String> safe = new ArrayList<>(texts);
            for (int i = 0; i < texts; i++) {
                safe.add(given.get(i) instanceof String text ? text : "");
            }
            return function.apply(safe);
        }));
    }
}
