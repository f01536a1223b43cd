package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksSystems.Target;
import io.patchbay.payload.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps that call file servers, as connections by the connectors sftp and ftp. */
final class PatchworksFolders {

    private static final String[] COMMAND = {"ftp_command", "sftp_command", "command"};

    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final PatchworksReading reading;
    private final Report report;
    private final Map<String, String> instances = new HashMap<>();

    PatchworksFolders(PatchworksText texts, PatchworksParts parts, Report report) {
        this.texts = texts;
        this.parts = parts;
        this.reading = parts.reading();
        this.report = report;
    }

    /** Whether a system is a file server. */
    static boolean speaks(PatchworksReading reading, Target target) {
        return target.system() != null && protocol(reading, target).matches(".*\\bS?FTPS?\\b.*");
    }

    private static String protocol(PatchworksReading reading, Target target) {
        Fields fields = reading.of(target.known());
        String said = fields.text("protocol", "system_type");
        return (said.isBlank() ? fields.text("name") : said).toUpperCase(Locale.ROOT);
    }

    Made made(Node node, Fields config, Target target, Place at) {
        reading.whole(target.known());
        String connector = protocol(reading, target).contains("SFTP") ? "sftp" : "ftp";
        Place place = at.in(config.key(COMMAND));
        Fields variables = reading.of(config.get("variables", "endpoint_variables", "parameters"));
        String command = said(config, variables, COMMAND);
        String[] words = command.strip().split("\\s+");
        String endpoint = " " + target.wanted().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ") + " ";
        String verb = words[0].isEmpty()
                ? endpoint.contains(" put ") ? "put" : endpoint.contains(" get ") ? "get" : ""
                : PatchworksParts.lower(words[0]);
        String root = said(config, variables, "root");
        String path = said(config, variables, "path");
        List<String> arguments =
                words.length > 1 ? List.of(words).subList(1, words.length) : path.isBlank() ? List.of() : List.of(path);
        ObjectNode with = Json.NODES.objectNode();
        String operation = switch (verb) {
            case "get", "mget", "read", "download" ->
                arguments.isEmpty() ? "" : get(with, root, arguments.get(0), place);
            case "put", "mput", "write", "upload" -> {
                arguments.stream().limit(1).forEach(one -> with.put("path", path(root, one, place)));
                yield "files.put";
            }
            case "rename", "move", "mv" -> {
                if (arguments.size() > 1) {
                    with.put("path", path(root, arguments.get(0), place))
                            .put("to", path(root, arguments.get(1), place));
                }
                yield "files.move";
            }
            case "delete", "rm", "remove" -> {
                arguments.stream().limit(1).forEach(one -> with.put("path", path(root, one, place)));
                yield "files.delete";
            }
            default -> "";
        };
        if (operation.isEmpty() || with.isEmpty()) {
            report.lost(
                    place,
                    "the command '" + SourceText.shown(command) + "' of " + node.shown() + " is not understood",
                    "the connector " + connector
                            + " has files.get, files.read, files.put, files.move and files.delete");
            return Translator.stopped(node);
        }
        ObjectNode settings = Json.NODES
                .objectNode()
                .put("instance", instance(connector, target, at))
                .put("endpoint", operation);
        settings.set("with", with);
        if (!operation.equals("files.get") && !operation.equals("files.read")) {
            settings.put("output", "input");
        }
        return new Made().shape("connection", settings);
    }

    private static String said(Fields config, Fields variables, String... names) {
        String own = config.text(names);
        return own.isBlank() ? variables.text(names) : own;
    }

    /** Many files by an expression, or one by its name. */
    private String get(ObjectNode with, String root, String path, Place place) {
        if (!path.replaceAll("\\[\\[.*?]]|\\{\\{.*?}}", "").matches(".*[*+\\\\^$|?\\[(].*")) {
            with.put("path", path(root, path, place));
            return "files.read";
        }
        int slash = path.lastIndexOf('/');
        String pattern = path.substring(slash + 1)
                .replaceAll("^\\^|\\$$", "")
                .replaceAll("(?<!\\\\)\\.[*+]", "*")
                .replaceAll("\\\\([.\\-_])", "$1");
        if (!pattern.matches("[A-Za-z0-9._*-]+")) {
            report.lost(
                    place,
                    "the expression for names of files '" + SourceText.shown(path) + "' became one for all files",
                    "pattern knows *, ? and {a,b}");
            pattern = "*";
        }
        String folder = path(root, slash < 0 ? "" : path.substring(0, slash), place);
        with.put("folder", folder.isEmpty() ? "." : folder).put("pattern", pattern);
        return "files.get";
    }

    private String path(String root, String path, Place place) {
        String whole = (root.isBlank() ? path : root + "/" + path)
                .replaceAll("/{2,}", "/")
                .replaceAll("^/|/$", "");
        return texts.text(whole, place, false);
    }

    private String instance(String connector, Target target, Place at) {
        String shown = PatchworksShapes.either(target.shown(), connector);
        return instances.computeIfAbsent(connector + "/" + shown, one -> {
            String name = Names.kebab(shown, connector);
            boolean key = connector.equals("sftp")
                    && target.wanted().toLowerCase(Locale.ROOT).matches(".*key.*");
            String secret = Names.secret(name + (key ? "_PRIVATE_KEY" : "_PASSWORD"));
            ObjectNode settings = Json.NODES.objectNode().put("host", "set-me").put("user", "set-me");
            settings.put(key ? "privateKey" : "password", "${secret." + secret + "}");
            ObjectNode instance = Json.NODES.objectNode().put("auth", key ? "key" : "password");
            instance.set("settings", settings);
            String made = parts.parcel().instance(connector, name, instance);
            report.secret(at, "what proves who calls '" + SourceText.shown(shown) + "'", secret);
            report.look(
                    at,
                    "host and user of instance '" + made + "' are not in the file",
                    "write them into connectors/" + connector + "/instances/" + made + ".yaml");
            return made;
        });
    }
}
