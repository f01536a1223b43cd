package io.patchbay.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "patchbay",
        mixinStandardHelpOptions = true,
        versionProvider = Patchbay.Version.class,
        description = {
            "Moves data between systems. Without a verb it starts the runtime in the home folder:",
            "  patchbay [--home=DIR] [--patchbay.SETTING=VALUE]..."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all is well",
            "1:files have errors, a run did not succeed, or no runtime answers",
            "2:wrong use"
        },
        footer = {
            "",
            "Environment:",
            "  PATCHBAY_HOME         folder with routes/ and connectors/ (default: the working folder)",
            "  PATCHBAY_LIBRARY      folder with blueprints/ and connectors/ to install from",
            "  PATCHBAY_URL          address of the runtime (default: http://127.0.0.1:8080)",
            "  PATCHBAY_TOKEN        a key of the API, for verbs that speak to the runtime",
            "  PATCHBAY_ADMIN_TOKEN  the administrator's token, for the same where there is no key"
        })
public final class Patchbay implements Runnable {

    /** Held here, since nobody else holds it: tests of flows and connectors log what runs log. */
    private static final java.util.logging.Logger OWN = java.util.logging.Logger.getLogger("io.patchbay");

    /** Verbs whose options take names, some of them of what need not be there yet. */
    private static final List<String> NAMED_BY_OPTIONS = List.of("environment", "service", "blueprint");

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    private static final List<String> HELP = List.of("-h", "--help", "-V", "--version");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Whether these arguments are for the command line; if not, they are settings of the runtime. */
    public static boolean isVerb(String[] args) {
        int first = first(args);
        return first < args.length && (!args[first].startsWith("-") || HELP.contains(args[first]));
    }

    /** Does what the arguments say. @return the exit code: 0 done, 1 findings or failure, 2 wrong use */
    public static int run(String... args) {
        // Verbs print what they have to say; what libraries log would stand in between.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        OWN.setLevel(java.util.logging.Level.OFF);
        return executed(commandLine(Terminal.ofThisProcess()), args);
    }

    /** Does what the arguments say; all that was printed is written then, its last line too where nothing ends it. */
    static int executed(CommandLine commands, String... args) {
        int code = commands.execute(verbFirst(args));
        commands.getOut().flush();
        commands.getErr().flush();
        return code;
    }

    /** The home folder may be named before the verb, too. */
    static String[] verbFirst(String... args) {
        List<String> ordered = new ArrayList<>(List.of(args));
        Collections.rotate(ordered.subList(0, Math.min(args.length, first(args) + 1)), 1);
        return ordered.toArray(String[]::new);
    }

