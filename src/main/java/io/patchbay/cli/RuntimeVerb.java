package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What verbs share that speak to a running program: where it is, and how it is answered. */
abstract class RuntimeVerb implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Mixin
    private Json json = new Json();

    RuntimeVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    final Terminal terminal() {
        return terminal;
    }

    final Json json() {
        return json;
    }

    /** The runtime, for the administrator. @throws Refused when there is no token */
    final RuntimeClient runtime() {
        return remote.runtime(terminal);
    }

    /** Where the runtime is. */
    final URI address() {
        return remote.address(terminal);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says that a list goes on behind what was printed. */
    static void rest(JsonNode list, PrintWriter out) {
        if (list.path("next").isTextual()) {
            out.println("There are more; the API pages through them.");
        }
    }

    /** Prints a list: a row for each of its items, or a sentence where there is none, and whether it goes on. */
    final void print(JsonNode list, Table table, Function<JsonNode, List<String>> row, String none) {
        print(list, table, row, none, RuntimeVerb::rest);
    }

    /** Prints a part of a list, and how the next one is asked for. */
    final void printPart(JsonNode list, Table table, Function<JsonNode, List<String>> row, String none) {
        print(list, table, row, none, Part::rest);
    }

    private void print(
            JsonNode list,
            Table table,
            Function<JsonNode, List<String>> row,
            String none,
            BiConsumer<JsonNode, PrintWriter> rest) {
        print(list, out -> {
            list.path("data").forEach(one -> table.row(row.apply(one)));
            table.printOr(none, out);
            rest.accept(list, out);
        });
    }

    /** Prints an answer: the document when it is asked for, else what is made of it for people. */
    final void print(JsonNode answer, Consumer<PrintWriter> forPeople) {
        if (json.wanted()) {
            out().println(Json.text(answer));
        } else {
            forPeople.accept(out());
        }
    }
}
