package io.patchbay.cli;

import io.patchbay.api.SchemaFiles;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code schema}: prints the JSON Schema of a file kind, for an editor. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of a file kind; without one, lists the kinds.")
final class SchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Json json = new Json();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description =
                    "flow, service, test, script-test, connector, instance, fixture, stores, environment, package,"
                            + " blueprint, catalogues or camel.")
    private @Nullable String kind;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (kind != null) {
            byte[] schema = SchemaFiles.read(kind)
                    .orElseThrow(() -> new Refused(
                            Refused.WRONG_USE,
                            "There is no schema '" + kind + "'; there are " + String.join(", ", SchemaFiles.names())
                                    + "."));
            out.print(new String(schema, StandardCharsets.UTF_8));
            out.flush();
        } else if (json.wanted()) {
            var names = io.patchbay.payload.Json.NODES.arrayNode();
            SchemaFiles.names().forEach(names::add);
            out.println(Json.text(names));
        } else {
            SchemaFiles.names().forEach(out::println);
        }
        return 0;
    }
}
