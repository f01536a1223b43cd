package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code blueprints/catalogues.yaml} of a home says: where there are more blueprints. */
@Doc("Where there are more blueprints")
record CatalogueFile(@Doc("Catalogues by name") Map<String, Place> catalogues) {

    static final String FILE = "blueprints/catalogues.yaml";
    private static final Binder BINDER = new Binder(Map.of());

    CatalogueFile {
        for (String name : catalogues.keySet()) {
            if (!BlueprintReader.ID.matcher(name).matches() || name.length() > 60) {
                throw new WrongValueException(
                        "'" + name + "' is no name of a catalogue", "it is kebab-case, like our-blueprints");
            }
        }
    }

    /** Where one is. */
    @Doc("A catalogue: a folder or an address")
    record Place(
            @Doc("Address of its file, https://…/catalogue.json") @Nullable
            String url,

            @Doc("Folder that has its catalogue.json, from the home folder or absolute") @Nullable
            String folder,

            @Doc("Headers of requests, like Authorization: 'Bearer ${secret.CATALOGUE_TOKEN}' (url)") @Default("{}")
            Map<String, String> headers,

            @Doc("The one public key of minisign that may sign it, in place of those in blueprints/keys/") @Nullable
            String key) {

        Place {
            if ((url == null) == (folder == null)) {
                throw new WrongValueException(
                        "a catalogue has either 'url' or 'folder'", "like url: https://example.com/catalogue.json");
            }
            if (url != null) {
                address(url);
            } else if (!headers.isEmpty()) {
                throw new WrongValueException("'headers' are for 'url'", "take them out");
            }
            if (folder != null && !path(folder)) {
                throw new WrongValueException("'folder' is no name of a folder", "like /srv/blueprints or ../shared");
            }
            if (key != null && Minisign.Key.parse(key).isEmpty()) {
                throw new WrongValueException(
                        "'key' is no public key of minisign", "it is the second line of minisign.pub");
            }
        }

        /** Where it is, without what proves who asks. */
        String where() {
            return url != null ? url : String.valueOf(folder);
        }

        private static boolean path(String folder) {
            try {
                return !Path.of(folder).toString().isEmpty();
            } catch (InvalidPathException e) {
                return false;
            }
        }

        private static void address(String url) {
            try {
                URI address = new URI(url);
                if ("https".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getUserInfo() == null
                        && address.getQuery() == null
                        && address.getFragment() == null
                        && address.getPath().endsWith(".json")) {
                    return;
                }
            } catch (URISyntaxException e) {
                // Told below, without what was written there: it may hold a password.
            }
            throw new WrongValueException(
                    "'url' is no address of a catalogue",
                    "it begins with https:// and ends with .json, without user, query and #; what proves who asks goes"
                            + " into headers");
        }
    }

    /** Reads that of a home. @throws BlueprintException when it is not right */
    static Map<String, Place> read(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Problems problems = new Problems();
        Node tree = new YamlReader().read(FILE, HomeText.read(file), problems).orElse(null);
        CatalogueFile read = tree == null ? null : BINDER.bind(tree, CatalogueFile.class, problems);
        if (read == null || problems.anyError()) {
            throw new BlueprintException(problems.toString());
        }
        return new TreeMap<>(read.catalogues());
    }

    /** The JSON Schema of the file. */
    static ObjectNode schema() {
        return new Schemas(BINDER)
                .document(CatalogueFile.class, "urn:patchbay:catalogues", "Catalogues of a Patchbay home");
    }
}
