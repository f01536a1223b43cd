package io.patchbay.cli;

import io.patchbay.flow.Flow;
import io.patchbay.home.Home;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.Explanation;
import io.patchbay.route.FlowCompiler;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.shape.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Named named = named();
        FilesOfHome files = named.files();
        Flow found = files.flow(named.name()).orElseThrow(() -> missing(named));
        Surroundings around = files.world().around(found.id(), found.variables());
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

    /** What the flow is called among files that were read. */
    private record Named(FilesOfHome files, String name) {}

    /** An id or a file of the home folder; a file that lies elsewhere is read with the home that it lies in, if any. */
    private Named named() throws IOException {
        Path file = flow.endsWith(".yaml") || flow.endsWith(".yml")
                ? terminal.folder().resolve(flow).toAbsolutePath().normalize()
                : null;
        if (file == null || !Files.isRegularFile(file)) {
            return new Named(read(home.home(terminal), List.of()), flow);
        }
        Path owner = LooseFiles.owner(file);
        if (owner != null) {
            return new Named(read(new Home(owner), List.of()), LooseFiles.name(owner, file));
        }
        SourceFile loose = LooseFiles.read(file, Path.of(flow));
        return new Named(read(home.home(terminal), List.of(loose)), loose.path());
    }

    private FilesOfHome read(Home folder, List<SourceFile> more) {
        return FilesOfHome.read(folder, more, terminal.clock());
    }

    private Refused missing(Named named) {
        FilesOfHome files = named.files();
        String wanted = named.name();
        List<Problem> errors = files.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> problem.at().file().endsWith(wanted)
                        || problem.at().file().endsWith("/" + wanted + ".flow.yaml"))
                .toList();
        if (!errors.isEmpty()) {
            StringBuilder text = new StringBuilder("The flow has errors:");
            errors.forEach(problem -> text.append('\n').append(problem));
            return new Refused(Refused.FAILED, text.toString());
        }
        List<String> ids = files.flows().stream().map(Flow::id).toList();
        String hint = DidYouMean.hint(flow, ids);
        return new Refused(
                Refused.WRONG_USE, "There is no flow '" + flow + "'." + (hint == null ? "" : "\n  hint: " + hint));
    }
}
