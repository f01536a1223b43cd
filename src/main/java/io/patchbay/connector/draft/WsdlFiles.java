package io.patchbay.connector.draft;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads what a WSDL document imports and includes: files in its folder and below, never the network and nothing above. What is not
 * read is kept with the reason, and its types are unknown.
 */
final class WsdlFiles {

    private static final int MOST_FILES = 300;
    private static final long MOST_BYTES = 20_000_000;

    private final @Nullable Path folder;
    private final List<Element> definitions = new ArrayList<>();
    private final List<Element> schemas = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private long bytes;

    /**
     * Reads a document and what hangs on it.
     *
     * @param file where the document stands; null when only its text is known
     */
    WsdlFiles(Element root, @Nullable Path file) {
        Path whole = file == null ? null : file.toAbsolutePath().normalize();
        this.folder = whole == null ? null : whole.getParent();
        if (whole != null) {
            seen.add(whole.toString());
        }
        definitions(root, whole);
    }

    /** All {@code definitions}, the document's own first. */
    List<Element> definitions() {
        return definitions;
    }

    /** All schemas. */
    List<Element> schemas() {
        return schemas;
    }

    /** What was not read: where it is said to be, and why. */
    List<String> unread() {
        return unread;
    }

    private void definitions(Element root, @Nullable Path at) {
        definitions.add(root);
        Element types = WsdlDocument.child(root, WsdlDocument.WSDL, "types");
        if (types != null) {
            WsdlDocument.children(types, WsdlDocument.SCHEMA, "schema").forEach(one -> schema(one, at));
        }
        for (Element one : WsdlDocument.children(root, WsdlDocument.WSDL, "import")) {
            read(one.getAttribute("location"), at, null);
        }
    }

    private void schema(Element schema, @Nullable Path at) {
        schemas.add(schema);
        String namespace = schema.getAttribute("targetNamespace");
        for (String kind : List.of("import", "include", "redefine")) {
            for (Element one : WsdlDocument.children(schema, WsdlDocument.SCHEMA, kind)) {
                read(one.getAttribute("schemaLocation"), at, kind.equals("import") ? null : namespace);
            }
        }
    }

    /** @param namespace that an included schema takes on when it has none (XML Schema part 1, section 4.2.1); null for imports */
    private void read(String location, @Nullable Path from, @Nullable String namespace) {
        if (location.isEmpty()) {
            return;
        }
        Path file = file(location, from);
        if (file == null || !seen.add(file + (namespace == null ? "" : " " + namespace))) {
            return;
        }
        Element root = root(location, file);
        if (root == null) {
            return;
        }
        if (WsdlDocument.WSDL.equals(root.getNamespaceURI())) {
            definitions(root, file);
        } else if (WsdlDocument.SCHEMA.equals(root.getNamespaceURI())) {
            if (namespace != null && !root.hasAttribute("targetNamespace")) {
                root.setAttribute("targetNamespace", namespace);
            }
            schema(root, file);
        } else {
            unread(location, "it is neither a WSDL nor a schema");
        }
    }

    private @Nullable Element root(String location, Path file) {
        try {
            if (!file.toRealPath().startsWith(realFolder(file))) {
                unread(location, "it is a link that leads out of the document's folder");
                return null;
            }
            bytes += Files.size(file);
            if (seen.size() > MOST_FILES || bytes > MOST_BYTES) {
                unread(location, "the document has more than " + MOST_FILES + " files or 20 MB with what it imports");
                return null;
            }
            return WsdlDocument.xml(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            unread(location, "it cannot be read");
        } catch (DraftException e) {
            unread(location, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private Path realFolder(Path otherwise) throws IOException {
        return folder == null ? otherwise : folder.toRealPath();
    }

    /** The file, which is there and below the folder; null with a reason. */
    private @Nullable Path file(String location, @Nullable Path from) {
        if (from == null || folder == null) {
            unread(location, "it is not in this file");
        } else if (location.matches("(?i)[a-z][a-z0-9+.-]+:.*|//.*")) {
            unread(
                    location,
                    "nothing is fetched; put it beside the document and change its location to the file's name");
        } else {
            try {
                String path = URI.create(location.replace(" ", "%20").replace('\\', '/'))
                        .getPath();
                Path file = from.resolveSibling(path == null ? "" : path).normalize();
                if (!file.startsWith(folder)) {
                    unread(location, "it is outside of the document's folder");
                } else if (!Files.isRegularFile(file)) {
                    unread(location, "there is no such file beside the document");
                } else {
                    return file;
                }
            } catch (IllegalArgumentException e) {
                unread(location, "that is no path of a file");
            }
        }
        return null;
    }

    private void unread(String location, String why) {
        String line = "what is in '" + location + "': " + why;
        if (!unread.contains(line)) {
            unread.add(line);
        }
    }
}
