package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Answers;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.Install;
import io.patchbay.blueprint.KeptInstances;
import io.patchbay.blueprint.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes a home by blueprints: {@code blueprint plan}, {@code install}, {@code upgrade}, {@code remove} and {@code recover}. */
final class InstallCommands {

    private InstallCommands() {}

    /** What is answered on the command line. */
    static final class Given {

        private static final List<String> WORDS = List.of("answers", "instances", "secrets");

        @Option(
                names = "--set",
                paramLabel = "QUESTION=ANSWER",
                description = "Answers a question. May be given again.")
        private Map<String, String> answers = new LinkedHashMap<>();

        @Option(
                names = "--instance",
                paramLabel = "NEED=NAME",
                description = "The instance to take, or the name of the one to make, for one that the blueprint needs.")
        private Map<String, String> instances = new LinkedHashMap<>();

        @Option(
                names = "--secret",
                paramLabel = "SECRET=NAME",
                description =
                        "The name that a secret of the blueprint has here. Names only: a secret is never given here.")
        private Map<String, String> secrets = new LinkedHashMap<>();

        @Option(
                names = "--answers",
                paramLabel = "FILE",
                description =
                        "Answers as JSON: { \"answers\": { … }, \"instances\": { … }, \"secrets\": { … } }; options go before them.")
        private @Nullable Path file;

        /** What was given, and what a person says to what was not. */
        Answers read(Terminal terminal, Asking asking) throws IOException {
            Answers given = read(terminal);
            return asking.json() && !asking.all() ? given : asking.of(given);
        }

        Answers read(Terminal terminal) throws IOException {
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> names = new LinkedHashMap<>();
            Map<String, String> keys = new LinkedHashMap<>();
            if (file != null) {
                JsonNode document = document(terminal, file);
                take(document.path("answers"), values);
                take(document.path("instances"), names);
                take(document.path("secrets"), keys);
            }
            values.putAll(answers);
            names.putAll(instances);
            keys.putAll(secrets);
            return new Answers(values, names, keys);
        }

        /** Its words are looked at: an answer under another one would else count as none, and its default be taken. */
        private static JsonNode document(Terminal terminal, Path file) throws IOException {
            JsonNode document = Json.file(terminal, file);
            if (!document.isObject()) {
                throw new Refused(Refused.WRONG_USE, file + ": this is no object; it has " + String.join(", ", WORDS));
            }
            for (Map.Entry<String, JsonNode> one : document.properties()) {
                if (!WORDS.contains(one.getKey())) {
                    throw new Refused(
                            Refused.WRONG_USE,
                            file + " has a key '" + one.getKey() + "', which is none; known here: "
                                    + String.join(", ", WORDS));
                }
                if (!one.getValue().isObject()
                        || one.getValue().properties().stream()
                                .anyMatch(value -> !value.getValue().isValueNode())) {
                    throw new Refused(
                            Refused.WRONG_USE,
                            file + ": '" + one.getKey() + "' must be an object of texts, like { \"every\": \"15m\" }");
                }
            }
            return document;
        }

        private static void take(JsonNode object, Map<String, String> to) {
            object.properties()
                    .forEach(one -> to.put(one.getKey(), one.getValue().asText()));
        }
    }

    /** Whose upgrade is taken beside that of who signed before. */
    static final class Signer {

        @Option(
                names = "--accept-signer",
                paramLabel = "KEY",
                description =
                        "Take it although another key signed it than what is installed: the key's id, or 'nobody' where it is"
                                + " not signed.")
        private @Nullable String accepted;
    }

