package io.patchbay.cli;

import io.patchbay.flow.Flow;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.Explanation;
import io.patchbay.route.FlowCompiler;
import io.patchbay.shape.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: shows what a flow is compiled to. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Shows how a flow is laid out and why, and its Camel routes as YAML. Needs no runtime.")
final class ExplainCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(index = "0", paramLabel = "FLOW", description = "Id of the flow, or its file, which may lie anywhere.")
    private String flow = "";

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NamedFlow named = NamedFlow.of(flow, home, terminal);
        Flow found = named.flow();
        Surroundings around = named.files().world().around(found.id(), found.variables());
        CompiledFlow compiled = new FlowCompiler((run, bucket, answer) -> {
                    throw new IllegalStateException("nothing runs here");
                })
                .compile(found, around);
        PrintWriter out = spec.commandLine().getOut();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            if (json.wanted()) {
                var answer = Json.object()
                        .put("flow", found.id())
                        .put("file", found.file())
                        .put("revision", compiled.revision());
                compiled.layout().forEach(answer.putArray("layout")::add);
                out.println(Json.text(answer.put("routes", Explanation.routes(compiled, context))));
            } else {
                out.print(Explanation.of(compiled, context));
                out.flush();
            }
        }
        return 0;
    }
}
