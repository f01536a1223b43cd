package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.cli.Finding.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: whether all is as it should be, on this machine and in the runtime. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at Java, the home folder, its files and its disk, and at the runtime: its parts, its clock, its certificate and its queue.",
            "Exit code 1 when something fails; what is only a warning leaves it 0. Nothing is changed but a file that is written and deleted"
                    + " in the data folder."
        })
final class DoctorCommand extends RuntimeVerb {

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Option(names = "--instances", description = "Also call the systems of all instances, as 'connector check' does.")
    private boolean instances;

    @Option(names = "--offline", description = "Look at this machine alone, and at no runtime.")
    private boolean offline;

    DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        if (offline && instances) {
            throw new Refused(Refused.WRONG_USE, "--instances asks a runtime, and --offline none.");
        }
        List<Finding> all = new ArrayList<>(new MachineChecks(home.home(terminal()), terminal()).all());
        if (!offline) {
            all.addAll(new RuntimeChecks(address(), this::runtime, terminal()).all(instances));
        }
        long failed = all.stream().filter(one -> one.level() == Level.FAIL).count();
        long warned = all.stream().filter(one -> one.level() == Level.WARN).count();
        ObjectNode answer = Json.object().put("failed", failed).put("warned", warned);
        ArrayNode list = answer.putArray("checks");
        all.forEach(one -> list.addObject()
                .put("check", one.check())
                .put("level", one.level().name().toLowerCase(Locale.ROOT))
                .put("said", one.said())
                .put("hint", one.hint()));
        print(answer, out -> tell(all, failed, warned, out));
        return failed == 0 ? 0 : Refused.FAILED;
    }

    private static void tell(List<Finding> all, long failed, long warned, PrintWriter out) {
        for (Finding one : all) {
            String level = one.level().name().toLowerCase(Locale.ROOT);
            out.println(Table.printable(level + " ".repeat(6 - level.length()) + one.check() + ": " + one.said()));
            if (one.hint() != null) {
                out.println("      hint: " + Table.printable(one.hint()));
            }
        }
        out.println(failed + " failed, " + warned + (warned == 1 ? " warning" : " warnings"));
    }
}