    /** {@code blueprint plan}. */
    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "Shows what an install would write and reach, or with --upgrade an upgrade; changes nothing.")
    static final class PlanCommand extends BlueprintCommand.Verb {

        @Parameters(paramLabel = "NAME", description = "Id of the blueprint; with --upgrade, name of the install.")
        private String id = "";

        @Option(names = "--as", paramLabel = "NAME", description = "Name of the install (default: the blueprint's id).")
        private @Nullable String as;

        @Option(names = "--upgrade", description = "Plan the upgrade of an install.")
        private boolean upgrade;

        @Mixin
        private Signer signer = new Signer();

        @Mixin
        private Given given = new Given();

        PlanCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        String wanted(Blueprints blueprints) throws IOException {
            return upgrade ? blueprints.install(id).blueprint() : id;
        }

        @Override
        Optional<Install> again(Blueprints blueprints) throws IOException {
            return upgrade ? Optional.of(blueprints.install(id)) : Optional.empty();
        }

        @Override
        public Integer call() throws InterruptedException {
            if (upgrade && as != null) {
                throw new Refused(
                        Refused.WRONG_USE,
                        "--as names a new install; an upgrade is of one that is there: take it out.");
            }
            if (!upgrade && signer.accepted != null) {
                throw new Refused(
                        Refused.WRONG_USE,
                        "--accept-signer is for upgrades: what is installed first has no signer before it.");
            }
            return super.call();
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            Answers answers = given.read(terminal());
            Plan plan = upgrade
                    ? blueprints.planUpgrade(id, answers, null, signer.accepted)
                    : blueprints.planInstall(id, as, answers);
            BlueprintText.tell(plan, json(), out());
            return plan.possible() ? 0 : Refused.FAILED;
        }
    }

    /** One that changes the home. */
    abstract static class Doing extends BlueprintCommand.Verb {

        private Doing(Terminal terminal) {
            super(terminal);
        }

        abstract Plan plan(Blueprints blueprints) throws IOException;

        abstract String done(Plan plan, int tests);

        @Override
        int act(Blueprints blueprints) throws IOException, InterruptedException {
            Plan plan = plan(blueprints);
            if (!plan.possible()) {
                BlueprintText.tell(plan, json(), out());
                return Refused.FAILED;
            }
            int tests = blueprints.carryOut(plan);
            BlueprintText.tell(plan, json(), out());
            if (!json()) {
                out().println(done(plan, tests));
            }
            return 0;
        }

        static String tests(int tests) {
            return tests + (tests == 1 ? " test of it passed" : " tests of it passed");
        }
    }

    /** {@code blueprint install}. */
    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the files of a blueprint into the home folder, its flows as drafts, when its tests pass.")
    static final class InstallCommand extends Doing {

        @Parameters(paramLabel = "BLUEPRINT", description = "Its id.")
        private String id = "";

        @Option(names = "--as", paramLabel = "NAME", description = "Name of the install (default: the blueprint's id).")
        private @Nullable String as;

        @Option(
                names = "--ask",
                description =
                        "Asks for everything that no option answers. Without it only what has no default is asked.")
        private boolean ask;

        @Mixin
        private Given given = new Given();

        InstallCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        String wanted(Blueprints blueprints) {
            return id;
        }

        @Override
        Plan plan(Blueprints blueprints) throws IOException {
            Asking asking = new Asking(blueprints.show(id), new Questions(terminal(), out()), ask, json());
            return blueprints.planInstall(id, as, given.read(terminal(), asking));
        }

        @Override
        String done(Plan plan, int tests) {
            if (plan.connectorAlone().isPresent()) {
                return "Installed, " + tests(tests) + ". Its instances are files in connectors/"
                        + plan.connectorAlone().get() + "/instances/.";
            }
            return "Installed, " + tests(tests) + ". Its flows are drafts: give the instances their secrets, then set"
                    + " 'status: active'.";
        }
    }

    /** {@code blueprint upgrade}. */
    @Command(
            name = "upgrade",
            mixinStandardHelpOptions = true,
            description = "Brings an install to the version that there is now; what was changed here stays.")
    static final class UpgradeCommand extends Doing {

        /** Whose lines are taken. */
        enum Side {
            /** Those of the home. */
            mine,
            /** Those of the new version. */
            theirs
        }

        @Parameters(paramLabel = "NAME", description = "Name of the install.")
        private String name = "";

        @Option(
                names = "--keep",
                paramLabel = "SIDE",
                description =
                        "Where both sides changed the same lines, take mine or theirs; without it nothing is changed then.")
        private @Nullable Side keep;

        @Mixin
        private Signer signer = new Signer();

        @Mixin
        private Given given = new Given();

        UpgradeCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        String wanted(Blueprints blueprints) throws IOException {
            return blueprints.install(name).blueprint();
        }

        @Override
        Optional<Install> again(Blueprints blueprints) throws IOException {
            return Optional.of(blueprints.install(name));
        }

        @Override
        Plan plan(Blueprints blueprints) throws IOException {
            return blueprints.planUpgrade(
                    name, given.read(terminal()), keep == null ? null : keep.name(), signer.accepted);
        }

        @Override
        String done(Plan plan, int tests) {
            return "Upgraded, " + tests(tests) + ".";
        }
    }

    /** {@code blueprint remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes out what an install brought, as far as nothing else uses it and nobody changed it.")
    static final class RemoveCommand extends Doing {

        @Parameters(paramLabel = "NAME", description = "Name of the install.")
        private String name = "";

        @Option(names = "--changed", description = "Files that were changed here go, too.")
        private boolean changed;

        @Option(
                names = "--connectors",
                description =
                        "Connectors go also where it is not known whether instances that a runtime keeps use them.")
        private boolean connectors;

        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "The runtime to ask for the instances that it keeps (default: the database of the home"
                        + " folder is looked into, when it can be opened).")
        private @Nullable String url;

        RemoveCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        Plan plan(Blueprints blueprints) throws IOException {
            return blueprints.planRemoval(name, changed, kept(blueprints.install(name)));
        }

        /** Instances that stand in no file, where that matters. */
        private KeptInstances kept(Install install) {
            if (connectors || !install.broughtConnectors()) {
                return KeptInstances.of(Map.of());
            }
            return url == null
                    ? InstancesOfStore.of(home(), terminal())
                    : InstancesOfStore.of(Remote.of(url).runtime(terminal()));
        }

        @Override
        String done(Plan plan, int tests) {
            return "Removed.";
        }
    }

    /** {@code blueprint recover}. */
    @Command(
            name = "recover",
            mixinStandardHelpOptions = true,
            description =
                    "Finishes an install, upgrade or removal that was broken off while files were moved, or gives it up.")
    static final class RecoverCommand extends BlueprintCommand.Verb {

        @Option(names = "--forget", description = "Give it up: files that were moved stay, the others are not.")
        private boolean forget;

        RecoverCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int act(Blueprints blueprints) throws IOException, InterruptedException {
            List<String> left = blueprints.interrupted().orElse(null);
            if (json()) {
                ObjectNode document = Json.object().put("interrupted", left != null);
                if (left != null) {
                    left.forEach(document.putArray("files")::add);
                }
                out().println(Json.text(document));
            } else if (left == null) {
                out().println("Nothing was broken off.");
            } else {
                left.forEach(one -> out().println(Table.printable("  " + one)));
            }
            if (left == null) {
                return 0;
            }
            blueprints.recover(forget);
            if (!json()) {
                out().println(forget ? "Given up. Look at the files with your version control." : "Finished.");
            }
            return 0;
        }
    }
}