    /** Where the arguments begin behind the home folder. */
    private static int first(String... args) {
        if (args.length == 0) {
            return 0;
        }
        return args[0].equals("--home") ? 2 : args[0].startsWith("--home=") ? 1 : 0;
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine commands = new CommandLine(new Patchbay())
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new TestCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new CommandLine(new MapCommand())
                        .addSubcommand(new MapCommand.Try(terminal))
                        .addSubcommand(new MapSuggestCommand(terminal)))
                .addSubcommand(new SchemaCommand())
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new CommandLine(new RunsCommand(terminal))
                        .addSubcommand(new RecordCommand(terminal))
                        .addSubcommand(new StopCommand(terminal)))
                .addSubcommand(new LogsCommand(terminal))
                .addSubcommand(new PayloadCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new CommandLine(new ReplaysCommand())
                        .addSubcommand(new ReplaysCommand.ListCommand(terminal))
                        .addSubcommand(new ReplaysCommand.ShowCommand(terminal))
                        .addSubcommand(new ReplaysCommand.StopCommand(terminal)))
                .addSubcommand(new PsCommand(terminal))
                .addSubcommand(new TopCommand(terminal))
                .addSubcommand(new CommandLine(new QueueCommand())
                        .addSubcommand(new QueueCommand.ListCommand(terminal))
                        .addSubcommand(new QueueCommand.PriorityCommand(terminal))
                        .addSubcommand(new QueueCommand.ReleaseCommand(terminal))
                        .addSubcommand(new QueueCommand.DiscardCommand(terminal)))
                .addSubcommand(new VersionsCommand(terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new DeployCommand.Deploy(terminal))
                .addSubcommand(new DeployCommand.Rollback(terminal))
                .addSubcommand(new CommandLine(new EnvironmentCommand())
                        .addSubcommand(new EnvironmentCommand.ListCommand(terminal))
                        .addSubcommand(new EnvironmentCommand.ShowCommand(terminal))
                        .addSubcommand(new EnvironmentCommand.DiffCommand(terminal))
                        .addSubcommand(new EnvironmentCommand.DeployCommand(terminal))
                        .addSubcommand(new EnvironmentCommand.PromoteCommand(terminal)))
                .addSubcommand(new CommandLine(new ConnectorCommand())
                        .addSubcommand(new ConnectorCommand.ListCommand(terminal))
                        .addSubcommand(new ConnectorCommand.CheckCommand(terminal))
                        .addSubcommand(new ConnectorCommand.CallCommand(terminal))
                        .addSubcommand(new ContractCommand(terminal))
                        .addSubcommand(new InstanceCommand.Show(terminal))
                        .addSubcommand(new InstanceCommand.Create(terminal))
                        .addSubcommand(new InstanceCommand.Update(terminal))
                        .addSubcommand(new InstanceCommand.Delete(terminal))
                        .addSubcommand(new ConnectionCommands.ConnectCommand(terminal))
                        .addSubcommand(new ConnectionCommands.DisconnectCommand(terminal))
                        .addSubcommand(new FixturesCommand(terminal))
                        .addSubcommand(new DraftCommand.New(terminal))
                        .addSubcommand(new MakerCommands.PackConnectorCommand(terminal))
                        .addSubcommand(new DraftCommand.Import(terminal))
                        .addSubcommand(new CompareCommand(terminal)))
                .addSubcommand(new CommandLine(new BlueprintCommand())
                        .addSubcommand(new BlueprintCommand.ListCommand(terminal))
                        .addSubcommand(new BlueprintCommand.ShowCommand(terminal))
                        .addSubcommand(new InstallCommands.PlanCommand(terminal))
                        .addSubcommand(new InstallCommands.InstallCommand(terminal))
                        .addSubcommand(new InstallCommands.UpgradeCommand(terminal))
                        .addSubcommand(new InstallCommands.RemoveCommand(terminal))
                        .addSubcommand(new InstallCommands.RecoverCommand(terminal))
                        .addSubcommand(new MakerCommands.NewCommand(terminal))
                        .addSubcommand(new MakerCommands.PackCommand(terminal))
                        .addSubcommand(new MakerCommands.VerifyCommand(terminal))
                        .addSubcommand(new MakerCommands.CatalogueCommand(terminal)))
                .addSubcommand(new CommandLine(new ImportCommand())
                        .addSubcommand(new ImportCommand.Patchworks(terminal))
                        .addSubcommand(new ImportCommand.N8n(terminal))
                        .addSubcommand(new ImportCommand.NodeRed(terminal))
                        .addSubcommand(new BundleCommand(terminal)))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new CommandLine(new ServiceCommand())
                        .addSubcommand(new ServiceCommand.ListCommand(terminal))
                        .addSubcommand(new ServiceCommand.ShowCommand(terminal))
                        .addSubcommand(new ServiceNewCommand(terminal))
                        .addSubcommand(new ServiceFiles.CloneCommand(terminal))
                        .addSubcommand(new ServiceFiles.ActivateCommand(terminal))
                        .addSubcommand(new ServiceFiles.DeactivateCommand(terminal))
                        .addSubcommand(new ServiceFiles.NotesCommand(terminal))
                        .addSubcommand(new ServiceItems.RemoveCommand(terminal))
                        .addSubcommand(new ServiceItems.RunItemsCommand(terminal))
                        .addSubcommand(new ServiceItems.ReportCommand(terminal))
                        .addSubcommand(new ServiceItems.ResyncCommand(terminal)))
                .addSubcommand(new CursorsCommand(terminal))
                .addSubcommand(new CachesCommand(terminal))
                .addSubcommand(new PoolsCommand(terminal))
                .addSubcommand(new TrackedCommand(terminal))
                .addSubcommand(new PauseCommand(terminal))
                .addSubcommand(new CommandLine(new AlertsCommand(terminal)).addSubcommand(new MuteCommand(terminal)))
                .addSubcommand(new CommandLine(new WaitsCommand())
                        .addSubcommand(new WaitsCommand.ListCommand(terminal))
                        .addSubcommand(new WaitsCommand.ShowCommand(terminal))
                        .addSubcommand(new WaitsCommand.ApproveCommand(terminal))
                        .addSubcommand(new WaitsCommand.RejectCommand(terminal))
                        .addSubcommand(new WaitsCommand.ReleaseCommand(terminal)))
                .addSubcommand(new CallersCommand(terminal))
                .addSubcommand(new CommandLine(new UsersCommand())
                        .addSubcommand(new UsersCommand.ListCommand(terminal))
                        .addSubcommand(new UsersCommand.AddCommand(terminal))
                        .addSubcommand(new UsersCommand.PasswordCommand(terminal))
                        .addSubcommand(new UsersCommand.RoleCommand(terminal))
                        .addSubcommand(new UsersCommand.CodeCommand(terminal))
                        .addSubcommand(new UsersCommand.RemoveCommand(terminal)))
                .addSubcommand(new CommandLine(new KeysCommand())
                        .addSubcommand(new KeysCommand.ListCommand(terminal))
                        .addSubcommand(new KeysCommand.AddCommand(terminal))
                        .addSubcommand(new KeysCommand.RemoveCommand(terminal)))
                .addSubcommand(new CommandLine(new KeyCommand()).addSubcommand(new KeyCommand.Rotate(terminal)))
                .addSubcommand(new AuditCommand(terminal))
                .addSubcommand(new HealthCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionStrategy(parsed -> {
            refuseSlips(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commands.setExecutionExceptionHandler((thrown, command, parsed) -> {
            Refused refused = refusal(thrown);
            // It may quote what a system said.
            command.getErr().println(Table.printableLines(String.valueOf(refused.getMessage())));
            if (command.getParseResult().hasMatchedOption("--json")) {
                command.getOut().println(Json.text(Json.object().put("error", refused.getMessage())));
            }
            return refused.exitCode();
        });
        return commands;
    }

    /** A slip in the name of an option is told: behind an option that takes a text it would be that text, like the name of an item. */
    private static void refuseSlips(ParseResult parsed) {
        if (!parsed.hasSubcommand()
                || !NAMED_BY_OPTIONS.contains(parsed.subcommand().commandSpec().name())) {
            return;
        }
        ParseResult verb = parsed;
        while (verb.hasSubcommand()) {
            verb = verb.subcommand();
        }
        for (String argument : parsed.originalArgs()) {
            String name = argument.split("=", 2)[0];
            if (OPTION.matcher(name).matches() && verb.commandSpec().findOption(name) == null) {
                throw new ParameterException(verb.commandSpec().commandLine(), "Unknown option: '" + argument + "'");
            }
        }
    }

    /** What a person is told. @throws Exception what was thrown, where nobody but a programmer can mend it */
    private static Refused refusal(Exception thrown) throws Exception {
        if (thrown instanceof Refused refused) {
            return refused;
        }
        if (thrown instanceof IOException file) {
            return new Refused(Refused.FAILED, UnusableFile.said(file));
        }
        if (thrown instanceof UncheckedIOException file) {
            return new Refused(Refused.FAILED, UnusableFile.said(file));
        }
        throw thrown;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A verb is missing.");
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        @SuppressWarnings("NullAway") // a package outside of a jar has no version
        public String[] getVersion() {
            String version = Patchbay.class.getPackage().getImplementationVersion();
            return new String[] {"patchbay " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
