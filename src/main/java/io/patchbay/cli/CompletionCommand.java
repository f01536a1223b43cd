package io.patchbay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script with which a shell completes verbs and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script with which a shell completes verbs and options.",
            "bash: source <(patchbay completion bash)    zsh: source <(patchbay completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Shells that it is known for. */
    enum Shell {
        BASH,
        ZSH
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("UnusedVariable") // the script is one for both
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        // One script for both: in zsh it asks for what completes as bash does.
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("patchbay", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
