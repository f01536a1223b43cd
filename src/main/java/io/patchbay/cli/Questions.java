package io.patchbay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a person at the terminal. */
final class Questions {

    private final BufferedReader in;
    private final PrintWriter out;

    Questions(Terminal terminal, PrintWriter out) {
        this.in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        this.out = out;
    }

    /**
     * Asks for text.
     *
     * @param option how the same is said without a question
     * @param usual what an empty answer means; null where there must be one
     */
    String text(String question, String option, @Nullable String usual) {
        while (true) {
            out.print(question + (usual == null || usual.isEmpty() ? ": " : " [" + usual + "]: "));
            out.flush();
            String answer = line();
            if (answer == null) {
                throw new Refused(Refused.WRONG_USE, "Nobody answers; say it with " + option + ".");
            }
            if (!answer.isBlank()) {
                return answer.strip();
            }
            if (usual != null) {
                return usual;
            }
        }
    }

    /** Lets one be chosen, by its number or itself; the first is the usual one. */
    String choice(String question, String option, List<String> choices) {
        for (int i = 0; i < choices.size(); i++) {
            out.println("  " + (i + 1) + "  " + Table.printable(choices.get(i)));
        }
        while (true) {
            String answer = text(question, option, choices.isEmpty() ? null : choices.get(0));
            if (choices.isEmpty() || choices.contains(answer)) {
                return answer;
            }
            if (answer.matches("[0-9]{1,4}")) {
                int number = Integer.parseInt(answer);
                if (number >= 1 && number <= choices.size()) {
                    return choices.get(number - 1);
                }
            }
            out.println("There is none like that; give its number or its name.");
        }
    }

    /** Yes or no. */
    boolean yes(String question, String option, boolean usual) {
        return text(question + " (yes or no)", option, usual ? "yes" : "no").startsWith("y");
    }

    /** Tells something. */
    void say(String text) {
        out.println(Table.printableLines(text));
    }

    private @Nullable String line() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
