package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.route.PlacedService;
import io.patchbay.service.ServiceReader.Service;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code service}: services, their files and their items. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        description = "Services: records of one kind that go from one system to another.")
final class ServiceCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with services: list, show, new, …");
    }

    /** {@code service list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the services of the home folder. Needs no runtime.")
    static final class ListCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        ListCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            List<Service> services =
                    ServicesOfHome.of(home.home(terminal)).services().list();
            if (json.wanted()) {
                ObjectNode answer = Json.object();
                ArrayNode data = answer.putArray("data");
                services.forEach(one -> data.add(ServiceText.json(new PlacedService(one, null))));
                out.println(Json.text(answer));
                return 0;
            }
            Table table = new Table("service", "status", "entity", "from", "to", "swept", "alerts", "name");
            services.forEach(one -> table.row(ServiceText.row(one)));
            table.printOr("There are no services: they are written as routes/services/NAME.service.yaml.", out);
            return 0;
        }
    }

    /** {@code service show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a service, or the flow that it becomes. Needs no runtime.")
    static final class ShowCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service, or NAME@ENVIRONMENT.")
        private String name = "";

        @Option(names = "--as-flow", description = "Print the flow that it becomes.")
        private boolean asFlow;

        ShowCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            PlacedService found = ServicesOfHome.of(home.home(terminal)).placed(name);
            PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                out.println(Json.text(ServiceText.json(found).put("flow", found.text())));
            } else if (asFlow) {
                out.print(found.text());
                out.flush();
            } else {
                ServiceText.print(found, out);
            }
            return 0;
        }
    }
}
