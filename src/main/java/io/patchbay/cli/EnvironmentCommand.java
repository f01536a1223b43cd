package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code environment}: flows with other instances, stores and values. */
@Command(
        name = "environment",
        mixinStandardHelpOptions = true,
        description = "Environments: flows with other instances, stores and values.")
final class EnvironmentCommand implements Runnable {

    private static final Pattern PLAN_ID = Pattern.compile("[0-9][0-9a-f]*");

    private static final String ALL = "/api/v1/environments";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a verb: list, show, diff, deploy or promote.");
    }

    private static String path(String environment) {
        return ALL + "/" + RuntimeClient.encoded(environment);
    }

    /** {@code environment list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists environments.")
    static final class ListCommand extends RuntimeVerb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            Table table = new Table("environment", "name", "type", "prefix", "deploy", ">flows", ">drafts", "labels");
            print(
                    runtime().get(ALL),
                    table,
                    one -> List.of(
                            one.path("id").asText(),
                            one.path("name").asText(),
                            one.path("type").asText(),
                            one.path("prefix").asText(),
                            one.path("deploy").asText(),
                            String.valueOf(one.path("flows").size()),
                            String.valueOf(drafts(one)),
                            labels(one)),
                    "There are no environments: each is a file routes/environments/NAME.yaml.");
            return 0;
        }

        private static long drafts(JsonNode environment) {
            long drafts = 0;
            for (JsonNode flow : environment.path("flows")) {
                drafts += flow.at("/version/fileState").asText().equals("runs") ? 0 : 1;
            }
            return drafts;
        }

        private static String labels(JsonNode environment) {
            List<String> labels = new ArrayList<>();
            environment.path("labels").forEach(label -> labels.add(label.asText()));
            return String.join(", ", labels);
        }
    }

    /** {@code environment show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows an environment: what stands for what in it, and how its flows stand.")
    static final class ShowCommand extends RuntimeVerb {

        @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Id of an environment.")
        private String environment = "";

        ShowCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode answer = runtime().get(path(environment));
            print(answer, out -> EnvironmentTables.environment(answer, out));
            return 0;
        }
    }

    /** {@code environment diff}. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Says how two environments differ: what stands for what, and which versions run.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the same versions run", "1:others run, or no runtime answers", "2:wrong use"})
    static final class DiffCommand extends RuntimeVerb {

        @Parameters(
                index = "0",
                paramLabel = "A",
                description = "Id of an environment, or base for the flows that are in none.")
        private String from = "";

        @Parameters(index = "1", paramLabel = "B", description = "What it is held against.")
        private String to = "";

        @Option(names = "--text", description = "Show how the texts of flows differ, line by line.")
        private boolean text;

        DiffCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            JsonNode answer = runtime().get(path(from) + "/diff/" + RuntimeClient.encoded(to));
            print(answer, out -> EnvironmentTables.diff(answer, text, out));
            for (JsonNode flow : answer.path("flows")) {
                if (!flow.path("same").asBoolean()) {
                    return 1;
                }
            }
            return 0;
        }
    }

    /** Takes what follows {@code --plan} for its value only where it can be one: ids of environments and flows begin with a letter. */
    static final class PlanId implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
            boolean id = !args.isEmpty() && PLAN_ID.matcher(args.peek()).matches();
            option.setValue(id ? args.pop() : Bringing.SHOW);
        }
    }

    /** What deploying and promoting share. */
    abstract static class Bringing extends RuntimeVerb {

        private static final String PLAN = "--plan=";

        /** Stands for no id of a plan. */
        static final String SHOW = "";

        @Option(names = "--package", paramLabel = "PACKAGE", description = "Only the flows of this package.")
        private @Nullable String pack;

        @Option(names = "--note", paramLabel = "TEXT", description = "What it is about, or why.")
        private @Nullable String note;

        @Option(
                names = "--plan",
                paramLabel = "ID",
                arity = "0..1",
                fallbackValue = SHOW,
                parameterConsumer = PlanId.class,
                description =
                        "Alone: only say what would be done. With the ID that this tells: do it if it is still that.")
        private @Nullable String plan;

        @Spec
        private CommandSpec own = CommandSpec.create();

        Bringing(Terminal terminal) {
            super(terminal);
        }

        /** Says what would be done, and does it when nothing speaks against it. */
        final int bring(String environment, @Nullable String from, List<String> flows) {
            refuseOtherPlans();
            RuntimeClient runtime = runtime();
            String flow = flows.isEmpty() ? null : String.join(",", flows);
            JsonNode planned =
                    runtime.get(query(environment, "plan", from, flow).toString());
            boolean possible = planned.path("possible").asBoolean();
            String now = planned.path("id").asText();
            boolean another = plan != null && !plan.equals(SHOW) && !plan.equals(now);
            if (SHOW.equals(plan) || another || !possible) {
                print(planned, out -> EnvironmentTables.plan(planned, false, out));
                if (another) {
                    err().println("Files, or what runs, changed since plan " + plan
                            + " was made. Nothing was changed.");
                } else if (!possible) {
                    err().println("Nothing was changed.");
                }
                return possible && !another ? 0 : Refused.FAILED;
            }
            JsonNode done = runtime.post(query(environment, "deploy", from, flow)
                    .with("note", note)
                    .with("plan", now)
                    .toString());
            print(done, out -> EnvironmentTables.plan(done, true, out));
            return 0;
        }

        /** What is attached to {@code --plan} is meant for it, whatever it is: it is no name of a flow. */
        private void refuseOtherPlans() {
            for (String argument : own.commandLine().getParseResult().originalArgs()) {
                String id = argument.startsWith(PLAN) ? argument.substring(PLAN.length()) : null;
                if (id != null && !PLAN_ID.matcher(id).matches()) {
                    throw new ParameterException(
                            own.commandLine(),
                            "'" + id + "' is no id of a plan: --plan alone tells it, like --plan=0f3a91.");
                }
            }
        }

        private Query query(String environment, String verb, @Nullable String from, @Nullable String flow) {
            return new Query(path(environment) + "/" + verb)
                    .with("from", from)
                    .with("flow", flow)
                    .with("package", pack);
        }
    }

    /** {@code environment deploy}. */
    @Command(
            name = "deploy",
            mixinStandardHelpOptions = true,
            description = "Has flows of an environment run as files say now: all of them, or none.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:they run, or could",
                "1:something speaks against it and all is as it was, or no runtime answers",
                "2:wrong use"
            })
    static final class DeployCommand extends Bringing {

        @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Id of an environment.")
        private String environment = "";

        @Parameters(
                index = "1..*",
                paramLabel = "FLOW",
                description = "Ids of flows (default: all of the environment).")
        private List<String> flows = new ArrayList<>();

        DeployCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return bring(environment, null, flows);
        }
    }

    /** {@code environment promote}. */
    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description =
                    "Has what runs in one environment run in another, with the names of that: all flows, or none.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:they run, or could",
                "1:something speaks against it and all is as it was, or no runtime answers",
                "2:wrong use"
            })
    static final class PromoteCommand extends Bringing {

        @Parameters(
                index = "0",
                paramLabel = "FROM",
                description = "Id of an environment, or base for the flows that are in none.")
        private String from = "";

        @Parameters(index = "1", paramLabel = "TO", description = "Id of the environment that they come into.")
        private String to = "";

        @Parameters(
                index = "2..*",
                paramLabel = "FLOW",
                description = "Ids of flows (default: all of the environment).")
        private List<String> flows = new ArrayList<>();

        PromoteCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        public Integer call() {
            return bring(to, from, flows);
        }
    }
}
